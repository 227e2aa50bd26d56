"""One date among many: move it, cancel it, let it take place after all. The series stays as it is."""

from datetime import datetime

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.events.models import Occurrence
from app.events.rules.occurrence import check_move, check_not_begun
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.signals import occurrence_cancelled, occurrence_moved, occurrence_reinstated


@patiently
def move_occurrence(public_id: str, starts_at: datetime, ends_at: datetime) -> None:
    """Give one date another time (aware). Moving to where it already is changes nothing and tells nobody.

    Raises NotFound, OccurrenceOver, OccurrenceIsCancelled, NewTimeNotPossible, TooFarAhead, Busy.
    """
    with transaction():
        date = _locked(public_id)
        if (date.starts_at, date.ends_at, date.status) == (starts_at, ends_at, OccurrenceStatus.SCHEDULED):
            return
        check_move(date.status, date.starts_at, starts_at, ends_at, clock.now())
        date.starts_at, date.ends_at, date.status = starts_at, ends_at, OccurrenceStatus.SCHEDULED
        _touch(date)
        occurrence_moved.send(occurrence_id=date.id)


@patiently
def cancel_occurrence(public_id: str) -> None:
    """One date does not take place. Cancelling twice is cancelling once. Raises NotFound, OccurrenceOver, Busy."""
    with transaction():
        date = _locked(public_id)
        if date.status is OccurrenceStatus.CANCELLED:
            return
        check_not_begun(date.starts_at, clock.now())
        date.status = OccurrenceStatus.CANCELLED
        _touch(date)
        occurrence_cancelled.send(occurrence_id=date.id)


@patiently
def reinstate_occurrence(public_id: str) -> None:
    """A cancelled date takes place after all; its old bookings stay cancelled.

    Raises NotFound, OccurrenceOver, Busy.
    """
    with transaction():
        date = _locked(public_id)
        if date.status is OccurrenceStatus.SCHEDULED:
            return
        check_not_begun(date.starts_at, clock.now())
        date.status = OccurrenceStatus.SCHEDULED
        _touch(date)
        occurrence_reinstated.send(occurrence_id=date.id)


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
