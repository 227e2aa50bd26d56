"""A cancelled date takes place after all: whoever lost a place with it has it again."""

import sqlalchemy as sa

from app.bookings.models import Booking, Offer
from app.bookings.rules.status import HOLDING, STANDING, BookingStatus
from app.bookings.service.holding import family_of, together
from app.bookings.service.moving import move
from app.bookings.service.offering import open_offer, withdraw
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell_of_date
from app.bookings.signals import booking_confirmed, booking_waitlisted
from app.core.database import db
from app.events.rules.occurrence import OccurrenceFull
from app.events.service import LockedOccurrence, change_seats, lock_booked


def restore_bookings(date: LockedOccurrence) -> int:
    """Give every family back what the cancelling took from it, in the order of booking, and tell each once.

    Inside the caller's transaction. Nobody could book meanwhile; should the room have become smaller, whoever no
    longer fits waits. Returns how many families are told.
    """
    lost = (Booking.occurrence_id == date.id, Booking.cancelled_with_date)
    bookings = db.session.scalars(sa.select(Booking).where(*lost).order_by(Booking.id)).all()
    told = [_restore(booking, date) for booking in bookings]
    if date.lead_id is None:  # of a course, once its leading date is named
        promote_locked(lock_booked(date.id))
    return sum(told)


def _restore(booking: Booking, date: LockedOccurrence) -> bool:
    """Returns whether the family could be told."""
    status = _seated(booking, _status_now(booking), open_offer(booking))
    if status is None:
        booking.cancelled_with_date = False
        return False
    move(booking, status)
    booking.cancelled_with_date = booking.was_waiting = False
    booking.cancelled_at = None
    db.session.flush()
    is_told = tell_of_date("occurrence_reinstated", booking, date)
    is_coming = booking.status is BookingStatus.CONFIRMED
    (booking_confirmed if is_coming else booking_waitlisted).send(booking_id=booking.id)
    return is_told


def _status_now(booking: Booking) -> BookingStatus:
    """As the family stands on the other dates of its course; else as it stood here."""
    others = (one.status for one in family_of(booking) if one is not booking and one.status in STANDING)
    return next(others, BookingStatus.WAITLISTED if booking.was_waiting else BookingStatus.CONFIRMED)


def _seated(booking: Booking, stands: BookingStatus, offer: Offer | None) -> BookingStatus | None:
    """In a room that has become too small a family waits; one that comes to the other dates does without this one."""
    if stands not in HOLDING and (offer is None or not offer.is_held):
        return stands
    try:
        change_seats(booking.occurrence_id, booking.seats)
    except OccurrenceFull:
        if offer is not None:
            withdraw(offer, next(one for one in family_of(booking) if one.status is BookingStatus.OFFERED))
            return BookingStatus.WAITLISTED
        return BookingStatus.WAITLISTED if together(booking) == family_of(booking) else None
    return stands
