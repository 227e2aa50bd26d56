"""Take made-up bookings away, as if nobody had ever booked."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.status import BookingStatus
from app.bookings.service.giving_back import release
from app.core.busy import patiently
from app.core.database import transaction
from app.events.service import lock_occurrence_by_id, mark_queue


@patiently
def erase_made_up(occurrence_id: int, email_domain: str) -> bool:
    """Erase the bookings of one date whose addresses are at this domain; nobody is written to.

    False, and everything stays, where anybody else ever booked this date: who is asked while nobody can book it.
    Raises NotFound, Busy.
    """
    with transaction() as session:
        date = lock_occurrence_by_id(occurrence_id)
        here = session.scalars(sa.select(Booking).where(Booking.occurrence_id == occurrence_id)).all()
        if not all((booking.email or "").casefold().endswith(f"@{email_domain}") for booking in here):
            return False
        for booking in here:
            if booking.status is not BookingStatus.CANCELLED:
                release(booking, date)
            session.delete(booking)
        mark_queue(occurrence_id, has_queue=False)
        return True
