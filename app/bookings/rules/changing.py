"""Coming in more or fewer: fewer always may; more where seats are free and nobody waits for them."""

from app.bookings.rules.admission import Seats
from app.bookings.rules.party import PartyTooLarge
from app.bookings.rules.status import BookingStatus
from app.core.errors import Conflict


class NoRoomForMore(Conflict):
    """`details["free"]` seats are free besides those that the family has."""


def check_change(room: Seats, had: int, wants: int, *, status: BookingStatus, queue_is_empty: bool) -> None:
    """Raise PartyTooLarge if the room could never take so many, NoRoomForMore if it cannot now.

    Whoever waits keeps its turn, with more people as well: that only makes its turn later. Whoever is asked answers
    first. `room` is as it is, with the `had` seats taken where the family has them.

    >>> check_change(Seats(8, 6), 2, 4, status=BookingStatus.CONFIRMED, queue_is_empty=True)
    >>> check_change(Seats(8, 6), 2, 3, status=BookingStatus.CONFIRMED, queue_is_empty=False)
    Traceback (most recent call last):
    ...
    app.bookings.rules.changing.NoRoomForMore
    """
    if wants > room.capacity:
        raise PartyTooLarge(most=room.capacity)
    if wants <= had or status is BookingStatus.WAITLISTED:
        return
    free = room.free if queue_is_empty and status is BookingStatus.CONFIRMED else 0
    if wants - had > free:
        raise NoRoomForMore(free=free)
