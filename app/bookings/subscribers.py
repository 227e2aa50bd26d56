"""What bookings do when a date changes: rows only, inside the transaction of the change."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.queries.offers import dates_waited_for
from app.bookings.rules.status import STANDING
from app.bookings.service.courses import complete_course
from app.bookings.service.giving_back import release
from app.bookings.service.offering import fit_offers
from app.bookings.service.promotion import promote_locked
from app.bookings.service.restoring import restore_bookings
from app.bookings.service.telling import tell_of_date
from app.core import clock
from app.core.database import db
from app.events.service import LockedOccurrence, lock_booked, lock_occurrence_by_id, mark_queue
from app.events.signals import (
    course_changed,
    dates_left_out,
    occurrence_cancelled,
    occurrence_moved,
    occurrence_postponed,
    occurrence_reinstated,
    occurrence_relocated,
    seats_freed,
)


@occurrence_cancelled.connect
def give_everything_back(sender: Any, *, occurrence_id: int) -> int:
    """A date is off: its bookings are cancelled, and each family is told once; returns how many."""
    date = lock_occurrence_by_id(occurrence_id)
    coming = _coming(occurrence_id)
    for booking in coming:
        release(booking, is_with_date=True)
    mark_queue(occurrence_id, has_queue=False)
    return sum(tell_of_date("occurrence_cancelled", booking, date) for booking in coming)


@occurrence_reinstated.connect
def give_places_back(sender: Any, *, occurrence_id: int) -> int:
    """A date takes place after all: who had booked has a place again; returns how many are told."""
    return restore_bookings(lock_occurrence_by_id(occurrence_id))


@occurrence_postponed.connect
def tell_that_it_is_put_off(sender: Any, *, occurrence_id: int) -> int:
    """A date is put off: places stay with their families, calendars lose the old time; returns how many are told."""
    return _tell_all("occurrence_postponed", lock_occurrence_by_id(occurrence_id))


@occurrence_moved.connect
def tell_the_new_time(sender: Any, *, occurrence_id: int) -> int:
    """A date has another time: each family is told once, and its invitation counts up; returns how many."""
    date = lock_occurrence_by_id(occurrence_id)
    fit_offers(date)
    return _tell_all("occurrence_moved", date)


@occurrence_relocated.connect
def tell_the_new_room(sender: Any, *, occurrence_id: int) -> int:
    """A date is in another room: each family is told once, its reminder stays due; returns how many."""
    date = lock_occurrence_by_id(occurrence_id)
    coming = _coming(date.id)
    for booking in coming:
        booking.sequence += 1
        booking.updated_at = clock.now()
    return sum(tell_of_date("occurrence_relocated", booking, date) for booking in coming)


@seats_freed.connect
def move_the_queue(sender: Any, *, occurrence_ids: Collection[int]) -> None:
    """Dates have another number of seats: where families wait, the next ones move up."""
    for occurrence_id in dates_waited_for(occurrence_ids):
        promote_locked(lock_booked(occurrence_id))


@course_changed.connect
def go_on_with_the_course(sender: Any, *, event_id: int) -> int:
    """A course has other dates, or another one leads; returns how many families are told."""
    return complete_course(event_id)


@dates_left_out.connect
def hold_booked_dates(sender: Any, *, occurrence_ids: Collection[int]) -> set[int]:
    """A date that anybody ever booked must not vanish: their personal links speak of it."""
    held = sa.select(Booking.occurrence_id).where(Booking.occurrence_id.in_(occurrence_ids)).distinct()
    return set(db.session.scalars(held))


def _tell_all(kind: str, date: LockedOccurrence) -> int:
    """What was known of the time is no longer right: invitations count up, and reminders are due again."""
    coming = _coming(date.id)
    for booking in coming:
        booking.sequence += 1
        booking.updated_at = clock.now()
        booking.reminded_at = None
    return sum(tell_of_date(kind, booking, date) for booking in coming)


def _coming(occurrence_id: int) -> list[Booking]:
    who = (Booking.occurrence_id == occurrence_id, Booking.status.in_(STANDING))
    return list(db.session.scalars(sa.select(Booking).where(*who).order_by(Booking.id)))
