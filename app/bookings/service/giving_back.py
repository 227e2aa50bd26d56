"""Give seats, or a turn in the queue, back; whoever waits moves up in the same transaction."""

from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.course import check_one_date
from app.bookings.rules.offers import OfferStatus
from app.bookings.rules.status import HOLDING, STANDING, WAITING, BookingStatus
from app.bookings.service.answers import drop_answers
from app.bookings.service.holding import held, hold, still_ahead, together
from app.bookings.service.moving import end, forgo, move
from app.bookings.service.offering import holds_seats, open_offer
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.bookings.signals import booking_cancelled
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.events.service import change_seats, lock_booked


@patiently
def cancel(token: str, *, only_this_date: bool = False) -> BookingStatus:
    """Give a booking back, or decline what is offered; doing it twice is doing it once.

    A course is given back with all its dates that are still ahead, or with one of them by who has its place. Raises
    NotFound, OccurrencePast, NoPlaceYet, Busy.
    """
    with transaction():
        date = hold(token)
        booking = held(token)
        going = still_ahead(booking)
        if only_this_date:
            check_one_date(booking.status)
            going = [one for one in going if one is booking]
        if not going:
            if booking.status in STANDING:
                raise OccurrencePast
            return booking.status
        is_known = going[0].status is not BookingStatus.UNCONFIRMED
        for one in going:
            release(one)
        if not only_this_date:
            forgo(booking)
        if is_known:  # an address that nobody confirmed may be somebody else's
            tell("booking_cancelled", going[0])
        promote_locked(lock_booked(date.id))
        return booking.status


def remove(booking: Booking) -> None:
    """Delete a booking, whatever its state, and free what it holds; the caller holds the date, and nobody is told."""
    offer = open_offer(booking)
    if holds_seats(booking, offer):
        change_seats(booking.occurrence_id, -booking.seats)
    if booking.status in STANDING | HOLDING:
        booking_cancelled.send(booking_id=booking.id)
    db.session.delete(booking)
    db.session.flush()


def release(booking: Booking, *, is_with_date: bool = False) -> None:
    """Mark a booking as cancelled and free its seats; the caller holds the date and tells the people.

    `is_with_date`: its date is off; the family gave nothing back. What it was asked about a course it is asked on, as
    long as another date of it stands.
    """
    offer = open_offer(booking)
    if holds_seats(booking, offer):
        change_seats(booking.occurrence_id, -booking.seats)
    if offer is not None and together(booking) == [booking]:
        end(offer, OfferStatus.WITHDRAWN if is_with_date else OfferStatus.DECLINED)
    booking.was_waiting = booking.status in WAITING
    booking.cancelled_with_date = is_with_date
    booking.cancelled_at = clock.now()
    if not is_with_date:  # a date that is off may take place after all
        drop_answers(booking)
    move(booking, BookingStatus.CANCELLED)
    booking_cancelled.send(booking_id=booking.id)
