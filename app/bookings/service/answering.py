"""A family answers an offer: it comes, or somebody else may."""

from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.offers import OfferEnded, OfferStatus, SomebodyWasFaster
from app.bookings.rules.status import HOLDING, BookingStatus
from app.bookings.service.granting import grant
from app.bookings.service.holding import held, hold, row_on
from app.bookings.service.moving import end
from app.bookings.service.offering import open_offer
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.events.service import LockedOccurrence, lock_booked


@patiently
def accept(token: str) -> None:
    """Take what is offered; pressing twice is pressing once.

    Raises NotFound, OccurrencePast, OfferEnded (too late, or none was made), SomebodyWasFaster, Busy. What is found to
    be over is written down before it is said.
    """
    with transaction():
        promote_locked(hold(token))
        date = hold(token)
        refused = _accept(row_on(date, held(token)), date)
    if refused is not None:
        raise refused


def _accept(booking: Booking, date: LockedOccurrence) -> Exception | None:
    if booking.status in HOLDING:
        return None
    if date.starts_at <= clock.now():
        return OccurrencePast()
    offer = open_offer(booking)
    if offer is None:
        return SomebodyWasFaster() if booking.status is BookingStatus.WAITLISTED else OfferEnded()
    end(offer, OfferStatus.ACCEPTED)
    grant(
        booking, date, is_held=offer.is_held
    )  # it fits: promote_locked has withdrawn the offers that do not
    tell("booking_confirmed", booking, booking.sequence)
    promote_locked(lock_booked(date.id))
    return None
