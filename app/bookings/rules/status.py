"""The states of a booking and the moves between them."""

from enum import StrEnum


class BookingStatus(StrEnum):
    """Confirmed bookings hold seats; waitlisted ones wait their turn."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    NO_SHOW = "no_show"


class BookingSource(StrEnum):
    """Who wrote a booking down: the family itself, or the host of the date."""

    FAMILY = "family"
    HOST = "host"


ALLOWED_MOVES: dict[BookingStatus, frozenset[BookingStatus]] = {
    BookingStatus.WAITLISTED: frozenset(
        {BookingStatus.CONFIRMED, BookingStatus.OFFERED, BookingStatus.CANCELLED}
    ),
    BookingStatus.OFFERED: frozenset(
        {BookingStatus.CONFIRMED, BookingStatus.WAITLISTED, BookingStatus.CANCELLED}
    ),
    BookingStatus.CONFIRMED: frozenset(
        {BookingStatus.CANCELLED, BookingStatus.ATTENDED, BookingStatus.NO_SHOW}
    ),
    # A mark at the door is put right as easily as it is made.
    BookingStatus.ATTENDED: frozenset({BookingStatus.NO_SHOW, BookingStatus.CONFIRMED}),
    BookingStatus.NO_SHOW: frozenset({BookingStatus.ATTENDED, BookingStatus.CONFIRMED}),
    BookingStatus.CANCELLED: frozenset(),
}


# Those who have a seat, whether they come or not.
HOLDING = frozenset({BookingStatus.CONFIRMED, BookingStatus.ATTENDED, BookingStatus.NO_SHOW})


def may_move(current: BookingStatus, new: BookingStatus) -> bool:
    """Whether a booking in one state may take another.

    >>> may_move(BookingStatus.CANCELLED, BookingStatus.CONFIRMED)
    False
    """
    return new in ALLOWED_MOVES[current]
