"""A family answers an offer: it comes, or somebody else may."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.offers import OfferEnded, OfferStatus, SomebodyWasFaster
from app.bookings.rules.status import HOLDING, BookingStatus
from app.bookings.service.moving import end, move
from app.bookings.service.offering import open_offer
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.bookings.signals import booking_confirmed
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.tokens import token_hash
from app.events.service import LockedOccurrence, change_seats, lock_occurrence_by_id


@patiently
def accept(token: str) -> None:
    """Take what is offered; pressing twice is pressing once.

    Raises NotFound, OccurrencePast, OfferEnded (too late, or none was made), SomebodyWasFaster, Busy. What is found to
    be over is written down before it is said.
    """
    owned = Booking.token_hash == token_hash(token)
    with transaction() as session:
        occurrence_id = session.scalar(sa.select(Booking.occurrence_id).where(owned))
        if occurrence_id is None:
            raise NotFound
        promote_locked(lock_occurrence_by_id(occurrence_id))
        date = lock_occurrence_by_id(occurrence_id)
        booking = session.scalars(sa.select(Booking).where(owned)).one()
        refused = _accept(booking, date)
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
    move(booking, BookingStatus.CONFIRMED)
    db.session.flush()
    tell("booking_confirmed", booking, booking.sequence)
    booking_confirmed.send(booking_id=booking.id)
    promote_locked(lock_occurrence_by_id(date.id))
    return None
