"""Take seats, or a turn in the queue."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.bookings.commands import Book
from app.bookings.models import Booking
from app.bookings.queries.extras import extras_left
from app.bookings.rules.admission import (
    OnePerAddress,
    Seats,
    WaitingNeedsEmail,
    admit,
    check_email,
    check_open,
)
from app.bookings.rules.confirming import confirm_by
from app.bookings.rules.extras import Extras, asked, check_extras, check_room
from app.bookings.rules.party import Party, check_party, seats_of
from app.bookings.rules.status import STANDING, BookingStatus
from app.bookings.service.answers import check_answers, keep_answers
from app.bookings.service.granting import limits_of
from app.bookings.service.promotion import may_pass, promote_locked
from app.bookings.service.spreading import dates_booked_with, spread
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
    lock_booked,
    lock_occurrence,
    mark_queue,
)

PURPOSE = "booking"
# Built once: each press asks one of them, and building one costs more than running it.
_PRESSED = Booking.idempotency_key == sa.bindparam("key")
_SAME_PRESS = sa.select(Booking.id).where(_PRESSED)
_SAME_FAMILY = sa.select(Booking.id).where(
    sa.or_(
        _PRESSED,
        sa.and_(
            Booking.occurrence_id.in_(sa.bindparam("occurrence_ids", expanding=True)),
            Booking.status.in_(STANDING),
            Booking.repeat_key == sa.bindparam("repeat_key"),
        ),
    )
)


@dataclass(frozen=True)
class Booked:
    """The personal token of a booking and its state; `is_repeat`: this browser had asked the very same before."""

    token: str
    status: BookingStatus
    is_repeat: bool = False


@patiently
def book(occurrence_public_id: str, command: Book) -> Booked:
    """Confirm a party, or put it in the queue. The same key and address again give the same booking.

    Raises NotFound, OccurrencePast, OccurrenceCancelled, NotBookable, NotOpenYet, BookingOver, OnePerAddress, PartyEmpty, PartyNegative, PartyWithoutAdult,
    PartyTooLarge, TooManyBabies, TooManyPushchairs, ChildcareForOthers, NoRoomForPushchair, NoRoomInChildcare, FewerSeatsLeft, EmailNeeded, WaitingNeedsEmail, Busy.
    """
    with transaction():
        date = lock_occurrence(occurrence_public_id)
        key = _key(date, command)
        booking = _asked_before(date, command, key) or _new(date, command, key)
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


def _asked_before(date: LockedOccurrence, command: Book, key: str) -> Booking | None:
    """The same press, or a standing booking of the same family, asked for from the same browser."""
    repeat_key = _repeat_key(command)
    if repeat_key is None or command.is_another:
        known = db.session.scalar(_SAME_PRESS, {"key": key})
    else:
        values = {"key": key, "repeat_key": repeat_key, "occurrence_ids": dates_booked_with(date)}
        known = db.session.scalar(_SAME_FAMILY, values)
    return None if known is None else db.session.get_one(Booking, known)


def _new(date: LockedOccurrence, command: Book, key: str) -> Booking:
    now = clock.now()
    check_open(
        starts_at=date.starts_at, status=date.status,
        is_bookable=date.capacity is not None, now=now, times=date.booking_times,
    )  # fmt: skip
    check_email(command.email, is_optional=date.email_optional)
    _check_address(date, command.email)
    party = Party(command.adults, command.children, command.babies)
    check_party(party, date.max_party, date.age_from_months)
    extras = asked(Extras(command.pushchairs, command.childcare), limits_of(date))
    check_extras(party, extras)
    check_answers(command, date)
    seats = seats_of(party, date.counted_as, counts_babies=date.counts_babies)
    status = _admitted(date, seats, accepts_waiting=command.accepts_waiting)
    if status is BookingStatus.CONFIRMED:
        check_room(extras, extras_left(dates_booked_with(date), limits_of(date)))
        change_seats(date.id, seats)
        if date.confirms_email and command.email is not None:
            status = BookingStatus.UNCONFIRMED
    elif command.email is None:
        raise WaitingNeedsEmail
    own_id = public_id()
    booking = Booking(
        public_id=own_id, generation=1, token_hash=token_hash(personal_token(PURPOSE, own_id, 1)),
        idempotency_key=key, repeat_key=_repeat_key(command), occurrence_id=date.id, name=command.name, email=command.email,
        course_key=own_id if date.lead_id is not None else None,
        address_hash=token_hash(command.email.casefold()) if command.email else None,
        language=command.language, adults=party.adults, children=party.children, babies=party.babies,
        pushchairs=extras.pushchairs, childcare=extras.childcare, seats=seats, status=status,
        sequence=0, created_at=now, updated_at=now,
        confirm_by=confirm_by(now) if status is BookingStatus.UNCONFIRMED else None,
    )  # fmt: skip
    db.session.add(booking)
    db.session.flush()
    keep_answers(booking, command, date)
    if date.lead_id is not None:
        spread(booking)
    if status is BookingStatus.WAITLISTED:
        mark_queue(date.id, has_queue=True)
    _tell(booking)
    return booking


def _check_address(date: LockedOccurrence, email: str | None) -> None:
    """One booking for each address, where the event says so."""
    if not date.one_per_email or email is None:
        return
    same = (
        Booking.occurrence_id.in_(dates_booked_with(date)),
        Booking.address_hash == token_hash(email.casefold()),
        Booking.status.in_(STANDING),
    )
    if db.session.scalar(sa.select(Booking.id).where(*same).limit(1)) is not None:
        raise OnePerAddress


def _admitted(date: LockedOccurrence, seats: int, *, accepts_waiting: bool) -> BookingStatus:
    """The queue comes first: whoever waits and fits is asked before anybody else is let in."""
    if date.has_queue:
        promote_locked(date)
        date = lock_booked(date.id)
    if date.has_queue and may_pass(date, seats):
        return BookingStatus.CONFIRMED
    room = Seats(date.capacity or 0, date.seats_taken)
    return admit(room, seats, queue_is_empty=not date.has_queue, accepts_waiting=accepts_waiting)


def _tell(booking: Booking) -> None:
    tell(f"booking_{booking.status}", booking)
    if booking.status is BookingStatus.UNCONFIRMED:
        return
    signal = booking_confirmed if booking.status is BookingStatus.CONFIRMED else booking_waitlisted
    signal.send(booking_id=booking.id)
