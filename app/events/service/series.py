"""One date and all that follow it: moved, cancelled or given another room; what was before stays as it was."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import free_slug, public_id
from app.core.local_text import Text
from app.core.text import clean, clean_line
from app.events.models import Event, EventTopic, Occurrence
from app.events.queries import schedule_of
from app.events.rules import series
from app.events.rules.event import check_capacity, check_room
from app.events.rules.occurrence import (
    OccurrenceIsCancelled,
    Scope,
    check_move,
    check_not_begun,
    check_reason,
)
from app.events.rules.recurrence import first_instant
from app.events.rules.schedule import Schedule, to_local, write_local
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service.courses import fit_course
from app.events.service.occurrences import cancel_locked, relocate_locked, resize_locked, told
from app.events.signals import event_saved, occurrence_moved, seats_freed

# What makes an event this one and no other; everything else of it goes on in the event that follows.
_OWN = frozenset({"id", "public_id", "uid", "slug", "source_key", "sequence", "created_at", "updated_at"})


@patiently
def move_series(occurrence_public_id: str, starts_at: datetime, scope: Scope) -> int | None:
    """Move a date to this beginning, and the others by as much on the wall clock; returns how many families are told.

    None where it is there already. Raises NotFound, OccurrenceOver, OccurrenceIsCancelled, NewTimeNotPossible,
    TooFarAhead, SeriesNotMovable, Busy.
    """
    with transaction():
        event, date = _locked(occurrence_public_id)
        if date.starts_at == starts_at:
            return None
        check_move(
            date.status, date.starts_at, starts_at, starts_at + (date.ends_at - date.starts_at), clock.now()
        )
        by = to_local(starts_at, event.tzid) - to_local(date.starts_at, event.tzid)
        coming = _reached(event, date, scope)
        if event.booked_whole:  # a course stays one event: its dates move one by one
            moved = [_move(one, by, event.tzid) for one in _moved_alike(coming, date, event.tzid)]
        else:
            event = _split_off(event, coming[0])
            _write(event, series.shift(schedule_of(event), by))
            moved = _shift(event, coming, by, asked=date)
        number = sum(told(occurrence_moved.send(occurrence_id=one.id)) for one in moved if _concerns(one))
        number += fit_course(event)
        event_saved.send(event_id=event.id)
        return number


@patiently
def cancel_series(occurrence_public_id: str, scope: Scope, reason: Text | None = None) -> int:
    """None of these dates takes place, and no others are added; returns how many families are told.

    Raises NotFound, OccurrenceOver, ReasonTooLong, Busy.
    """
    why = clean(reason.value) if reason else ""
    check_reason(why)
    with transaction():
        event, date = _locked(occurrence_public_id)
        check_not_begun(date.starts_at, clock.now())
        coming = _reached(event, date, scope)
        _write(event, series.ended_after(schedule_of(event), coming[-1].recurrence_id))
        number = 0
        for one in coming:
            if one.status is not OccurrenceStatus.CANCELLED and one.starts_at > clock.now():
                number += cancel_locked(one, Text(why, reason.lang) if reason and why else None)
        number += fit_course(event)
        event_saved.send(event_id=event.id)
        return number


@patiently
def resize_series(
    occurrence_public_id: str, capacity: int | None, scope: Scope, room: str | None = None
) -> int:
    """So many may come to each of these dates, never fewer than have a seat already; they are in this room.

    Returns how many families are told, as resize_occurrence. Raises NotFound, OccurrenceOver, OccurrenceIsCancelled, EventNotValid, Busy.
    """
    check_capacity(capacity)
    check_room(room)
    with transaction():
        event, date = _locked(occurrence_public_id)
        check_not_begun(date.starts_at, clock.now())
        if date.status is OccurrenceStatus.CANCELLED:
            raise OccurrenceIsCancelled
        coming = _reached(event, date, scope)
        if not event.booked_whole:
            event = _split_off(event, coming[0])
        if _is_all(event, scope):
            event.capacity = capacity
        for one in coming:
            resize_locked(one, capacity)
        number = 0 if room is None else _relocate(event, coming, clean_line(room), scope)
        db.session.flush()
        seats_freed.send(occurrence_ids=[one.id for one in coming])
        event_saved.send(event_id=event.id)
        return number


def _is_all(event: Event, scope: Scope) -> bool:
    """Whether what is changed holds for the event itself: a course stays one, also where its last dates change."""
    return scope is Scope.ALL or not event.booked_whole


def _relocate(event: Event, dates: Sequence[Occurrence], room: str, scope: Scope) -> int:
    """The dates move one by one, so that each family is told; then the room is that of the event."""
    number = sum(relocate_locked(one, room) for one in dates if one.starts_at > clock.now())
    if _is_all(event, scope):
        event.room = room
        for one in dates:
            one.room = None
    return number


def _locked(occurrence_public_id: str) -> tuple[Event, Occurrence]:
    """The event first, then its dates, as everybody who changes a series does."""
    mine = (
        sa.select(Occurrence.event_id).where(Occurrence.public_id == occurrence_public_id).scalar_subquery()
    )
    event = db.session.scalar(sa.select(Event).where(Event.id == mine).with_for_update())
    date = db.session.scalar(
        sa.select(Occurrence).where(Occurrence.public_id == occurrence_public_id).with_for_update()
    )
    if event is None or date is None:
        raise NotFound
    return event, date


def _reached(event: Event, date: Occurrence, scope: Scope) -> list[Occurrence]:
    """The dates that a change is for, in the order of the series; at least the date itself."""
    first = date.recurrence_id
    if scope is Scope.ALL:
        first = min(first, clock.now())
    here = (Occurrence.event_id == event.id, Occurrence.recurrence_id >= first)
    query = sa.select(Occurrence).where(*here).order_by(Occurrence.recurrence_id).with_for_update()
    return list(db.session.scalars(query))


def _split_off(event: Event, date: Occurrence) -> Event:
    """An event of its own for what begins with this date; the same event where nothing lies before it."""
    earlier = (Occurrence.event_id == event.id, Occurrence.recurrence_id < date.recurrence_id)
    if db.session.scalar(sa.select(Occurrence.id).where(*earlier).limit(1)) is None:
        return event
    before, after = series.split(schedule_of(event), to_local(date.recurrence_id, event.tzid))
    event.series_key = event.series_key or event.public_id
    following = _copy(event)
    _write(following, after)
    _write(event, before)
    db.session.execute(
        sa.update(Occurrence)
        .where(Occurrence.event_id == event.id, Occurrence.recurrence_id >= date.recurrence_id)
        .values(event_id=following.id)
        .execution_options(synchronize_session="fetch")
    )
    db.session.flush()
    event_saved.send(event_id=event.id)
    return following


def _copy(event: Event) -> Event:
    now, own_id = clock.now(), public_id()
    values: dict[str, Any] = {
        column.key: getattr(event, column.key)
        for column in sa.inspect(Event).columns
        if column.key not in _OWN
    }
    copied = Event(
        public_id=own_id, uid=f"{own_id}@isole-di-wendy", slug=free_slug(event.slug, _is_taken), sequence=0,
        created_at=now, updated_at=now, **values,
    )  # fmt: skip
    copied.topics = [EventTopic(topic=row.topic) for row in event.topics]
    db.session.add(copied)
    db.session.flush()
    return copied


def _is_taken(slug: str) -> bool:
    return db.session.scalar(sa.select(Event.id).where(Event.slug == slug)) is not None


def _write(event: Event, schedule: Schedule) -> None:
    event.starts_local, event.rrule = write_local(schedule.starts_local), schedule.rrule
    event.rdates = sorted(map(write_local, schedule.rdates))
    event.exdates = sorted(map(write_local, schedule.exdates))
    event.sequence += 1
    event.updated_at = clock.now()
    db.session.flush()


def _moved_alike(dates: Sequence[Occurrence], asked: Occurrence, tzid: str) -> list[Occurrence]:
    """The dates of a course that take place, and have been moved as the asked one was: by as much, or not at all."""

    def moved_by(date: Occurrence) -> timedelta:
        return to_local(date.starts_at, tzid) - to_local(date.recurrence_id, tzid)

    takes_place = [
        one for one in dates if one.status is OccurrenceStatus.SCHEDULED and one.starts_at > clock.now()
    ]
    return [one for one in takes_place if moved_by(one) == moved_by(asked)]


def _shift(
    event: Event, dates: Sequence[Occurrence], by: timedelta, *, asked: Occurrence
) -> list[Occurrence]:
    """Each takes the name that the moved schedule gives it; another one that was moved by hand keeps its own time.

    From the far end on, so that no two ever have the same name. Returns those with another time.
    """
    moved = []
    for date in sorted(dates, key=lambda one: one.recurrence_id, reverse=by > timedelta()):
        name = first_instant(to_local(date.recurrence_id, event.tzid) + by, event.tzid)
        if date is asked or date.starts_at == date.recurrence_id:
            moved.append(_move(date, by, event.tzid))
        date.recurrence_id = name
        db.session.flush()
    return moved


def _move(date: Occurrence, by: timedelta, tzid: str) -> Occurrence:
    length = date.ends_at - date.starts_at
    starts_at = first_instant(to_local(date.starts_at, tzid) + by, tzid)
    date.previous_starts_at, date.starts_at, date.ends_at = date.starts_at, starts_at, starts_at + length
    date.sequence += 1
    date.updated_at = clock.now()
    db.session.flush()
    return date


def _concerns(date: Occurrence) -> bool:
    """Whether somebody has booked what takes place."""
    return (date.seats_taken > 0 or date.has_queue) and date.status is OccurrenceStatus.SCHEDULED
