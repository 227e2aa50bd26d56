"""A family of a course has one booking for each of its dates, and all of them stand alike."""

import sqlalchemy as sa

from app.bookings.models import Booking, BookingAnswer
from app.bookings.rules.status import STANDING, BookingStatus
from app.bookings.service.offering import holds_seats, open_offer, withdraw
from app.core import clock
from app.core.database import db
from app.core.ids import public_id
from app.core.tokens import personal_token, random_token, token_hash
from app.events.models import Occurrence
from app.events.rules.occurrence import OccurrenceFull
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import LockedOccurrence, change_seats

# What a family's booking of another date has in common with its first one.
_SHARED = (
    "course_key", "repeat_key", "name", "email", "address_hash", "language", "adults", "children", "babies",
    "pushchairs", "childcare", "seats", "source", "passed", "confirm_by",
)  # fmt: skip


def dates_booked_with(date: LockedOccurrence) -> list[int]:
    """Keys of the dates that one booking is for: this one, or all of its course."""
    if date.lead_id is None:
        return [date.id]
    whole = (Occurrence.event_id == date.event_id, Occurrence.lead_id == date.lead_id)
    return list(db.session.scalars(sa.select(Occurrence.id).where(*whole)))


def spread(booking: Booking) -> None:
    """Let a family stand on the other dates of its course as it does on this one, and nobody is told twice.

    Inside the caller's transaction, which holds the course. Raises OccurrenceFull.
    """
    if booking.course_key is not None:
        for occurrence_id in missing_dates(Booking.id == booking.id):
            stand_on(occurrence_id, booking)


def missing_dates(families: sa.ColumnElement[bool]) -> list[int]:
    """Keys of the dates ahead, of the courses of these bookings, for which some of these families have none."""
    own, other = sa.orm.aliased(Occurrence), sa.orm.aliased(Booking)
    is_ahead = sa.or_(Occurrence.starts_at > clock.now(), Occurrence.status == OccurrenceStatus.POSTPONED)
    has_one = sa.exists().where(other.course_key == Booking.course_key, other.occurrence_id == Occurrence.id)
    query = (
        sa.select(Occurrence.id)
        .join(own, sa.and_(own.event_id == Occurrence.event_id, own.lead_id == Occurrence.lead_id))
        .join(Booking, Booking.occurrence_id == own.id)
        .where(families, is_ahead, Occurrence.status != OccurrenceStatus.CANCELLED, ~has_one)
    )
    return list(db.session.scalars(query.distinct().order_by(Occurrence.id)))


def stand_on(occurrence_id: int, booking: Booking) -> None:
    """One more booking of the same family, in the same state; raises OccurrenceFull.

    Who was asked about the course, and does not fit there, waits again for all of it.
    """
    offer = open_offer(booking)
    if holds_seats(booking, offer):
        try:
            change_seats(occurrence_id, booking.seats)
        except OccurrenceFull:
            if offer is None:
                raise
            withdraw(offer, booking)
    now, own_id = clock.now(), public_id()
    # Who is here on one date is expected on the others.
    status = booking.status if booking.status in STANDING else BookingStatus.CONFIRMED
    other = Booking(
        public_id=own_id, token_hash=token_hash(personal_token("booking", own_id, 1)), generation=1,
        idempotency_key=token_hash(random_token()), occurrence_id=occurrence_id, status=status,
        sequence=0, created_at=now, updated_at=now, **{name: getattr(booking, name) for name in _SHARED},
    )  # fmt: skip
    db.session.add(other)
    db.session.flush()
    answer = db.session.get(BookingAnswer, booking.id)
    if answer is not None:
        db.session.add(BookingAnswer(
            booking_id=other.id, ages=answer.ages, needs=answer.needs, consent_version=answer.consent_version,
            consented_at=answer.consented_at,
        ))  # fmt: skip
