"""A cancelled date takes place after all: whoever lost a place with it has it again."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.status import BookingStatus
from app.bookings.service.moving import move
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell_of_date
from app.bookings.signals import booking_confirmed, booking_waitlisted
from app.core.database import db
from app.events.rules.occurrence import OccurrenceFull
from app.events.service import LockedOccurrence, change_seats, lock_occurrence_by_id


def restore_bookings(date: LockedOccurrence) -> int:
    """Give every family back what the cancelling took from it, in the order of booking, and tell each once.

    Inside the caller's transaction. Nobody could book meanwhile; should the room have become smaller, whoever no
    longer fits waits. Returns how many families are told.
    """
    lost = (Booking.occurrence_id == date.id, Booking.cancelled_with_date)
    bookings = db.session.scalars(sa.select(Booking).where(*lost).order_by(Booking.id)).all()
    told = [_restore(booking, date) for booking in bookings]
    promote_locked(lock_occurrence_by_id(date.id))
    return sum(told)


def _restore(booking: Booking, date: LockedOccurrence) -> bool:
    """Returns whether the family could be told."""
    move(booking, BookingStatus.WAITLISTED if booking.was_waiting else _seated(booking, date))
    booking.cancelled_with_date = booking.was_waiting = False
    booking.cancelled_at = None
    db.session.flush()
    is_told = tell_of_date("occurrence_reinstated", booking, date)
    is_coming = booking.status is BookingStatus.CONFIRMED
    (booking_confirmed if is_coming else booking_waitlisted).send(booking_id=booking.id)
    return is_told


def _seated(booking: Booking, date: LockedOccurrence) -> BookingStatus:
    try:
        change_seats(date.id, booking.seats)
    except OccurrenceFull:
        return BookingStatus.WAITLISTED
    return BookingStatus.CONFIRMED
