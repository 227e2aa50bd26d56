"""A family comes in more or fewer than it booked."""

import sqlalchemy as sa

from app.bookings.commands import ChangeParty
from app.bookings.models import Booking
from app.bookings.rules.admission import OccurrenceCancelled, OccurrencePast, Seats
from app.bookings.rules.changing import check_change
from app.bookings.rules.party import Party, check_party, seats_of
from app.bookings.rules.status import STANDING, BookingStatus
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

    Raises NotFound, OccurrencePast, OccurrenceCancelled (it stands no longer), PartyEmpty, PartyNegative,
    PartyWithoutAdult, PartyTooLarge, NoRoomForMore, Busy.
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
        _change(booking, date, Party(command.adults, command.children))


def _check(booking: Booking, date: LockedOccurrence) -> None:
    if date.has_begun(clock.now()):
        raise OccurrencePast
    if booking.status not in STANDING:
        raise OccurrenceCancelled


def _change(booking: Booking, date: LockedOccurrence, party: Party) -> None:
    if party == Party(booking.adults, booking.children):
        return
    check_party(party, date.max_party, date.age_from_months)
    seats = seats_of(party, date.counted_as)
    room = Seats(date.capacity if date.capacity is not None else date.seats_taken + seats, date.seats_taken)
    check_change(room, booking.seats, seats, status=booking.status, queue_is_empty=not date.has_queue)
    if _holds(booking):
        change_seats(date.id, seats - booking.seats)
    booking.adults, booking.children, booking.seats = party.adults, party.children, seats
    booking.sequence += 1
    booking.updated_at = clock.now()
    tell("booking_changed", booking, booking.sequence)
    promote_locked(lock_occurrence_by_id(date.id))


def _holds(booking: Booking) -> bool:
    offer = open_offer(booking.id)
    return booking.status is BookingStatus.CONFIRMED or (offer is not None and offer.is_held)
