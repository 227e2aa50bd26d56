"""Mark at the door who came."""

import sqlalchemy as sa

from app.bookings.commands import Mark
from app.bookings.models import Booking
from app.bookings.rules import door
from app.bookings.rules.status import HOLDING
from app.bookings.service.marking import check_door
from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.core.errors import NotFound
from app.events.service import lock_occurrence_by_id


@patiently
def mark(command: Mark) -> None:
    """Note it; the same mark twice is one. Raises NotFound, DoorClosed, NothingToMark, Busy.

    Seats stay with the family: who did not come has not given them back. Nobody is written to.
    """
    with transaction() as session:
        date = lock_occurrence_by_id(command.occurrence_id)
        of_date = (Booking.occurrence_id == date.id, Booking.public_id == command.booking)
        booking = session.scalar(sa.select(Booking).where(*of_date))
        if booking is None:
            raise NotFound
        check_door(date)
        if booking.status is command.status:
            return
        # Whom the host let in above the places is here or off the list: without a seat there is nothing else to be.
        can_move = booking.seats > 0 and booking.status in HOLDING
        if command.status not in door.MARKS or not can_move:
            raise door.NothingToMark
        booking.status, booking.updated_at = command.status, clock.now()
        booking.marked_at, booking.mark_id = clock.now(), None
