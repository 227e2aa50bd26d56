"""A course has other dates, or another one leads it: its queue goes on there, and its families have the new dates too.

Who waits, waits on every date (spreading.py): when another one begins to lead, nothing of a family has to move.
"""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.status import STANDING, BookingStatus
from app.bookings.service.offering import lead_offers
from app.bookings.service.promotion import promote_locked
from app.bookings.service.spreading import missing_dates, stand_on
from app.bookings.service.telling import tell_of_course
from app.core.database import db
from app.events.models import Occurrence
from app.events.rules.occurrence import OccurrenceFull
from app.events.service import LockedOccurrence, lock_booked, mark_queue


def complete_course(event_id: int) -> int:
    """A course has other dates, or another one leads: the queue goes on there, and who has booked has the new dates too.

    Returns how many families are told. Inside the caller's transaction, which holds the course.
    """
    lead_id = _leading(event_id)
    if lead_id is None:
        return 0
    lead = lock_booked(lead_id)
    _end_other_queues(lead)
    told = _add_dates(lead)
    lead_offers(lead)
    promote_locked(lock_booked(lead_id))
    return told


def _leading(event_id: int) -> int | None:
    """The date that leads the course as it is held now: the last one, where an earlier one was held before."""
    leads = (Occurrence.event_id == event_id, Occurrence.lead_id == Occurrence.id)
    return db.session.scalar(
        sa.select(Occurrence.id).where(*leads).order_by(Occurrence.starts_at.desc()).limit(1)
    )


def _end_other_queues(lead: LockedOccurrence) -> None:
    led = (Occurrence.event_id == lead.event_id, Occurrence.lead_id == lead.id, Occurrence.id != lead.id)
    for occurrence_id in db.session.scalars(sa.select(Occurrence.id).where(*led, Occurrence.has_queue)).all():
        mark_queue(occurrence_id, has_queue=False)


def _add_dates(lead: LockedOccurrence) -> int:
    """Each family that stands gets the dates for which it has no booking, whatever its state; returns how many are told."""
    of_course = sa.select(Occurrence.id).where(
        Occurrence.event_id == lead.event_id, Occurrence.lead_id == lead.id
    )
    own = (Booking.course_key.is_not(None), Booking.status.in_(STANDING), Booking.erased_at.is_(None))
    # In the order in which they booked: one booking of each family stands for it.
    one_each = sa.select(sa.func.min(Booking.id)).where(Booking.occurrence_id.in_(of_course), *own)
    families = db.session.scalars(
        one_each.group_by(Booking.course_key).order_by(sa.func.min(Booking.id))
    ).all()
    if not families or not missing_dates(Booking.id.in_(families)):
        return 0
    return sum(_grow(db.session.get_one(Booking, key)) for key in families)


def _grow(booking: Booking) -> bool:
    """Returns whether the family is told."""
    added = 0
    for occurrence_id in missing_dates(Booking.id == booking.id):
        try:
            stand_on(occurrence_id, booking)
        except OccurrenceFull:  # it never had that date, and loses nothing
            continue
        added = occurrence_id
    is_coming = booking.status is BookingStatus.CONFIRMED
    return bool(added) and is_coming and tell_of_course("course_grown", booking, str(added))
