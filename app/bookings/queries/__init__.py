"""Questions about bookings, answered with frozen values."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.rules.status import HOLDING, WAITING, BookingSource, BookingStatus
from app.core.database import db
from app.core.tokens import token_hash
from app.events.models import Occurrence

NEVER_SEATED = WAITING | {BookingStatus.EXPIRED}
GONE = (BookingStatus.CANCELLED, BookingStatus.EXPIRED)


@dataclass(frozen=True)
class BookingView:
    """One family's booking. `ahead` is how many families wait before it, None unless it waits.

    `was_waiting` says of a cancelled one that it only waited, and gave no seats back.
    """

    id: int
    public_id: str
    generation: int
    occurrence_id: int
    name: str
    email: str | None
    language: str
    adults: int
    children: int
    seats: int
    status: BookingStatus
    sequence: int
    created_at: datetime
    was_waiting: bool
    cancelled_with_date: bool
    source: BookingSource
    marked_at: datetime | None
    confirm_by: datetime | None
    babies: int
    pushchairs: int
    childcare: int
    course_key: str | None = None
    ahead: int | None = None

    @property
    def code(self) -> str:
        """What a family shows at the door: the same on all the dates of a course."""
        return self.course_key or self.public_id

    @property
    def only_waits(self) -> bool:
        """Whoever never had a seat, now or when the booking was cancelled."""
        return self.status in NEVER_SEATED or self.was_waiting

    @property
    def has_no_seat(self) -> bool:
        """Whom the host let in although no seat was left."""
        return self.seats == 0 and self.status in HOLDING


_COLUMNS = (
    Booking.id, Booking.public_id, Booking.generation, Booking.occurrence_id, Booking.name, Booking.email,
    Booking.language, Booking.adults, Booking.children, Booking.seats, Booking.status, Booking.sequence,
    Booking.created_at, Booking.was_waiting, Booking.cancelled_with_date, Booking.source, Booking.marked_at,
    Booking.confirm_by, Booking.babies, Booking.pushchairs, Booking.childcare, Booking.course_key,
)  # fmt: skip


def booking_by_token(token: str) -> BookingView | None:
    """The booking that a personal link opens."""
    return _one(Booking.token_hash == token_hash(token))


def booking_by_public_id(public_id: str) -> BookingView | None:
    """The booking that a waiting mail speaks of."""
    return _one(Booking.public_id == public_id)


def booking_by_code(code: str, occurrence_id: int) -> BookingView | None:
    """Who shows this code at the door of a date: of a course, the booking for that date."""
    shown = sa.or_(Booking.public_id == code, Booking.course_key == code)
    query = sa.select(*_COLUMNS).where(shown)
    row = db.session.execute(
        query.order_by(Booking.occurrence_id != occurrence_id, Booking.public_id != code).limit(1)
    ).one_or_none()
    return None if row is None else _view(row)


def whole_course(booking: BookingView) -> list[BookingView]:
    """A family's bookings of all the dates of a course, in their order; [] where it booked a single date."""
    if booking.course_key is None:
        return []
    query = (
        sa.select(*_COLUMNS)
        .join(Occurrence, Occurrence.id == Booking.occurrence_id)
        .where(Booking.course_key == booking.course_key)
    )
    return [_view(row) for row in db.session.execute(query.order_by(Occurrence.starts_at, Occurrence.id))]


def count_of_same_address(booking: BookingView) -> int:
    """How many other bookings of the same date, not cancelled, have the same e-mail address (in any case)."""
    if booking.email is None:
        return 0
    same = (
        Booking.occurrence_id == booking.occurrence_id,
        Booking.id != booking.id,
        Booking.status.not_in(GONE),
        Booking.address_hash == token_hash(booking.email.casefold()),
    )
    return db.session.scalar(sa.select(sa.func.count()).select_from(Booking).where(*same)) or 0


def people_of(occurrence_id: int) -> list[BookingView]:
    """Who comes to one date, or would have come had it not been cancelled: those with seats by name, then the queue.

    Those who gave their place back are left out.
    """
    views = [
        view for view in everybody_of(occurrence_id) if view.status not in GONE or view.cancelled_with_date
    ]
    coming = [view for view in views if not view.only_waits]
    waiting = [view for view in views if view.only_waits]
    return sorted(coming, key=lambda view: view.name.casefold()) + waiting


def everybody_of(occurrence_id: int) -> list[BookingView]:
    """Every booking of one date in order of booking, also those that were given back."""
    query = sa.select(*_COLUMNS).where(Booking.occurrence_id == occurrence_id).order_by(Booking.id)
    return [_view(row) for row in db.session.execute(query)]


def _one(condition: sa.ColumnElement[bool]) -> BookingView | None:
    row = db.session.execute(sa.select(*_COLUMNS).where(condition)).one_or_none()
    if row is None:
        return None
    return _view(row, ahead=_ahead(row) if row.status is BookingStatus.WAITLISTED else None)


def _view(row: Any, ahead: int | None = None) -> BookingView:
    return replace(BookingView(*row), ahead=ahead)


def _ahead(row: Any) -> int:
    before = (
        Booking.occurrence_id == row.occurrence_id,
        Booking.status == BookingStatus.WAITLISTED,
        Booking.id < row.id,
    )
    return db.session.scalar(sa.select(sa.func.count()).select_from(Booking).where(*before)) or 0
