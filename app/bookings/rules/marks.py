"""Marks made at the door, some of them without a network: the later one stands, and each counts once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.bookings.rules.door import MARKS
from app.bookings.rules.status import BookingStatus, may_move

# Phones' clocks are put right when the page is opened; what still lies ahead of ours is cut off here.
AHEAD = timedelta(minutes=5)


class Settled(StrEnum):
    """What became of a mark: it stands now, stood already, a later one stands, or there is nothing to mark."""

    NOTED = "noted"
    KNOWN = "known"
    OVERTAKEN = "overtaken"
    REFUSED = "refused"


@dataclass(frozen=True)
class Standing:
    """How a family is marked: `marked_at` None where nobody marked it by hand, `mark_id` None where online.

    Without a seat it was let in above the places: it is here, or taken off the list.
    """

    status: BookingStatus
    marked_at: datetime | None = None
    mark_id: str | None = None
    has_seat: bool = True


@dataclass(frozen=True)
class MadeMark:
    """A mark as it was made: its own id, what it says, and when (aware)."""

    id: str
    status: BookingStatus
    made_at: datetime


def settle(standing: Standing, mark: MadeMark) -> Settled:
    """What becomes of a mark that arrives, perhaps late, perhaps again.

    >>> from datetime import UTC
    >>> ten, later = datetime(2026, 11, 26, 10, tzinfo=UTC), datetime(2026, 11, 26, 11, tzinfo=UTC)
    >>> here = MadeMark("a", BookingStatus.ATTENDED, ten)
    >>> settle(Standing(BookingStatus.CONFIRMED), here)
    <Settled.NOTED: 'noted'>
    >>> settle(Standing(BookingStatus.ATTENDED, ten, "a"), here)
    <Settled.KNOWN: 'known'>
    >>> settle(Standing(BookingStatus.NO_SHOW, later, "b"), here)
    <Settled.OVERTAKEN: 'overtaken'>
    >>> settle(Standing(BookingStatus.CANCELLED), here)
    <Settled.REFUSED: 'refused'>
    """
    if mark.id == standing.mark_id:
        return Settled.KNOWN
    is_same = standing.status is mark.status
    can_move = standing.has_seat and may_move(standing.status, mark.status)
    if mark.status not in MARKS or not (is_same or can_move):
        return Settled.REFUSED
    before = (standing.marked_at, standing.mark_id or "") if standing.marked_at else None
    if before and (mark.made_at, mark.id) < before:
        return Settled.KNOWN if is_same else Settled.OVERTAKEN
    return Settled.NOTED
