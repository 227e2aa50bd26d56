"""A family that waited gets its seats, and what is left of what it needs besides."""

from app.bookings.models import Booking
from app.bookings.queries.extras import extras_left
from app.bookings.rules.extras import Extras, granted
from app.bookings.rules.status import BookingStatus
from app.bookings.service.holding import family_of, together
from app.bookings.service.moving import move, take_seats
from app.bookings.service.spreading import dates_booked_with, spread
from app.bookings.signals import booking_confirmed
from app.events.service import LockedOccurrence


def limits_of(date: LockedOccurrence) -> Extras:
    """How much of each there is in all."""
    return Extras(date.pushchairs, date.childcare)


def grant(booking: Booking, date: LockedOccurrence, *, is_held: bool) -> None:
    """Inside the caller's transaction: its page and mail say what it got. `is_held`: its seats were kept for it.

    Raises OccurrenceFull.
    """
    if not is_held:
        take_seats(booking)
    limits = limits_of(date)
    left = extras_left(dates_booked_with(date), limits, but=[one.id for one in family_of(booking)])
    given = granted(Extras(booking.pushchairs, booking.childcare), left)
    for one in together(booking):
        one.pushchairs, one.childcare = given.pushchairs or 0, given.childcare or 0
        move(one, BookingStatus.CONFIRMED)
    spread(booking)
    booking_confirmed.send(booking_id=booking.id)
