"""How many are expected at a date and how many are here: the same numbers on the screen, on paper and in tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.bookings.queries import BookingView
from app.bookings.rules import door
from app.bookings.rules.status import HOLDING, BookingStatus
from app.core.translation import gettext
from app.events import wording


@dataclass(frozen=True)
class DoorCounts:
    """Heads: all who have booked or were added, those who are here, and those let in without a seat."""

    expected: door.Heads
    here: door.Heads
    without_seat: door.Heads


def door_counts(bookings: Iterable[BookingView]) -> DoorCounts:
    """Whoever waits or gave back is not counted; whoever lost the place with its date is expected."""
    listed = list(bookings)
    holding = [
        one for one in listed if one.status in HOLDING or (one.cancelled_with_date and not one.only_waits)
    ]
    return DoorCounts(
        expected=_heads(holding),
        here=_heads(one for one in listed if one.status is BookingStatus.ATTENDED),
        without_seat=_heads(one for one in listed if one.has_no_seat),
    )


def party(heads: door.Heads) -> str:
    """«3 adults and 2 children»."""
    return wording.party_text(heads.adults, heads.children)


def without_seat_text(counts: DoorCounts) -> str | None:
    """Who was let in above the number of places, where anybody was."""
    if not counts.without_seat:
        return None
    return gettext("More than the places: %(who)s", who=party(counts.without_seat))


def _heads(bookings: Iterable[BookingView]) -> door.Heads:
    return door.count((one.adults, one.children) for one in bookings)
