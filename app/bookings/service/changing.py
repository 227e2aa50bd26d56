"""A family comes in more or fewer than it booked."""

import sqlalchemy as sa

from app.bookings.commands import ChangeParty
from app.bookings.models import Booking
from app.bookings.queries.extras import extras_left
from app.bookings.rules.admission import BookingOver, OccurrenceCancelled, OccurrencePast, Seats
from app.bookings.rules.changing import check_change
from app.bookings.rules.confirming import AddressNotConfirmed
from app.bookings.rules.extras import Extras, asked, check_extras, check_room
from app.bookings.rules.party import Party, check_party, seats_of
from app.bookings.rules.status import STANDING, BookingStatus
from app.bookings.service.granting import limits_of
from app.bookings.service.offering import open_offer
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.core.errors import NotFound
from app.core.tokens import token_hash
from app.events.service import LockedOccurrence, change_seats, lock_occurrence_by_id


@patiently
def change_party(command: ChangeParty) -> None:
    """Take or give back the seats that make the difference; the same party again changes nothing.

    Giving seats back is possible until the date begins, taking more until booking closes. Raises NotFound, BookingOver, OccurrencePast, OccurrenceCancelled (it stands no longer), PartyEmpty, PartyNegative,
    PartyWithoutAdult, PartyTooLarge, TooManyBabies, TooManyPushchairs, ChildcareForOthers, NoRoomForMore,
    NoRoomForPushchair, NoRoomInChildcare, Busy.
    """
    owned = Booking.token_hash == token_hash(command.token)
    with transaction() as session:
        occurrence_id = session.scalar(sa.select(Booking.occurrence_id).where(owned))
        if occurrence_id is None:
            raise NotFound
        promote_locked(lock_occurrence_by_id(occurrence_id))
        date = lock_occurrence_by_id(occurrence_id)
        booking = session.scalars(sa.select(Booking).where(owned)).one()
        _check(booking, date)
        party = Party(command.adults, command.children, command.babies)
        extras = asked(Extras(command.pushchairs, command.childcare), limits_of(date))
        _change(booking, date, party, extras)


def _check(booking: Booking, date: LockedOccurrence) -> None:
    if date.has_begun(clock.now()):
        raise OccurrencePast
    if booking.status not in STANDING:
        raise OccurrenceCancelled
    if booking.status is BookingStatus.UNCONFIRMED:
        raise AddressNotConfirmed


def _change(booking: Booking, date: LockedOccurrence, party: Party, extras: Extras) -> None:
    had = (
        Party(booking.adults, booking.children, booking.babies),
        Extras(booking.pushchairs, booking.childcare),
    )
    if had == (party, extras):
        return
    check_party(party, date.max_party, date.age_from_months)
    check_extras(party, extras)
    seats = seats_of(party, date.counted_as, counts_babies=date.counts_babies)
    room = Seats(date.capacity if date.capacity is not None else date.seats_taken + seats, date.seats_taken)
    check_change(room, booking.seats, seats, status=booking.status, queue_is_empty=not date.has_queue)
    if seats > booking.seats and clock.now() >= date.booking_times.closes_at:
        raise BookingOver
    if booking.status is BookingStatus.CONFIRMED:
        check_room(extras, extras_left(date.id, limits_of(date), but=booking.id))
    if _holds(booking):
        change_seats(date.id, seats - booking.seats)
    booking.adults, booking.children, booking.babies = party.adults, party.children, party.babies
    booking.pushchairs, booking.childcare = extras.pushchairs or 0, extras.childcare or 0
    booking.seats = seats
    booking.sequence += 1
    booking.updated_at = clock.now()
    tell("booking_changed", booking, booking.sequence)
    promote_locked(lock_occurrence_by_id(date.id))


def _holds(booking: Booking) -> bool:
    offer = open_offer(booking.id)
    return booking.status is BookingStatus.CONFIRMED or (offer is not None and offer.is_held)
