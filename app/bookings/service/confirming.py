"""Somebody answers the mail to the address of a booking, or nobody does and the seats go on."""

import hmac

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.confirming import TooLateToConfirm
from app.bookings.rules.status import BookingStatus
from app.bookings.service.answers import drop_answers
from app.bookings.service.holding import held, hold
from app.bookings.service.moving import move
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.bookings.signals import booking_cancelled, booking_confirmed
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.jobs import watch
from app.core.tokens import personal_token
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import LockedOccurrence, change_seats, lock_occurrence_by_id

PURPOSE = "confirm"


def confirmation_code(booking_public_id: str, generation: int) -> str:
    """What only the mail holds: whoever books sees the personal link, and must not confirm with it."""
    return personal_token(PURPOSE, booking_public_id, generation)


@patiently
def confirm_address(token: str, code: str) -> None:
    """The place is theirs; pressing twice is pressing once.

    Later than the half hour it is theirs as well where a seat is free that nobody waits for. Raises NotFound (also for
    a code of another booking), TooLateToConfirm, OccurrencePast, Busy.
    """
    with transaction():
        promote_locked(hold(token))
        date, booking = hold(token), held(token)
        if not hmac.compare_digest(code, confirmation_code(booking.public_id, booking.generation)):
            raise NotFound
        _confirm(booking, date)


def _confirm(booking: Booking, date: LockedOccurrence) -> None:
    is_late = booking.status is BookingStatus.EXPIRED and booking.confirm_by is not None
    if booking.status is not BookingStatus.UNCONFIRMED and not is_late:
        return
    if date.has_begun(clock.now()):
        raise OccurrencePast
    if is_late:
        _take_again(booking, date)
    move(booking, BookingStatus.CONFIRMED)
    tell("booking_confirmed", booking, booking.sequence)
    booking_confirmed.send(booking_id=booking.id)


def _take_again(booking: Booking, date: LockedOccurrence) -> None:
    if booking.occurrence_id != date.id:  # another date of its course leads since
        raise TooLateToConfirm
    has_room = date.capacity is None or booking.seats <= date.capacity - date.seats_taken
    if date.has_queue or not has_room or date.status is OccurrenceStatus.CANCELLED:
        raise TooLateToConfirm
    change_seats(date.id, booking.seats)


@watch
def release_unconfirmed() -> None:
    """Seats that nobody confirmed in time go on, to whoever waits first."""
    overdue = (Booking.status == BookingStatus.UNCONFIRMED, Booking.confirm_by <= clock.now())
    for occurrence_id in db.session.scalars(
        sa.select(Booking.occurrence_id).where(*overdue).distinct()
    ).all():
        _release(occurrence_id)


@patiently
def _release(occurrence_id: int) -> None:
    """Nobody is written to: the address may be somebody else's."""
    with transaction() as session:
        date = lock_occurrence_by_id(occurrence_id)
        overdue = (
            Booking.occurrence_id == occurrence_id,
            Booking.status == BookingStatus.UNCONFIRMED,
            Booking.confirm_by <= clock.now(),
        )
        for booking in session.scalars(sa.select(Booking).where(*overdue)).all():
            change_seats(date.id, -booking.seats)
            drop_answers(booking)
            move(booking, BookingStatus.EXPIRED)
            booking_cancelled.send(booking_id=booking.id)
        promote_locked(lock_occurrence_by_id(occurrence_id))
