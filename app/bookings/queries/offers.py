"""Questions about the waiting list: who was offered seats and why, and where time is up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.bookings.models import Booking, Offer
from app.bookings.queries import BookingView
from app.bookings.rules.offers import OfferReason, OfferStatus
from app.bookings.rules.status import WAITING, BookingStatus
from app.core.database import db
from app.events.models import Occurrence


@dataclass(frozen=True)
class OfferView:
    """Seats that were offered to one family. `free_seats` is what was free then; times are aware."""

    booking_id: int
    status: OfferStatus
    reason: OfferReason
    free_seats: int
    is_held: bool
    made_at: datetime
    ends_at: datetime


def last_offer(booking: BookingView) -> OfferView | None:
    """What a family was last asked: of a course, for all its dates."""
    own = Booking.id == booking.id
    if booking.course_key is not None:
        own = Booking.course_key == booking.course_key
    mine = sa.select(*_COLUMNS).join(Booking, Booking.id == Offer.booking_id).where(own)
    row = db.session.execute(mine.order_by(Offer.id.desc()).limit(1)).one_or_none()
    return OfferView(*row) if row else None


def last_offers_of(occurrence_id: int) -> dict[int, OfferView]:
    """The last offer to each family of one date, by the key of its booking."""
    asked, here = sa.orm.aliased(Booking), sa.orm.aliased(Booking)
    same = sa.or_(here.id == asked.id, here.course_key == asked.course_key)
    query = (
        sa.select(here.id.label("here"), *_COLUMNS)
        .join(asked, asked.id == Offer.booking_id)
        .join(here, same)
        .where(here.occurrence_id == occurrence_id)
    )
    rows = db.session.execute(query.order_by(Offer.id)).all()
    return {row.here: OfferView(*row[1:]) for row in rows}


def dates_with_queue(from_at: datetime, to_at: datetime) -> list[int]:
    """Keys of the dates that begin in this time and on which somebody waits, the next ones first."""
    waits = sa.exists().where(
        Booking.occurrence_id == Occurrence.id, Booking.status == BookingStatus.WAITLISTED
    )
    leads = sa.or_(Occurrence.lead_id.is_(None), Occurrence.lead_id == Occurrence.id)
    query = sa.select(Occurrence.id).where(
        Occurrence.starts_at > from_at, Occurrence.starts_at <= to_at, leads, waits
    )
    return list(db.session.scalars(query.order_by(Occurrence.starts_at)))


def dates_waited_for(occurrence_ids: Collection[int]) -> list[int]:
    """Keys of those dates on which somebody waits; a date of a course stands for the one that leads it."""
    here = sa.select(sa.func.coalesce(Occurrence.lead_id, Occurrence.id)).where(
        Occurrence.id.in_(occurrence_ids)
    )
    waits = (Booking.occurrence_id.in_(here), Booking.status.in_(WAITING))
    return list(db.session.scalars(sa.select(Booking.occurrence_id).where(*waits).distinct()))


def dates_with_overdue_offers(now: datetime) -> list[int]:
    """Keys of the dates on which an open offer's time is up."""
    overdue = (Offer.status == OfferStatus.OPEN, Offer.ends_at <= now)
    return list(db.session.scalars(sa.select(Offer.occurrence_id).where(*overdue).distinct()))


_COLUMNS = (
    Offer.booking_id, Offer.status, Offer.reason, Offer.free_seats, Offer.is_held, Offer.made_at, Offer.ends_at
)  # fmt: skip
