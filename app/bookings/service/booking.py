"""Take seats, or a turn in the queue."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.bookings.commands import Book
from app.bookings.models import Booking
from app.bookings.rules.admission import Seats, admit, check_open
from app.bookings.rules.party import Party, check_party, seats_of
from app.bookings.rules.status import BookingStatus
from app.bookings.service.promotion import promote_locked
from app.bookings.signals import booking_confirmed, booking_waitlisted
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.ids import public_id
from app.core.mail import outbox
from app.core.tokens import personal_token, token_hash
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import LockedOccurrence, change_seats, lock_occurrence, lock_occurrence_by_id

PURPOSE = "booking"


@dataclass(frozen=True)
class Booked:
    """The personal token of a booking and its state."""

    token: str
    status: BookingStatus


@patiently
def book(occurrence_public_id: str, command: Book) -> Booked:
    """Confirm a party, or put it in the queue. The same key and address again give the same booking.

    Raises NotFound, OccurrencePast, OccurrenceCancelled, NotBookable, PartyEmpty, PartyNegative, PartyTooLarge, Busy.
    """
    with transaction() as session:
        date = lock_occurrence(occurrence_public_id)
        key = _key(date, command)
        booking = session.scalar(sa.select(Booking).where(Booking.idempotency_key == key))
        if booking is None:
            booking = _new(date, command, key)
        return Booked(token_of(booking), booking.status)


def token_of(booking: Booking) -> str:
    """The personal token: computed, never stored."""
    return personal_token(PURPOSE, booking.public_id, booking.generation)


def has_queue(date: LockedOccurrence) -> bool:
    """Whether a family waits that the room could take; one that is larger than the whole room holds nobody up."""
    waits = (
        Booking.occurrence_id == date.id,
        Booking.status == BookingStatus.WAITLISTED,
        Booking.seats <= (date.capacity or 0),
    )
    return db.session.scalar(sa.select(Booking.id).where(*waits).limit(1)) is not None


def _key(date: LockedOccurrence, command: Book) -> str:
    """Of this date, this form and this address: whoever learns a key of others finds nothing of theirs."""
    return token_hash(f"{date.public_id}\n{command.email.casefold()}\n{command.idempotency_key}")


def _new(date: LockedOccurrence, command: Book, key: str) -> Booking:
    now = clock.now()
    check_open(
        starts_at=date.starts_at, is_scheduled=date.status is OccurrenceStatus.SCHEDULED,
        is_bookable=date.capacity is not None, now=now,
    )  # fmt: skip
    party = Party(command.adults, command.children)
    check_party(party, date.max_party)
    seats = seats_of(party, date.counted_as)
    status = _admitted(date, seats)
    if status is BookingStatus.CONFIRMED:
        change_seats(date.id, seats)
    own_id = public_id()
    booking = Booking(
        public_id=own_id, generation=1, token_hash=token_hash(personal_token(PURPOSE, own_id, 1)),
        idempotency_key=key, occurrence_id=date.id, name=command.name, email=command.email,
        language=command.language, adults=party.adults, children=party.children, seats=seats, status=status,
        sequence=0, created_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(booking)
    db.session.flush()
    _tell(booking)
    return booking


def _admitted(date: LockedOccurrence, seats: int) -> BookingStatus:
    """The queue comes first: whoever waits although there is room moves up before anybody else is let in."""
    waits = has_queue(date)
    if waits and promote_locked(date):
        date = lock_occurrence_by_id(date.id)
        waits = has_queue(date)
    return admit(Seats(date.capacity or 0, date.seats_taken), seats, queue_is_empty=not waits)


def _tell(booking: Booking) -> None:
    kind = f"booking_{booking.status}"
    outbox.put(kind, booking.public_id, dedupe_key=f"{kind}:{booking.public_id}")
    signal = booking_confirmed if booking.status is BookingStatus.CONFIRMED else booking_waitlisted
    signal.send(booking_id=booking.id)
