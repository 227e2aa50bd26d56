"""What may be given back of a course that is booked whole."""

from app.bookings.rules.status import BookingStatus
from app.core.errors import Conflict


class NoPlaceYet(Conflict):
    """Who waits for a course, or has yet to confirm its address, waits for all of it."""


def check_one_date(status: BookingStatus) -> None:
    """Raise NoPlaceYet where a family would wait for a part of a course.

    >>> check_one_date(BookingStatus.CONFIRMED)
    """
    if status in (BookingStatus.WAITLISTED, BookingStatus.OFFERED, BookingStatus.UNCONFIRMED):
        raise NoPlaceYet
