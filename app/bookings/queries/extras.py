"""How many pushchairs and seats for childcare are left at a date."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.extras import Extras
from app.bookings.rules.status import HOLDING
from app.core.database import db


def extras_left(occurrence_id: int, limits: Extras, but: int | None = None) -> Extras:
    """What the limits leave after those who have seats; `but` is the key of a booking that is not counted.

    Nothing is asked of the database where nothing is limited.
    """
    if limits == Extras(None, None):
        return limits
    held = sa.select(
        sa.func.coalesce(sa.func.sum(Booking.pushchairs), 0),
        sa.func.coalesce(sa.func.sum(Booking.childcare), 0),
    ).where(Booking.occurrence_id == occurrence_id, Booking.status.in_(HOLDING), Booking.id != (but or 0))
    pushchairs, childcare = db.session.execute(held).one()
    return Extras(
        None if limits.pushchairs is None else max(0, limits.pushchairs - pushchairs),
        None if limits.childcare is None else max(0, limits.childcare - childcare),
    )
