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


def newest_of_address(email: str, now: datetime) -> str | None:
    """The public id of the last booking made with this address whose date is still to come."""
    return db.session.scalar(_coming(email, now).order_by(Booking.id.desc()).limit(1))


def coming_with(booking: BookingView, now: datetime) -> list[BookingView]:
    """The coming bookings with the same address as this one, the next date first; at most 30."""
    mine = _coming(booking.email or "", now).order_by(Occurrence.starts_at, Booking.id).limit(MOST)
    found = (booking_by_public_id(public_id) for public_id in db.session.scalars(mine).all())
    return [one for one in found if one is not None]


def _coming(email: str, now: datetime) -> sa.Select[str]:
    return (
        sa.select(Booking.public_id)
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .where(
            Booking.address_hash == token_hash(email.casefold()),
            Booking.status.in_(STANDING),
            Occurrence.starts_at > now,
        )
    )
