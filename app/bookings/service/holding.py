"""Whoever comes with a personal link: the date is locked first, in the same order as book() does, so that nothing crosses."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.status import STANDING
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.tokens import token_hash
from app.events.models import Occurrence
from app.events.service import LockedOccurrence, lock_occurrence_by_id


def hold(token: str) -> LockedOccurrence:
    """The date on which the booking was made and waits: its own, or the one that leads its course. Raises NotFound."""
    query = (
        sa.select(sa.func.coalesce(Occurrence.lead_id, Occurrence.id))
        .join(Booking, Booking.occurrence_id == Occurrence.id)
        .where(Booking.token_hash == token_hash(token))
    )
    occurrence_id = db.session.scalar(query)
    if occurrence_id is None:
        raise NotFound
    return lock_occurrence_by_id(occurrence_id)


def held(token: str) -> Booking:
    """The booking itself, read after its date is locked."""
    return db.session.scalars(sa.select(Booking).where(Booking.token_hash == token_hash(token))).one()


def family_of(booking: Booking) -> list[Booking]:
    """The booking, and those of the same family for the other dates of a course, in order of their dates."""
    if booking.course_key is None:
        return [booking]
    query = (
        sa.select(Booking)
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .where(Booking.course_key == booking.course_key)
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
    return list(db.session.scalars(query))


def still_ahead(booking: Booking) -> list[tuple[Booking, LockedOccurrence]]:
    """What of it stands and has not begun, each with its date."""
    standing = [one for one in family_of(booking) if one.status in STANDING]
    dated = [(one, lock_occurrence_by_id(one.occurrence_id)) for one in standing]
    return [(one, date) for one, date in dated if not date.has_begun(clock.now())]
