"""One way for a booking, and for an offer, from one state to the next."""

from app.bookings.models import Booking, Offer
from app.bookings.rules import offers
from app.bookings.rules.offers import OfferStatus
from app.bookings.rules.status import BookingStatus, may_move
from app.core import clock
from app.core.database import db


def move(booking: Booking, status: BookingStatus) -> None:
    """Take another state, which calendars see as a change; ValueError where the table of moves has no such one."""
    if not may_move(booking.status, status):
        raise ValueError(f"a booking never goes from {booking.status} to {status}")
    booking.status = status
    booking.sequence += 1
    booking.updated_at = clock.now()
    db.session.flush()


def end(offer: Offer, status: OfferStatus) -> None:
    """An open offer is over; ValueError for one that is over already."""
    if status not in offers.ALLOWED_MOVES[offer.status]:
        raise ValueError(f"an offer never goes from {offer.status} to {status}")
    offer.status, offer.ended_at = status, clock.now()
    db.session.flush()
