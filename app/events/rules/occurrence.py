"""What may still be done with one date."""

from datetime import datetime
from enum import StrEnum

from app.core.errors import Conflict, Invalid
from app.events.rules.schedule import TooFarAhead, last_moment
from app.events.rules.vocabulary import OccurrenceStatus

MAX_REASON = 300


class Scope(StrEnum):
    """Which dates of a series a change is for: this one, this and the following, or all that are still to come."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


ALLOWED_MOVES: dict[OccurrenceStatus, frozenset[OccurrenceStatus]] = {
    OccurrenceStatus.SCHEDULED: frozenset({OccurrenceStatus.CANCELLED, OccurrenceStatus.POSTPONED}),
    # With its new day it is scheduled again.
    OccurrenceStatus.POSTPONED: frozenset({OccurrenceStatus.SCHEDULED, OccurrenceStatus.CANCELLED}),
    OccurrenceStatus.CANCELLED: frozenset({OccurrenceStatus.SCHEDULED}),
}


class OccurrenceOver(Conflict):
    """The date has already begun, so it stays as it was."""


class OccurrenceIsCancelled(Conflict):
    """The date is cancelled: it must be reinstated before anything else."""


class OccurrenceFull(Conflict):
    """There are fewer seats left than asked for."""


class NewTimeNotPossible(Invalid):
    """The new time lies in the past, or ends before it starts."""


class ReasonTooLong(Invalid):
    """Why a date does not take place must be said in 300 characters."""


def check_not_begun(starts_at: datetime, now: datetime) -> None:
    """Dates that have begun are history: OccurrenceOver."""
    if starts_at <= now:
        raise OccurrenceOver


def check_move(
    status: OccurrenceStatus, old_start: datetime, starts_at: datetime, ends_at: datetime, now: datetime
) -> None:
    """A date moves from the future into the future, no further than dates are published; aware datetimes throughout.

    One that was put off has no time of its own: it moves whatever the old one was.
    """
    if status is OccurrenceStatus.CANCELLED:
        raise OccurrenceIsCancelled
    if status is OccurrenceStatus.SCHEDULED:
        check_not_begun(old_start, now)
    if not now < starts_at < ends_at:
        raise NewTimeNotPossible
    if starts_at > last_moment(now):
        raise TooFarAhead


def check_reason(reason: str) -> None:
    """What is written to whoever has booked, in its stored form: ReasonTooLong."""
    if len(reason) > MAX_REASON:
        raise ReasonTooLong(most=MAX_REASON)
