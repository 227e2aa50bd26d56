"""Give seats, or a turn in the queue, back; whoever waits moves up in the same transaction."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.status import HOLDING, BookingStatus, may_move
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
    """Give a booking back; doing it twice is doing it once. Raises NotFound, OccurrencePast, Busy.

    The date is locked before the booking is read, in the same order as book() does, so that nothing can cross.
    """
    owned = Booking.token_hash == token_hash(token)
    with transaction() as session:
        occurrence_id = session.scalar(sa.select(Booking.occurrence_id).where(owned))
        if occurrence_id is None:
            raise NotFound
        date = lock_occurrence_by_id(occurrence_id)
        booking = session.scalars(sa.select(Booking).where(owned)).one()
        if not may_move(booking.status, BookingStatus.CANCELLED):
            return booking.status
        if date.starts_at <= clock.now():
            raise OccurrencePast
        release(booking, date)
        tell("booking_cancelled", booking)
        promote_locked(lock_occurrence_by_id(occurrence_id))
        return booking.status


def release(booking: Booking, date: LockedOccurrence, *, is_with_date: bool = False) -> None:
    """Mark a booking as cancelled and free its seats; the caller holds the date and tells the people.

    `is_with_date`: its date is off; the family gave nothing back.
    """
    if booking.status in HOLDING:
        change_seats(date.id, -booking.seats)
    now = clock.now()
    booking.was_waiting = booking.status is BookingStatus.WAITLISTED
    booking.cancelled_with_date = is_with_date
    booking.status = BookingStatus.CANCELLED
    booking.sequence += 1
    booking.updated_at = booking.cancelled_at = now
    db.session.flush()
    booking_cancelled.send(booking_id=booking.id)
