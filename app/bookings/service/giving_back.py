"""Give seats, or a turn in the queue, back; whoever waits moves up in the same transaction."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.offers import OfferStatus
from app.bookings.rules.status import HOLDING, STANDING, WAITING, BookingStatus
from app.bookings.service.moving import move
from app.bookings.service.offering import close_offer
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.bookings.signals import booking_cancelled
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.tokens import token_hash
from app.events.service import LockedOccurrence, change_seats, lock_occurrence_by_id


@patiently
def cancel(token: str) -> BookingStatus:
    """Give a booking back, or decline what is offered; doing it twice is doing it once. Raises NotFound, OccurrencePast, Busy.

    The date is locked before the booking is read, in the same order as book() does, so that nothing can cross.
    """
    owned = Booking.token_hash == token_hash(token)
    with transaction() as session:
        occurrence_id = session.scalar(sa.select(Booking.occurrence_id).where(owned))
        if occurrence_id is None:
            raise NotFound
        date = lock_occurrence_by_id(occurrence_id)
        booking = session.scalars(sa.select(Booking).where(owned)).one()
        if booking.status not in STANDING:
            return booking.status
        if date.has_begun(clock.now()):
            raise OccurrencePast
        release(booking, date)
        tell("booking_cancelled", booking)
        promote_locked(lock_occurrence_by_id(occurrence_id))
        return booking.status


def remove(booking: Booking, date: LockedOccurrence) -> None:
    """Delete a booking, whatever its state, and free what it holds; the caller holds the date, and nobody is told."""
    if booking.status in HOLDING:
        change_seats(date.id, -booking.seats)
    close_offer(booking, date, OfferStatus.WITHDRAWN)
    if booking.status in STANDING | HOLDING:
        booking_cancelled.send(booking_id=booking.id)
    db.session.delete(booking)
    db.session.flush()


def release(booking: Booking, date: LockedOccurrence, *, is_with_date: bool = False) -> None:
    """Mark a booking as cancelled and free its seats; the caller holds the date and tells the people.

    `is_with_date`: its date is off; the family gave nothing back.
    """
    if booking.status in HOLDING:
        change_seats(date.id, -booking.seats)
    close_offer(booking, date, OfferStatus.WITHDRAWN if is_with_date else OfferStatus.DECLINED)
    booking.was_waiting = booking.status in WAITING
    booking.cancelled_with_date = is_with_date
    booking.cancelled_at = clock.now()
    move(booking, BookingStatus.CANCELLED)
    booking_cancelled.send(booking_id=booking.id)
