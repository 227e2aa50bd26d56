"""Give a family that gets its seats what is left of what it needs besides."""

from app.bookings.models import Booking
from app.bookings.queries.extras import extras_left
from app.bookings.rules.extras import Extras, granted
from app.events.service import LockedOccurrence


def limits_of(date: LockedOccurrence) -> Extras:
    """How much of each there is in all."""
    return Extras(date.pushchairs, date.childcare)


def grant(booking: Booking, date: LockedOccurrence) -> None:
    """A family that waited, inside the transaction that gives it its seats: its page and mail say what it got."""
    left = extras_left(date.id, limits_of(date), but=booking.id)
    given = granted(Extras(booking.pushchairs, booking.childcare), left)
    booking.pushchairs, booking.childcare = given.pushchairs or 0, given.childcare or 0
