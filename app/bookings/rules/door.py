"""The door: when families may be marked as come, and how many have come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.bookings.rules.status import BookingStatus
from app.core.errors import Conflict

BEFORE, AFTER = timedelta(hours=3), timedelta(days=14)
# At the door the host sees who stands there: children may come alone whatever their age.
CHILDREN_ALONE = 1_200  # months
# What a host may say of a family with a seat; "confirmed" takes the mark back.
MARKS = (BookingStatus.ATTENDED, BookingStatus.NO_SHOW, BookingStatus.CONFIRMED)


class DoorClosed(Conflict):
    """Too early, or long over."""


class NotOverYet(Conflict):
    """Families may still come: nobody can be said to have stayed away."""


class NothingToMark(Conflict):
    """Whoever waits, or gave the seat back, has none to come to."""


@dataclass(frozen=True)
class Heads:
    """Adults and children."""

    adults: int = 0
    children: int = 0

    def __bool__(self) -> bool:
        return bool(self.adults or self.children)


def is_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """From three hours before the beginning until 14 days after the end: lists are also put right the next morning."""
    return starts_at - BEFORE <= now <= ends_at + AFTER


def count(parties: Iterable[tuple[int, int]]) -> Heads:
    """The heads of some parties, each (adults, children).

    >>> count([(1, 2), (2, 0)])
    Heads(adults=3, children=2)
    """
    listed = list(parties)
    return Heads(sum(adults for adults, _ in listed), sum(children for _, children in listed))
