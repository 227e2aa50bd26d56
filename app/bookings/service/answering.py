"""A family answers an offer: it comes, or somebody else may."""

from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.offers import OfferEnded, OfferStatus, SomebodyWasFaster
from app.bookings.rules.status import HOLDING, BookingStatus
from app.bookings.service.granting import grant
from app.bookings.service.holding import held, hold
from app.bookings.service.moving import end, move
from app.bookings.service.offering import open_offer
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.bookings.signals import booking_confirmed
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.events.service import LockedOccurrence, change_seats, lock_occurrence_by_id


@patiently
def accept(token: str) -> None:
    """Take what is offered; pressing twice is pressing once.

    Raises NotFound, OccurrencePast, OfferEnded (too late, or none was made), SomebodyWasFaster, Busy. What is found to
    be over is written down before it is said.
    """
    with transaction():
        promote_locked(hold(token))
        refused = _accept(held(token), hold(token))
    if refused is not None:
        raise refused


def _accept(booking: Booking, date: LockedOccurrence) -> Exception | None:
    if booking.status in HOLDING:
        return None
    if date.starts_at <= clock.now():
        return OccurrencePast()
    offer = open_offer(booking.id)
    if offer is None:
        return SomebodyWasFaster() if booking.status is BookingStatus.WAITLISTED else OfferEnded()
    if not offer.is_held:
        change_seats(date.id, booking.seats)  # it fits: promote_locked has withdrawn the offers that do not
    end(offer, OfferStatus.ACCEPTED)
    grant(booking, date)
    move(booking, BookingStatus.CONFIRMED)
    db.session.flush()
    tell("booking_confirmed", booking, booking.sequence)
    booking_confirmed.send(booking_id=booking.id)
    promote_locked(lock_occurrence_by_id(date.id))
    return None
