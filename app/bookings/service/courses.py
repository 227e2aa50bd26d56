"""A course that is booked whole: one booking has a seat on every date, and whoever waits, waits for all of them."""

from datetime import datetime

import sqlalchemy as sa

from app.bookings.models import Booking, BookingAnswer
from app.bookings.rules.offers import OfferStatus
from app.bookings.rules.status import WAITING, BookingStatus
from app.bookings.service.moving import move
from app.bookings.service.offering import close_offer
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.core import clock
from app.core.database import db
from app.core.ids import public_id
from app.core.tokens import personal_token, random_token, token_hash
from app.events.models import Occurrence
from app.events.rules.occurrence import OccurrenceFull
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import change_seats, lock_occurrence_by_id, mark_queue

# What a family's booking of another date has in common with its first one.
_SHARED = (
    "course_key", "repeat_key", "name", "email", "address_hash", "language", "adults", "children", "babies",
    "pushchairs", "childcare", "seats", "source",
)  # fmt: skip


def seat_on_the_others(booking: Booking) -> None:
    """A family has its place: it has one on each other date of its course too, and nobody is told twice.

    Inside the caller's transaction, which holds the date that leads. Raises OccurrenceFull.
    """
    own = sa.select(Occurrence.event_id, Occurrence.lead_id).where(Occurrence.id == booking.occurrence_id)
    event_id, lead_id = db.session.execute(own).one()
    for occurrence_id in _dates_ahead(event_id, lead_id, clock.now()):
        if occurrence_id != booking.occurrence_id and not _has_booked(booking, occurrence_id):
            _seat(booking, occurrence_id)


def complete_course(event_id: int) -> int:
    """A course has other dates, or another one leads: who waits, waits there; who comes, comes to the new ones too.

    Returns how many families are told. Inside the caller's transaction.
    """
    lead_id = _leading(event_id)
    if lead_id is None:
        return 0
    _wait_together(event_id, lead_id)
    coming = (
        Occurrence.event_id == event_id, Occurrence.lead_id == lead_id,
        Booking.course_key.is_not(None), Booking.status == BookingStatus.CONFIRMED, Booking.erased_at.is_(None),
    )  # fmt: skip
    query = sa.select(Booking).join(Occurrence, Occurrence.id == Booking.occurrence_id).where(*coming)
    # One row of each family; what is new to it are the dates for which it has none, whatever their state.
    families: dict[str | None, Booking] = {}
    for one in db.session.scalars(query.order_by(Booking.id)):
        families.setdefault(one.course_key, one)
    ahead = _dates_ahead(event_id, lead_id, clock.now()) if families else []
    return sum(_add_dates(one, ahead) for one in families.values())


def _add_dates(booking: Booking, occurrence_ids: list[int]) -> bool:
    """Returns whether the family is told."""
    added = 0
    for occurrence_id in occurrence_ids:
        if _has_booked(booking, occurrence_id):
            continue
        try:
            _seat(booking, occurrence_id)
        except OccurrenceFull:  # it never had that date, and loses nothing
            continue
        added = occurrence_id
    return bool(added) and tell("course_grown", booking, added)


def _leading(event_id: int) -> int | None:
    """The date that leads the course as it is held now: the last one, where an earlier one was held before."""
    leads = (Occurrence.event_id == event_id, Occurrence.lead_id == Occurrence.id)
    return db.session.scalar(
        sa.select(Occurrence.id).where(*leads).order_by(Occurrence.starts_at.desc()).limit(1)
    )


def _wait_together(event_id: int, lead_id: int) -> None:
    elsewhere = (
        Occurrence.event_id == event_id, Occurrence.lead_id == lead_id, Occurrence.id != lead_id,
        Booking.course_key.is_not(None), Booking.status.in_(WAITING),
    )  # fmt: skip
    query = sa.select(Booking).join(Occurrence, Occurrence.id == Booking.occurrence_id).where(*elsewhere)
    waiting = list(db.session.scalars(query.order_by(Booking.id)))
    if not waiting:
        return
    for booking in waiting:
        if _has_booked(booking, lead_id):  # it comes there, and waits for this date alone
            continue
        close_offer(booking, lock_occurrence_by_id(booking.occurrence_id), OfferStatus.WITHDRAWN)
        if booking.status is BookingStatus.OFFERED:
            move(booking, BookingStatus.WAITLISTED)
        mark_queue(booking.occurrence_id, has_queue=False)
        booking.occurrence_id = lead_id
    db.session.flush()
    mark_queue(lead_id, has_queue=True)
    promote_locked(lock_occurrence_by_id(lead_id))


def _dates_ahead(event_id: int, lead_id: int | None, now: datetime) -> list[int]:
    is_ahead = sa.or_(Occurrence.starts_at > now, Occurrence.status == OccurrenceStatus.POSTPONED)
    whole = (Occurrence.event_id == event_id, Occurrence.lead_id == lead_id)
    where = (*whole, Occurrence.status != OccurrenceStatus.CANCELLED, is_ahead)
    return list(db.session.scalars(sa.select(Occurrence.id).where(*where).order_by(Occurrence.id)))


def _has_booked(booking: Booking, occurrence_id: int) -> bool:
    own = (Booking.course_key == booking.course_key, Booking.occurrence_id == occurrence_id)
    return db.session.scalar(sa.select(Booking.id).where(*own)) is not None


def _seat(booking: Booking, occurrence_id: int) -> None:
    change_seats(occurrence_id, booking.seats)
    now, own_id = clock.now(), public_id()
    other = Booking(
        public_id=own_id, token_hash=token_hash(personal_token("booking", own_id, 1)), generation=1,
        idempotency_key=token_hash(random_token()), occurrence_id=occurrence_id, status=BookingStatus.CONFIRMED,
        sequence=0, created_at=now, updated_at=now, **{name: getattr(booking, name) for name in _SHARED},
    )  # fmt: skip
    db.session.add(other)
    db.session.flush()
    answer = db.session.get(BookingAnswer, booking.id)
    if answer is not None:
        db.session.add(BookingAnswer(
            booking_id=other.id, ages=answer.ages, needs=answer.needs, consent_version=answer.consent_version,
            consented_at=answer.consented_at,
        ))  # fmt: skip
