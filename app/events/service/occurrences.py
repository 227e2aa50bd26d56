"""One date among many: move it, cancel it, let it take place after all. The series stays as it is."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.local_text import Text
from app.core.text import clean
from app.events.models import Occurrence
from app.events.rules.occurrence import check_move, check_not_begun, check_reason
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.signals import occurrence_cancelled, occurrence_moved, occurrence_reinstated


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
        date.starts_at, date.ends_at, date.status = starts_at, ends_at, OccurrenceStatus.SCHEDULED
        _touch(date)
        return _told(occurrence_moved.send(occurrence_id=date.id))


@patiently
def cancel_occurrence(public_id: str, reason: Text | None = None) -> int | None:
    """One date does not take place; returns how many families are told, and `reason` with it.

    Cancelling twice is cancelling once, and None. Raises NotFound, OccurrenceOver, ReasonTooLong, Busy.
    """
    why = clean(reason.value) if reason else ""
    check_reason(why)
    with transaction():
        date = _locked(public_id)
        if date.status is OccurrenceStatus.CANCELLED:
            return None
        check_not_begun(date.starts_at, clock.now())
        date.status = OccurrenceStatus.CANCELLED
        date.cancel_reason, date.cancel_reason_language = (
            (why, reason.lang) if reason and why else (None, None)
        )
        _touch(date)
        return _told(occurrence_cancelled.send(occurrence_id=date.id))


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
        date.status = OccurrenceStatus.SCHEDULED
        date.cancel_reason = date.cancel_reason_language = None
        _touch(date)
        return _told(occurrence_reinstated.send(occurrence_id=date.id))


def _locked(public_id: str) -> Occurrence:
    date = db.session.scalar(sa.select(Occurrence).where(Occurrence.public_id == public_id).with_for_update())
    if date is None:
        raise NotFound
    return date


def _touch(date: Occurrence) -> None:
    """What calendars look at (RFC 5545: SEQUENCE, LAST-MODIFIED); written before anybody is told."""
    date.sequence += 1
    date.updated_at = clock.now()
    db.session.flush()


def _told(answers: list[tuple[Any, Any]]) -> int:
    """The families that listeners write to, as each of them counts its own."""
    return sum(number for _, number in answers if number is not None)
