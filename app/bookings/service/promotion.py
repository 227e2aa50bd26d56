"""Let whoever is next in the queue in while they fit."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.admission import Seats
from app.bookings.rules.status import BookingStatus
from app.bookings.rules.waiting import Turn, Waiting, keeps_seats, next_in_line
from app.bookings.service.telling import tell
from app.bookings.signals import booking_confirmed
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import LockedOccurrence, change_seats, lock_occurrence, mark_queue

NEWCOMER = 0  # no booking has this key


@patiently
def promote(occurrence_public_id: str) -> int:
    """Confirm whoever is next in line; returns how many families moved up. Raises NotFound, Busy."""
    with transaction():
        return promote_locked(lock_occurrence(occurrence_public_id))


def promote_locked(date: LockedOccurrence) -> int:
    """The same inside the caller's transaction, with the date as it is now. A date that began promotes nobody.

    Call it after every change to the queue: the date's own mark follows.
    """
    moved_up = _let_in(date)
    waits = _somebody_waits(date)
    if waits is not date.has_queue:
        mark_queue(date.id, has_queue=waits)
    return moved_up


def _somebody_waits(date: LockedOccurrence) -> bool:
    """Whether a family waits that the room could take; one that is larger than the whole room holds nobody up."""
    waits = (
        Booking.occurrence_id == date.id,
        Booking.status == BookingStatus.WAITLISTED,
        Booking.seats <= (date.capacity or 0),
    )
    return db.session.scalar(sa.select(Booking.id).where(*waits).limit(1)) is not None


def _let_in(date: LockedOccurrence) -> int:
    if date.capacity is not None and date.seats_taken >= date.capacity:
        return 0
    if date.status is not OccurrenceStatus.SCHEDULED or date.starts_at <= clock.now():
        return 0
    queue = _queue(date.id)
    if date.capacity is None:
        lucky = [booking.id for booking in queue]
    else:
        turn = _turn(date, Seats(date.capacity, date.seats_taken), queue)
        _note_passes(queue, turn)
        lucky = list(turn.admitted)
    by_id = {booking.id: booking for booking in queue}
    for booking_id in lucky:
        _confirm(by_id[booking_id], date)
    return len(lucky)


def may_pass(date: LockedOccurrence, seats: int) -> bool:
    """Whether somebody who comes now is let in past families for whom too few seats are free; those are noted.

    Call it when whoever waits and fits has moved up (promote_locked).
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
    waiting = [Waiting(booking.id, booking.seats, booking.passed) for booking in queue]
    return next_in_line(room, [*waiting, *behind], keeps=keeps_seats(date.starts_at, clock.now()))


def _note_passes(queue: list[Booking], turn: Turn) -> None:
    for booking in queue:
        booking.passed = turn.passed.get(booking.id, booking.passed)
    db.session.flush()


def _queue(occurrence_id: int) -> list[Booking]:
    waits = (Booking.occurrence_id == occurrence_id, Booking.status == BookingStatus.WAITLISTED)
    return list(db.session.scalars(sa.select(Booking).where(*waits).order_by(Booking.id)))


def _confirm(booking: Booking, date: LockedOccurrence) -> None:
    change_seats(date.id, booking.seats)
    booking.status = BookingStatus.CONFIRMED
    booking.sequence += 1
    booking.updated_at = clock.now()
    db.session.flush()
    tell("booking_promoted", booking)
    booking_confirmed.send(booking_id=booking.id)
