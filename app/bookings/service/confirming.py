"""Somebody answers the mail to the address of a booking, or nobody does and the seats go on."""

import hmac

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrencePast
from app.bookings.rules.confirming import TooLateToConfirm
from app.bookings.rules.status import BookingStatus
from app.bookings.service.answers import drop_answers
from app.bookings.service.granting import grant
from app.bookings.service.holding import held, hold, row_on
from app.bookings.service.moving import forgo, move
from app.bookings.service.promotion import promote_locked
from app.bookings.service.spreading import dates_booked_with
from app.bookings.service.telling import tell
from app.bookings.signals import booking_cancelled
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.jobs import watch
from app.core.tokens import personal_token
from app.events.models import Occurrence
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import LockedOccurrence, change_seats, lock_booked

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
        _confirm(row_on(date, booking), date)


def _confirm(booking: Booking, date: LockedOccurrence) -> None:
    is_late = booking.status is BookingStatus.EXPIRED and booking.confirm_by is not None
    if booking.status is not BookingStatus.UNCONFIRMED and not is_late:
        return
    if date.has_begun(clock.now()):
        raise OccurrencePast
    if is_late:
        _check_room(booking, date)
    grant(booking, date, is_held=not is_late)
    tell("booking_confirmed", booking, booking.sequence)


def _check_room(booking: Booking, date: LockedOccurrence) -> None:
    has_room = date.capacity is None or booking.seats <= date.capacity - date.seats_taken
    if date.has_queue or not has_room or date.status is OccurrenceStatus.CANCELLED:
        raise TooLateToConfirm


@watch
def release_unconfirmed() -> None:
    """Seats that nobody confirmed in time go on, to whoever waits first."""
    overdue = (Booking.status == BookingStatus.UNCONFIRMED, Booking.confirm_by <= clock.now())
    where = sa.func.coalesce(Occurrence.lead_id, Occurrence.id)
    dates = sa.select(where).join(Booking, Booking.occurrence_id == Occurrence.id).where(*overdue)
    for occurrence_id in db.session.scalars(dates.distinct()).all():
        _release(occurrence_id)


@patiently
def _release(occurrence_id: int) -> None:
    """Nobody is written to: the address may be somebody else's."""
    with transaction() as session:
        date = lock_booked(occurrence_id)
        overdue = (
            Booking.occurrence_id.in_(dates_booked_with(date)),
            Booking.status == BookingStatus.UNCONFIRMED,
            Booking.confirm_by <= clock.now(),
        )
        for booking in session.scalars(sa.select(Booking).where(*overdue)).all():
            change_seats(booking.occurrence_id, -booking.seats)
            drop_answers(booking)
            move(booking, BookingStatus.EXPIRED)
            forgo(booking)
            booking_cancelled.send(booking_id=booking.id)
        promote_locked(lock_booked(occurrence_id))
