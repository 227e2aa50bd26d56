"""Whoever is next in the queue is asked whether it comes, as soon as seats are free."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.admission import Seats
from app.bookings.rules.offers import LAST_HOURS, OfferReason
from app.bookings.rules.status import BookingStatus
from app.bookings.rules.waiting import Turn, Waiting, all_who_fit, keeps_seats, next_in_line
from app.bookings.service.granting import grant
from app.bookings.service.holding import together
from app.bookings.service.offering import end_overdue, make_offer, withdraw_what_no_longer_fits
from app.bookings.service.telling import tell
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import (
    LockedOccurrence,
    lock_booked,
    mark_queue,
)

NEWCOMER = 0  # no booking has this key


@patiently
def promote(occurrence_id: int) -> int:
    """Ask whoever is next in line; returns how many families are asked. Raises NotFound, Busy."""
    with transaction():
        return promote_locked(lock_booked(occurrence_id))


def promote_locked(date: LockedOccurrence) -> int:
    """The same inside the caller's transaction, with the date as it is now; offers whose time is up end first.

    Call it after every change to the queue, with the date on which one books (lock_booked): its own mark follows. A
    date that began asks nobody.
    """
    if end_overdue(date):
        date = lock_booked(date.id)
    withdraw_what_no_longer_fits(date)
    asked = _ask(date)
    waits = _somebody_waits(date)
    if waits is not date.has_queue:
        mark_queue(date.id, has_queue=waits)
    return asked


def _somebody_waits(date: LockedOccurrence) -> bool:
    """Whether a family waits that the room could take; one that is larger than the whole room holds nobody up."""
    waits = (
        Booking.occurrence_id == date.id,
        Booking.status == BookingStatus.WAITLISTED,
        Booking.seats <= (date.capacity or 0),
    )
    return db.session.scalar(sa.select(Booking.id).where(*waits).limit(1)) is not None


def _ask(date: LockedOccurrence) -> int:
    """Where nobody needs to book any more, nobody needs to be asked."""
    if date.capacity is not None and date.seats_taken >= date.capacity:
        return 0
    if date.status is not OccurrenceStatus.SCHEDULED or date.starts_at <= clock.now():
        return 0
    queue = _queue(date.id)
    if date.capacity is None:
        for booking in queue:
            _confirm(booking, date)
        return len(queue)
    return _offer(date, Seats(date.capacity, date.seats_taken), queue)


def _offer(date: LockedOccurrence, room: Seats, queue: list[Booking]) -> int:
    by_id = {booking.id: booking for booking in queue}
    if clock.now() >= date.starts_at - LAST_HOURS:
        reasons = dict.fromkeys(all_who_fit(room, map(_waiting, queue)), OfferReason.LAST_HOURS)
    else:
        turn = _turn(date, room, queue)
        _note_passes(queue, turn)
        reasons = {
            one: OfferReason.FITS if one in turn.overtaking else OfferReason.FIRST for one in turn.admitted
        }
    for booking_id, reason in reasons.items():
        if by_id[booking_id].email is None:  # nobody could ask it: its page says that it comes
            _confirm(by_id[booking_id], date)
        else:
            make_offer(by_id[booking_id], date, free_seats=room.free, reason=reason)
    return len(reasons)


def may_pass(date: LockedOccurrence, seats: int) -> bool:
    """Whether somebody who comes now is let in past families for whom too few seats are free; those are noted.

    Call it when whoever waits and fits has been asked (promote_locked).
    """
    if date.capacity is None or date.starts_at <= clock.now():
        return False
    queue = _queue(date.id)
    turn = _turn(date, Seats(date.capacity, date.seats_taken), queue, Waiting(NEWCOMER, seats))
    if turn.admitted != (NEWCOMER,):
        return False
    _note_passes(queue, turn)
    return True


def _turn(date: LockedOccurrence, room: Seats, queue: list[Booking], *behind: Waiting) -> Turn:
    waiting = [*map(_waiting, queue), *behind]
    return next_in_line(room, waiting, keeps=keeps_seats(date.booking_times.closes_at, clock.now()))


def _waiting(booking: Booking) -> Waiting:
    return Waiting(booking.id, booking.seats, booking.passed)


def _note_passes(queue: list[Booking], turn: Turn) -> None:
    for booking in queue:
        passed = turn.passed.get(booking.id, booking.passed)
        if passed != booking.passed:
            for one in together(booking):
                one.passed = passed
    db.session.flush()


def _queue(occurrence_id: int) -> list[Booking]:
    waits = (Booking.occurrence_id == occurrence_id, Booking.status == BookingStatus.WAITLISTED)
    return list(db.session.scalars(sa.select(Booking).where(*waits).order_by(Booking.id)))


def _confirm(booking: Booking, date: LockedOccurrence) -> None:
    grant(booking, date, is_held=False)
    tell("booking_promoted", booking)
