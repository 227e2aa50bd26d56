"""All coming bookings of one address, for the mail that leads back to them."""

from datetime import datetime

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.queries import BookingView, booking_by_public_id
from app.bookings.rules.status import STANDING
from app.core.database import db
from app.core.tokens import token_hash
from app.events.models import Occurrence

MOST = 30
# Of a course, the next date stands for all of them.
_TURN = sa.func.row_number().over(
    partition_by=sa.func.coalesce(Booking.course_key, Booking.public_id),
    order_by=(Occurrence.starts_at, Booking.id),
)


def newest_of_address(email: str, now: datetime) -> str | None:
    """The public id of the last booking made with this address whose date is still to come."""
    coming = sa.select(Booking.public_id).join(Occurrence, Occurrence.id == Booking.occurrence_id)
    return db.session.scalar(coming.where(*_coming(email, now)).order_by(Booking.id.desc()).limit(1))


def coming_with(booking: BookingView, now: datetime) -> list[BookingView]:
    """The coming bookings with the same address as this one, the next date first; at most 30."""
    dated = sa.select(Booking.public_id, Occurrence.starts_at, _TURN.label("turn")).join(
        Occurrence, Occurrence.id == Booking.occurrence_id
    )
    mine = dated.where(*_coming(booking.email or "", now)).subquery()
    once = sa.select(mine.c.public_id).where(mine.c.turn == 1).order_by(mine.c.starts_at).limit(MOST)
    found = (booking_by_public_id(public_id) for public_id in db.session.scalars(once).all())
    return [one for one in found if one is not None]


def _coming(email: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Booking.address_hash == token_hash(email.casefold()),
        Booking.status.in_(STANDING),
        Occurrence.starts_at > now,
    )
