"""Dates that are near and on which somebody with a seat has not been reminded."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.reminding import AHEAD
from app.bookings.rules.status import BookingStatus
from app.core.database import db
from app.events.models import Event, Occurrence
from app.events.rules.vocabulary import OccurrenceStatus


@dataclass(frozen=True)
class NearDate:
    """A date by its key; `starts_at` is aware, `tzid` the zone of its place."""

    id: int
    starts_at: datetime
    tzid: str


def unreminded_dates(now: datetime) -> list[NearDate]:
    """The dates of the next 32 hours that take place and have bookings of whom nobody was reminded."""
    unreminded = sa.exists().where(
        Booking.occurrence_id == Occurrence.id,
        Booking.status == BookingStatus.CONFIRMED,
        Booking.reminded_at.is_(None),
    )
    near = (Occurrence.starts_at > now, Occurrence.starts_at <= now + AHEAD)
    query = (
        sa.select(Occurrence.id, Occurrence.starts_at, Event.tzid)
        .join(Event, Event.id == Occurrence.event_id)
        .where(*near, Occurrence.status == OccurrenceStatus.SCHEDULED, unreminded)
    )
    return [NearDate(*row) for row in db.session.execute(query.order_by(Occurrence.starts_at))]
