"""One date among many: move it, put it off, cancel it, give it another room. The series stays as it is."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.local_text import Text
from app.core.text import clean, clean_line
from app.events.models import Event, Occurrence
from app.events.rules.event import check_capacity, check_room
from app.events.rules.occurrence import (
    ALLOWED_MOVES,
    OccurrenceIsCancelled,
    check_move,
    check_not_begun,
    check_reason,
)
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service.courses import fit_course
from app.events.signals import (
    event_saved,
    occurrence_cancelled,
    occurrence_moved,
    occurrence_postponed,
    occurrence_reinstated,
    occurrence_relocated,
    seats_freed,
)


@patiently
def move_occurrence(public_id: str, starts_at: datetime, ends_at: datetime) -> int | None:
    """Give one date another time (aware); returns how many families are told.

    Moving to where it already is changes nothing and tells nobody: None. Raises NotFound, OccurrenceOver, OccurrenceIsCancelled, NewTimeNotPossible, TooFarAhead, Busy.
    """
    with transaction():
        date = _locked(public_id)
        if (date.starts_at, date.ends_at, date.status) == (starts_at, ends_at, OccurrenceStatus.SCHEDULED):
            return None
        check_move(date.status, date.starts_at, starts_at, ends_at, clock.now())
        date.previous_starts_at = None if starts_at == date.starts_at else date.starts_at
        date.starts_at, date.ends_at = starts_at, ends_at
        _take(date, OccurrenceStatus.SCHEDULED)
        date.cancel_reason = date.cancel_reason_language = None
        _touch(date)
        return told(occurrence_moved.send(occurrence_id=date.id)) + fit_course(date.event)


@patiently
def cancel_occurrence(public_id: str, reason: Text | None = None) -> int | None:
    """One date does not take place; returns how many families are told, and `reason` with it.

    Cancelling twice is cancelling once, and None. Raises NotFound, OccurrenceOver, ReasonTooLong, Busy.
    """
    why = _why(reason)
    with transaction():
        date = _locked(public_id)
        if date.status is OccurrenceStatus.CANCELLED:
            return None
        check_not_begun(date.starts_at, clock.now())
        return cancel_locked(date, why) + fit_course(date.event)


def cancel_locked(date: Occurrence, why: Text | None) -> int:
    """The same inside the caller's transaction, which holds the date and fits the course afterwards."""
    _leave(date, OccurrenceStatus.CANCELLED, why)
    return told(occurrence_cancelled.send(occurrence_id=date.id))


@patiently
def postpone_occurrence(public_id: str, reason: Text | None = None) -> int | None:
    """A date is put off until a day that is not known yet; who booked keeps its place. Returns as cancel_occurrence.

    Moving it to a new time puts it back on the programme. Raises NotFound, OccurrenceOver, OccurrenceIsCancelled,
    ReasonTooLong, Busy.
    """
    why = _why(reason)
    with transaction():
        date = _locked(public_id)
        if date.status is OccurrenceStatus.POSTPONED:
            return None
        if date.status is OccurrenceStatus.CANCELLED:
            raise OccurrenceIsCancelled
        check_not_begun(date.starts_at, clock.now())
        _leave(date, OccurrenceStatus.POSTPONED, why)
        return told(occurrence_postponed.send(occurrence_id=date.id)) + fit_course(date.event)


@patiently
def resize_occurrence(public_id: str, capacity: int | None, room: str | None = None) -> int:
    """So many may come to this date, never fewer than have a seat already; who waits moves up.

    Another `room` ("" for none, None as it is) is told to who booked; returns how many families. Raises NotFound,
    OccurrenceOver, OccurrenceIsCancelled, EventNotValid, Busy.
    """
    check_capacity(capacity)
    check_room(room)
    with transaction():
        date = _locked(public_id)
        check_not_begun(date.starts_at, clock.now())
        if date.status is OccurrenceStatus.CANCELLED:
            raise OccurrenceIsCancelled
        resize_locked(date, capacity)
        number = 0 if room is None else relocate_locked(date, clean_line(room))
        db.session.flush()
        seats_freed.send(occurrence_ids=[date.id])
        event_saved.send(event_id=date.event_id)
        return number


def resize_locked(date: Occurrence, capacity: int | None) -> None:
    """Inside the caller's transaction, which holds the date; None where nobody needs to book."""
    date.capacity = None if capacity is None else max(capacity, date.seats_taken)
    date.updated_at = clock.now()


def relocate_locked(date: Occurrence, room: str) -> int:
    """Put a date into a room, inside the caller's transaction; returns how many families are told."""
    usual = date.event.room
    if room == (usual if date.room is None else date.room):
        return 0
    date.room = None if room == usual else room
    _touch(date)
    return told(occurrence_relocated.send(occurrence_id=date.id))


@patiently
def reinstate_occurrence(public_id: str) -> int | None:
    """A cancelled date takes place after all; whoever had booked is told. Returns as cancel_occurrence.

    Raises NotFound, OccurrenceOver, Busy.
    """
    with transaction():
        date = _locked(public_id)
        if date.status is OccurrenceStatus.SCHEDULED:
            return None
        check_not_begun(date.starts_at, clock.now())
        _take(date, OccurrenceStatus.SCHEDULED)
        date.cancel_reason = date.cancel_reason_language = None
        _touch(date)
        return told(occurrence_reinstated.send(occurrence_id=date.id)) + fit_course(date.event)


def _why(reason: Text | None) -> Text | None:
    """What is written to those who booked, in its stored form; None for nothing. Raises ReasonTooLong."""
    why = clean(reason.value) if reason else ""
    check_reason(why)
    return Text(why, reason.lang) if reason and why else None


def _take(date: Occurrence, status: OccurrenceStatus) -> None:
    """Another state; ValueError where the table of moves has no such one."""
    if status is not date.status and status not in ALLOWED_MOVES[date.status]:
        raise ValueError(f"a date never goes from {date.status} to {status}")
    date.status = status


def _leave(date: Occurrence, status: OccurrenceStatus, why: Text | None) -> None:
    _take(date, status)
    date.cancel_reason, date.cancel_reason_language = (why.value, why.lang) if why else (None, None)
    _touch(date)


def _locked(public_id: str) -> Occurrence:
    """The event first, then its date, as everybody who books a course does."""
    mine = sa.select(Occurrence.event_id).where(Occurrence.public_id == public_id).scalar_subquery()
    db.session.execute(sa.select(Event.id).where(Event.id == mine).with_for_update())
    date = db.session.scalar(sa.select(Occurrence).where(Occurrence.public_id == public_id).with_for_update())
    if date is None:
        raise NotFound
    return date


def _touch(date: Occurrence) -> None:
    """What calendars look at (RFC 5545: SEQUENCE, LAST-MODIFIED); written before anybody is told."""
    date.sequence += 1
    date.updated_at = clock.now()
    db.session.flush()


def told(answers: list[tuple[Any, Any]]) -> int:
    """The families that listeners write to, as each of them counts its own."""
    return sum(number for _, number in answers if number is not None)
