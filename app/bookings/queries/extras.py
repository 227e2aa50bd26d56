"""How many pushchairs and seats for childcare are left at a date."""

from collections.abc import Collection

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.extras import Extras
from app.bookings.rules.status import HOLDING
from app.core.database import db


def extras_left(occurrence_ids: Collection[int], limits: Extras, but: Collection[int] = ()) -> Extras:
    """What the limits leave after those who have seats, on the fullest of these dates; `but` are keys of bookings that are not counted.

    Nothing is asked of the database where nothing is limited.
    """
    if limits == Extras(None, None):
        return limits
    counted = (
        Booking.occurrence_id.in_(occurrence_ids),
        Booking.status.in_(HOLDING),
        Booking.id.not_in(but),
    )
    of_date = (
        sa.select(
            sa.func.sum(Booking.pushchairs).label("pushchairs"),
            sa.func.sum(Booking.childcare).label("childcare"),
        )
        .where(*counted)
        .group_by(Booking.occurrence_id)
        .subquery()
    )
    most = sa.select(
        sa.func.coalesce(sa.func.max(of_date.c.pushchairs), 0),
        sa.func.coalesce(sa.func.max(of_date.c.childcare), 0),
    )
    pushchairs, childcare = db.session.execute(most).one()
    return Extras(
        None if limits.pushchairs is None else max(0, limits.pushchairs - pushchairs),
        None if limits.childcare is None else max(0, limits.childcare - childcare),
    )
