"""Whoever comes with a personal link: the date is locked first, in the same order as book() does, so that nothing crosses."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.status import STANDING
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.tokens import token_hash
from app.events.models import Occurrence
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import LockedOccurrence, lock_booked


def hold(token: str) -> LockedOccurrence:
    """The date on which the booking was made and waits: its own, or the one that leads its course. Raises NotFound."""
    own = sa.select(Booking.occurrence_id).where(Booking.token_hash == token_hash(token))
    occurrence_id = db.session.scalar(own)
    if occurrence_id is None:
        raise NotFound
    return lock_booked(occurrence_id)


def held(token: str) -> Booking:
    """The booking itself, read after its date is locked."""
    return db.session.scalars(sa.select(Booking).where(Booking.token_hash == token_hash(token))).one()


def row_on(date: LockedOccurrence, booking: Booking) -> Booking:
    """The same family's booking of this date; the booking itself where it has none there."""
    return next((one for one in family_of(booking) if one.occurrence_id == date.id), booking)


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


def together(booking: Booking) -> list[Booking]:
    """What changes its state with this booking: of a course, all dates of the family that stand alike."""
    return [one for one in family_of(booking) if one.status is booking.status]


def still_ahead(booking: Booking) -> list[Booking]:
    """What of it stands and has not begun; the caller holds the date, or the course."""
    ahead = sa.or_(Occurrence.starts_at > clock.now(), Occurrence.status == OccurrenceStatus.POSTPONED)
    standing = {one.occurrence_id: one for one in family_of(booking) if one.status in STANDING}
    coming = db.session.scalars(sa.select(Occurrence.id).where(Occurrence.id.in_(standing), ahead)).all()
    return [one for key, one in standing.items() if key in coming]
