"""A family comes in more or fewer than it booked."""

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
from app.bookings.service.holding import family_of, held, hold, still_ahead
from app.bookings.service.offering import holds_seats, open_offer
from app.bookings.service.promotion import promote_locked
from app.bookings.service.telling import tell
from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.events.service import LockedOccurrence, change_seats, lock_booked


@patiently
def change_party(command: ChangeParty) -> None:
    """Take or give back the seats that make the difference; the same party again changes nothing.

    Giving seats back is possible until the date begins, taking more until booking closes. Raises NotFound, BookingOver, OccurrencePast, OccurrenceCancelled (it stands no longer), PartyEmpty, PartyNegative,
    PartyWithoutAdult, PartyTooLarge, TooManyBabies, TooManyPushchairs, ChildcareForOthers, NoRoomForMore,
    NoRoomForPushchair, NoRoomInChildcare, Busy.
    """
    with transaction():
        promote_locked(hold(command.token))
        date, booking = hold(command.token), held(command.token)
        ahead = still_ahead(booking)
        if not ahead:
            raise OccurrencePast if booking.status in STANDING else OccurrenceCancelled
        party = Party(command.adults, command.children, command.babies)
        extras = asked(Extras(command.pushchairs, command.childcare), limits_of(date))
        _change(ahead, date, party, extras)


def _change(ahead: list[Booking], date: LockedOccurrence, party: Party, extras: Extras) -> None:
    """All bookings of a family that are ahead: one, or those of the dates of its course; they are for the same party."""
    booking = ahead[0]
    if booking.status is BookingStatus.UNCONFIRMED:
        raise AddressNotConfirmed
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
        family = [one.id for one in family_of(booking)]
        check_room(extras, extras_left([one.occurrence_id for one in ahead], limits_of(date), but=family))
    # A date of a course that is off may come back, with as many as come then.
    off = [one for one in family_of(booking) if one.cancelled_with_date]
    for one in [*ahead, *off]:
        _write(one, party, extras, seats)
    tell("booking_changed", booking, booking.sequence)
    promote_locked(lock_booked(date.id))


def _write(booking: Booking, party: Party, extras: Extras, seats: int) -> None:
    if holds_seats(booking, open_offer(booking)):
        change_seats(booking.occurrence_id, seats - booking.seats)
    booking.adults, booking.children, booking.babies = party.adults, party.children, party.babies
    booking.pushchairs, booking.childcare = extras.pushchairs or 0, extras.childcare or 0
    booking.seats = seats
    booking.sequence += 1
    booking.updated_at = clock.now()
