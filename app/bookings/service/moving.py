"""One way for a booking, and for an offer, from one state to the next."""

from app.bookings.models import Booking, Offer
from app.bookings.rules import offers
from app.bookings.rules.offers import OfferStatus
from app.bookings.rules.status import BookingStatus, may_move
from app.bookings.service.holding import family_of, together
from app.core import clock
from app.core.database import db
from app.events.service import change_seats


def move(booking: Booking, status: BookingStatus) -> None:
    """Take another state, which calendars see as a change; ValueError where the table of moves has no such one."""
    if not may_move(booking.status, status):
        raise ValueError(f"a booking never goes from {booking.status} to {status}")
    booking.status = status
    booking.sequence += 1
    booking.updated_at = clock.now()
    db.session.flush()


def move_together(booking: Booking, status: BookingStatus) -> None:
    """The same for all dates of a course on which the family stands alike."""
    for one in together(booking):
        move(one, status)


def take_seats(booking: Booking) -> None:
    """Take the seats of a booking, on each date of a course; raises OccurrenceFull where one has too few."""
    for one in together(booking):
        change_seats(one.occurrence_id, one.seats)


def give_seats(booking: Booking) -> None:
    """Give them back."""
    for one in together(booking):
        change_seats(one.occurrence_id, -one.seats)


def forgo(booking: Booking) -> None:
    """Dates of a course that were off come back without a family that has left it."""
    for one in family_of(booking) if booking.course_key else ():
        one.cancelled_with_date = False
    db.session.flush()


def end(offer: Offer, status: OfferStatus) -> None:
    """An open offer is over; ValueError for one that is over already."""
    if status not in offers.ALLOWED_MOVES[offer.status]:
        raise ValueError(f"an offer never goes from {offer.status} to {status}")
    offer.status, offer.ended_at = status, clock.now()
    db.session.flush()
