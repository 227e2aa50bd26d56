"""Take seats, or a turn in the queue."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.bookings.commands import Book
from app.bookings.models import Booking
from app.bookings.rules.admission import Seats, WaitingNeedsEmail, admit, check_email, check_open
from app.bookings.rules.party import Party, check_party, seats_of
from app.bookings.rules.status import STANDING, BookingStatus
from app.bookings.service.promotion import may_pass, promote_locked
from app.bookings.service.telling import tell
from app.bookings.signals import booking_confirmed, booking_waitlisted
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.ids import public_id
from app.core.tokens import personal_token, token_hash
from app.events.service import (
    LockedOccurrence,
    change_seats,
    lock_occurrence,
    lock_occurrence_by_id,
    mark_queue,
)

PURPOSE = "booking"


@dataclass(frozen=True)
class Booked:
    """The personal token of a booking and its state; `is_repeat`: this browser had asked the very same before."""

    token: str
    status: BookingStatus
    is_repeat: bool = False


@patiently
def book(occurrence_public_id: str, command: Book) -> Booked:
    """Confirm a party, or put it in the queue. The same key and address again give the same booking.

    Raises NotFound, OccurrencePast, OccurrenceCancelled, NotBookable, PartyEmpty, PartyNegative, PartyWithoutAdult,
    PartyTooLarge, FewerSeatsLeft, EmailNeeded, WaitingNeedsEmail, Busy.
    """
    with transaction() as session:
        date = lock_occurrence(occurrence_public_id)
        key = _key(date, command)
        known = session.scalars(sa.select(Booking).where(_asked_before(date, command, key))).first()
        booking = known or _new(date, command, key)
        return Booked(token_of(booking), booking.status, is_repeat=booking.idempotency_key != key)


def token_of(booking: Booking) -> str:
    """The personal token: computed, never stored."""
    return personal_token(PURPOSE, booking.public_id, booking.generation)


def _key(date: LockedOccurrence, command: Book) -> str:
    """Of this date, this form and this address: whoever learns a key of others finds nothing of theirs."""
    return token_hash(f"{date.public_id}\n{_address(command)}\n{command.idempotency_key}")


def _address(command: Book) -> str:
    return (command.email or "").casefold()


def _repeat_key(command: Book) -> str | None:
    """Of this browser and this family; None where the browser is not known."""
    if not command.browser_key:
        return None
    party = f"{command.name.casefold()}\n{command.adults}\n{command.children}"
    return token_hash(f"{command.browser_key}\n{_address(command)}\n{party}")


def _asked_before(date: LockedOccurrence, command: Book, key: str) -> sa.ColumnElement[bool]:
    """The same press, or a standing booking of the same family, asked for from the same browser."""
    same_press = Booking.idempotency_key == key
    repeat_key = _repeat_key(command)
    if repeat_key is None or command.is_another:
        return same_press
    standing = (Booking.occurrence_id == date.id, Booking.status.in_(STANDING))
    return sa.or_(same_press, sa.and_(*standing, Booking.repeat_key == repeat_key))


def _new(date: LockedOccurrence, command: Book, key: str) -> Booking:
    now = clock.now()
    check_open(
        starts_at=date.starts_at, status=date.status,
        is_bookable=date.capacity is not None, now=now,
    )  # fmt: skip
    check_email(command.email, is_optional=date.email_optional)
    party = Party(command.adults, command.children)
    check_party(party, date.max_party, date.age_from_months)
    seats = seats_of(party, date.counted_as)
    status = _admitted(date, seats, accepts_waiting=command.accepts_waiting)
    if status is BookingStatus.CONFIRMED:
        change_seats(date.id, seats)
    elif command.email is None:
        raise WaitingNeedsEmail
    own_id = public_id()
    booking = Booking(
        public_id=own_id, generation=1, token_hash=token_hash(personal_token(PURPOSE, own_id, 1)),
        idempotency_key=key, repeat_key=_repeat_key(command), occurrence_id=date.id, name=command.name, email=command.email,
        address_hash=token_hash(command.email.casefold()) if command.email else None,
        language=command.language, adults=party.adults, children=party.children, seats=seats, status=status,
        sequence=0, created_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(booking)
    db.session.flush()
    if status is BookingStatus.WAITLISTED:
        mark_queue(date.id, has_queue=True)
    _tell(booking)
    return booking


def _admitted(date: LockedOccurrence, seats: int, *, accepts_waiting: bool) -> BookingStatus:
    """The queue comes first: whoever waits and fits is asked before anybody else is let in."""
    if date.has_queue:
        promote_locked(date)
        date = lock_occurrence_by_id(date.id)
    if date.has_queue and may_pass(date, seats):
        return BookingStatus.CONFIRMED
    room = Seats(date.capacity or 0, date.seats_taken)
    return admit(room, seats, queue_is_empty=not date.has_queue, accepts_waiting=accepts_waiting)


def _tell(booking: Booking) -> None:
    tell(f"booking_{booking.status}", booking)
    signal = booking_confirmed if booking.status is BookingStatus.CONFIRMED else booking_waitlisted
    signal.send(booking_id=booking.id)
