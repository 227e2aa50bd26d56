"""What bookings do when a date changes: rows only, inside the transaction of the change."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.status import BookingStatus
from app.bookings.service.giving_back import release
from app.bookings.service.promotion import promote_locked
from app.bookings.service.restoring import restore_bookings
from app.bookings.service.telling import tell
from app.core import clock
from app.core.database import db
from app.events.service import lock_occurrence_by_id, mark_queue
from app.events.signals import (
    dates_left_out,
    occurrence_cancelled,
    occurrence_moved,
    occurrence_reinstated,
    seats_freed,
)

COMING = (BookingStatus.CONFIRMED, BookingStatus.WAITLISTED, BookingStatus.OFFERED)


@occurrence_cancelled.connect
def give_everything_back(sender: Any, *, occurrence_id: int) -> int:
    """A date is off: its bookings are cancelled, and each family is told once; returns how many."""
    date = lock_occurrence_by_id(occurrence_id)
    coming = _coming(occurrence_id)
    for booking in coming:
        release(booking, date, is_with_date=True)
    mark_queue(occurrence_id, has_queue=False)
    return sum(tell("occurrence_cancelled", booking, date.sequence) for booking in coming)


@occurrence_reinstated.connect
def give_places_back(sender: Any, *, occurrence_id: int) -> int:
    """A date takes place after all: who had booked has a place again; returns how many are told."""
    return restore_bookings(lock_occurrence_by_id(occurrence_id))


@occurrence_moved.connect
def tell_the_new_time(sender: Any, *, occurrence_id: int) -> int:
    """A date has another time: each family is told once, and its invitation counts up; returns how many."""
    date = lock_occurrence_by_id(occurrence_id)
    coming = _coming(occurrence_id)
    for booking in coming:
        booking.sequence += 1
        booking.updated_at = clock.now()
    return sum(tell("occurrence_moved", booking, date.sequence) for booking in coming)


@seats_freed.connect
def move_the_queue(sender: Any, *, occurrence_ids: Collection[int]) -> None:
    """Dates have another number of seats: where families wait, the next ones move up."""
    waits = (Booking.occurrence_id.in_(occurrence_ids), Booking.status == BookingStatus.WAITLISTED)
    for occurrence_id in db.session.scalars(sa.select(Booking.occurrence_id).where(*waits).distinct()).all():
        promote_locked(lock_occurrence_by_id(occurrence_id))


@dates_left_out.connect
def hold_booked_dates(sender: Any, *, occurrence_ids: Collection[int]) -> set[int]:
    """A date that anybody ever booked must not vanish: their personal links speak of it."""
    held = sa.select(Booking.occurrence_id).where(Booking.occurrence_id.in_(occurrence_ids)).distinct()
    return set(db.session.scalars(held))


def _coming(occurrence_id: int) -> list[Booking]:
    who = (Booking.occurrence_id == occurrence_id, Booking.status.in_(COMING))
    return list(db.session.scalars(sa.select(Booking).where(*who).order_by(Booking.id)))
