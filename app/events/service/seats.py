"""Seats of one date, for those who book them: called inside the caller's transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from app.core.database import db
from app.core.errors import NotFound
from app.events.models import Event, Occurrence
from app.events.rules.occurrence import OccurrenceFull
from app.events.rules.terms import BookingTimes, booking_times
from app.events.rules.vocabulary import CountedAs, OccurrenceStatus
from app.places.models import Place


@dataclass(frozen=True)
class LockedOccurrence:
    """One date as it is while nobody else can change it."""

    id: int
    public_id: str
    event_id: int
    capacity: int | None
    seats_taken: int
    has_queue: bool
    starts_at: datetime
    ends_at: datetime
    status: OccurrenceStatus
    sequence: int
    counted_as: CountedAs
    max_party: int
    age_from_months: int | None
    tzid: str
    email_optional: bool
    counts_babies: bool
    pushchairs: int | None
    childcare: int | None
    opens_days: int | None
    closes_minutes: int
    one_per_email: bool
    confirms_email: bool
    asks_ages: bool
    asks_needs: bool
    age_to_months: int | None
    lead_id: int | None

    @property
    def booking_times(self) -> BookingTimes:
        """From when and until when it is booked."""
        return booking_times(self.starts_at, self.tzid, self.opens_days, self.closes_minutes)

    def has_begun(self, now: datetime) -> bool:
        """Whether it is too late to change anything; a date that is put off has not begun, whatever its old time."""
        return self.status is not OccurrenceStatus.POSTPONED and self.starts_at <= now


# Built once: each booking asks these, and building one costs more than running it.
_LOCKED: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Occurrence.id, Occurrence.public_id, Occurrence.event_id, Occurrence.capacity, Occurrence.seats_taken,
        Occurrence.has_queue, Occurrence.starts_at, Occurrence.ends_at, Occurrence.status, Occurrence.sequence,
        Event.counted_as, Event.max_party, Event.age_from_months, Event.tzid, Event.email_optional,
        Event.counts_babies, Event.pushchairs, Event.childcare, Event.opens_days, Event.closes_minutes, Event.one_per_email, Event.confirms_email,
        Event.asks_ages, Event.asks_needs, Event.age_to_months, Occurrence.lead_id,
    )
    .join(Event, Event.id == Occurrence.event_id)
    .with_for_update(of=Occurrence)
)  # fmt: skip
_IS_PUBLISHED = (
    Event.is_published.is_(True),
    sa.exists().where(Place.id == Occurrence.place_id, Place.is_published.is_(True)),
)
_ALONE = Occurrence.lead_id.is_(None)
_BY_KEY = _LOCKED.where(Occurrence.id == sa.bindparam("key", type_=sa.Integer))
_BY_PUBLIC_ID = _LOCKED.where(Occurrence.public_id == sa.bindparam("key"), *_IS_PUBLISHED)
_ALONE_BY_KEY, _ALONE_BY_PUBLIC_ID = _BY_KEY.where(_ALONE), _BY_PUBLIC_ID.where(_ALONE)
_OTHERS_OF_COURSE: sa.Select[*tuple[Any, ...]] = sa.select(
    sa.func.min(Occurrence.capacity), sa.func.min(Occurrence.capacity - Occurrence.seats_taken)
).where(
    Occurrence.event_id == sa.bindparam("event_id", type_=sa.Integer),  # the index
    Occurrence.lead_id == sa.bindparam("lead_id", type_=sa.Integer),
    Occurrence.id != Occurrence.lead_id,
    Occurrence.status != OccurrenceStatus.CANCELLED,
)
# On the table, not on its class: nothing of the session needs to be kept in step.
_ROWS = cast(sa.Table, Occurrence.__table__)
_AFTER = _ROWS.c.seats_taken + sa.bindparam("delta", type_=sa.Integer)
_CHANGE = (
    sa.update(_ROWS)
    .where(
        _ROWS.c.id == sa.bindparam("key", type_=sa.Integer),
        _AFTER >= 0,
        sa.or_(_ROWS.c.capacity.is_(None), _ROWS.c.capacity >= _AFTER),
    )
    .values(seats_taken=_AFTER)
    .returning(_ROWS.c.id)
)


def lock_occurrence(public_id: str) -> LockedOccurrence:
    """Hold one published date until the transaction ends; NotFound if there is none. Of a course, all of it.

    PostgreSQL locks the row (SELECT FOR UPDATE); on SQLite the transaction's BEGIN IMMEDIATE already holds everything.
    A course is held by its event, which everybody locks before any of its dates; returned is the date that leads it,
    with the room of the fullest one.
    """
    date = _found(_ALONE_BY_PUBLIC_ID, public_id)
    if date is not None:
        return date
    _hold_event(Occurrence.public_id == public_id)
    return _leading(_known(_found(_BY_PUBLIC_ID, public_id)))


def lock_booked(occurrence_id: int) -> LockedOccurrence:
    """The same by key, published or not: where a booking of this date is made, waits and is asked."""
    return _leading(lock_occurrence_by_id(occurrence_id))


def lock_occurrence_by_id(occurrence_id: int) -> LockedOccurrence:
    """Hold this very date, published or not; of a course, the others with it. Raises NotFound."""
    date = _found(_ALONE_BY_KEY, occurrence_id)
    if date is not None:
        return date
    _hold_event(Occurrence.id == occurrence_id)
    return _known(_found(_BY_KEY, occurrence_id))


def change_seats(occurrence_id: int, delta: int) -> None:
    """Take (positive) or give back (negative) seats by one guarded UPDATE; OccurrenceFull if they are not there.

    The guard decides, never a count read before: two engines, any concurrency, never more than the capacity.
    """
    db.session.flush()  # a number of seats that was changed and not yet written counts
    values = {"key": occurrence_id, "delta": delta}
    changed = db.session.execute(_CHANGE, values).scalar_one_or_none()
    if changed is None:
        raise OccurrenceFull


def mark_queue(occurrence_id: int, *, has_queue: bool) -> None:
    """Say whether families wait for this date; the caller holds it."""
    db.session.execute(
        sa.update(Occurrence)
        .where(Occurrence.id == occurrence_id)
        .values(has_queue=has_queue)
        .execution_options(synchronize_session=False)
    )


def _found(query: sa.Select[*tuple[Any, ...]], key: int | str) -> LockedOccurrence | None:
    row = db.session.execute(query, {"key": key}).one_or_none()
    return None if row is None else LockedOccurrence(*row)


def _known(date: LockedOccurrence | None) -> LockedOccurrence:
    if date is None:
        raise NotFound
    return date


def _hold_event(of_date: sa.ColumnElement[bool]) -> None:
    """Read again what is decided upon afterwards: another date may have begun to lead meanwhile."""
    mine = sa.select(Occurrence.event_id).where(of_date).scalar_subquery()
    db.session.execute(sa.select(Event.id).where(Event.id == mine).with_for_update())


def _leading(date: LockedOccurrence) -> LockedOccurrence:
    if date.lead_id is None:
        return date
    lead = date if date.lead_id == date.id else _known(_found(_BY_KEY, date.lead_id))
    return _with_the_course(lead)


def _with_the_course(date: LockedOccurrence) -> LockedOccurrence:
    """The date that leads a course has the room of the fullest of them."""
    values = {"event_id": date.event_id, "lead_id": date.id}
    smallest, least_free = db.session.execute(_OTHERS_OF_COURSE, values).one()
    if smallest is None or least_free is None:
        return date
    own = smallest if date.capacity is None else date.capacity
    own_free = least_free if date.capacity is None else date.capacity - date.seats_taken
    capacity, free = min(own, smallest), max(0, min(own_free, least_free))
    return replace(date, capacity=capacity, seats_taken=max(0, capacity - free))
