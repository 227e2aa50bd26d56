"""Give seats, or a turn in the queue, back; whoever waits moves up in the same transaction."""

from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.course import check_one_date
from app.bookings.rules.offers import OfferStatus
from app.bookings.rules.status import HOLDING, STANDING, WAITING, BookingStatus
from app.bookings.service.answers import drop_answers
from app.bookings.service.holding import family_of, held, hold, still_ahead
from app.bookings.service.moving import move
from app.bookings.service.offering import close_offer
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.bookings.signals import booking_cancelled
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.events.service import LockedOccurrence, change_seats, lock_occurrence_by_id


@patiently
def cancel(token: str, *, only_this_date: bool = False) -> BookingStatus:
    """Give a booking back, or decline what is offered; doing it twice is doing it once.

    A course is given back with all its dates that are still ahead, or one of those that follow its first. Raises
    NotFound, OccurrencePast, FirstDateIsTheCourse, Busy.
    """
    with transaction():
        held_date = hold(token)
        booking = held(token)
        going = still_ahead(booking)
        if only_this_date:
            check_one_date(booking.occurrence_id, held_date.id, is_course=booking.course_key is not None)
            going = [(one, date) for one, date in going if one is booking]
        if not going:
            if booking.status in STANDING:
                raise OccurrencePast
            return booking.status
        is_known = going[0][0].status is not BookingStatus.UNCONFIRMED
        for one, date in going:
            release(one, date)
        if not only_this_date:
            _forgo(booking)
        if is_known:  # an address that nobody confirmed may be somebody else's
            tell("booking_cancelled", going[0][0])
        promote_locked(lock_occurrence_by_id(held_date.id))
        return booking.status


def _forgo(booking: Booking) -> None:
    """Dates of a course that were off come back without who has given it back."""
    for one in family_of(booking) if booking.course_key else ():
        one.cancelled_with_date = False


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
    if not is_with_date:  # a date that is off may take place after all
        drop_answers(booking)
    move(booking, BookingStatus.CANCELLED)
    booking_cancelled.send(booking_id=booking.id)
