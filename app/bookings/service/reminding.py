"""Remind each family once, the day before; who has just heard of the date needs no reminder."""

from datetime import datetime

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.queries.reminding import unreminded_dates
from app.bookings.rules.reminding import is_time, reminder_at
from app.bookings.rules.status import BookingStatus
from app.bookings.service.telling import tell
from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.core.jobs import watch


@watch
def send_reminders() -> None:
    """Every date whose time it is; run twice, or by two workers, it is one mail."""
    now = clock.now()
    for date in unreminded_dates(now):
        if is_time(date.starts_at, date.tzid, now):
            _remind(date.id, reminder_at(date.starts_at, date.tzid))


@patiently
def _remind(occurrence_id: int, due_at: datetime) -> None:
    """What was booked, changed or moved after the reminder was due has been told then."""
    seated = (
        Booking.occurrence_id == occurrence_id,
        Booking.status == BookingStatus.CONFIRMED,
        Booking.reminded_at.is_(None),
    )
    with transaction() as session:
        for booking in session.scalars(sa.select(Booking).where(*seated).with_for_update()).all():
            booking.reminded_at = clock.now()
            if booking.updated_at < due_at:
                tell("booking_reminder", booking, booking.sequence)
