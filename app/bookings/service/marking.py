"""Note what was marked at the door: now, or some minutes ago without a network; and who never came."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from app.bookings.commands import MarkLate
from app.bookings.models import Booking
from app.bookings.rules import door
from app.bookings.rules.marks import AHEAD, MadeMark, Settled, Standing, settle
from app.bookings.rules.status import BookingStatus
from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.events.service import LockedOccurrence, lock_occurrence_by_id


@dataclass(frozen=True)
class Answered:
    """What became of one mark; `status` is what stands of its family, None where no family has this code."""

    id: str
    booking: str
    settled: Settled
    status: BookingStatus | None


@patiently
def mark_late(occurrence_id: int, marks: Iterable[MarkLate]) -> list[Answered]:
    """Note marks in the order in which they were made; sent again, they change nothing.

    Raises NotFound, DoorClosed, Busy.
    """
    with transaction() as session:
        date = lock_occurrence_by_id(occurrence_id)
        check_door(date)
        ordered = sorted(marks, key=lambda mark: mark.made_at)
        # The code that a family shows: of a course, the same on each of its dates.
        code = sa.func.coalesce(Booking.course_key, Booking.public_id)
        wanted = (Booking.occurrence_id == date.id, code.in_({mark.booking for mark in ordered}))
        known = {
            row.code: row.Booking
            for row in session.execute(sa.select(Booking, code.label("code")).where(*wanted))
        }
        return [_note(mark, known.get(mark.booking)) for mark in ordered]


@patiently
def mark_absent(occurrence_id: int) -> int:
    """After the end: whoever is not marked did not come; returns how many families. Raises NotFound, DoorClosed, Busy.

    This is no mark made at the door: whatever somebody marked there, and sends later, stands above it.
    """
    with transaction() as session:
        date = lock_occurrence_by_id(occurrence_id)
        check_door(date)
        if clock.now() < date.ends_at:
            raise door.NotOverYet
        expected = (Booking.occurrence_id == date.id, Booking.status == BookingStatus.CONFIRMED)
        missing = session.scalars(sa.select(Booking).where(*expected)).all()
        for booking in missing:
            booking.status, booking.updated_at = BookingStatus.NO_SHOW, clock.now()
            booking.marked_at = booking.mark_id = None
        return len(missing)


def check_door(date: LockedOccurrence) -> None:
    """Raise DoorClosed when it is too early, or long over."""
    if not door.is_open(date.starts_at, date.ends_at, clock.now()):
        raise door.DoorClosed


def _note(mark: MarkLate, booking: Booking | None) -> Answered:
    if booking is None:
        return Answered(mark.id, mark.booking, Settled.REFUSED, None)
    made_at = min(mark.made_at, clock.now() + AHEAD)
    standing = Standing(booking.status, booking.marked_at, booking.mark_id, has_seat=booking.seats > 0)
    settled = settle(standing, MadeMark(mark.id, mark.status, made_at))
    if settled is Settled.NOTED:
        booking.status, booking.updated_at = mark.status, clock.now()
        booking.marked_at, booking.mark_id = made_at, mark.id
    return Answered(mark.id, mark.booking, settled, booking.status)
