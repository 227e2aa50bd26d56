"""Questions about spaces and reservations, answered with frozen values."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.cache import until_change
from app.core.database import db
from app.core.local_text import LocalText
from app.core.tokens import token_hash
from app.places.models import Place
from app.places.rules.intervals import Interval
from app.spaces.models import Reservation, Space
from app.spaces.rules.slots import SlotRule
from app.spaces.rules.status import HOLDING, ReservationStatus, SpaceKind


@dataclass(frozen=True)
class SpaceView:
    """A hall or a desk; empty `community_hours`: everybody may reserve at any of its hours."""

    id: int
    public_id: str
    place_id: int
    kind: SpaceKind
    name: LocalText
    description: LocalText | None
    seats: int
    slot_minutes: int
    opening_hours: str
    community_hours: str
    buffer_minutes: int
    notice_hours: int
    window_days: int
    max_per_week: int
    needs_approval: bool
    is_published: bool

    @property
    def rule(self) -> SlotRule:
        """How its hours are cut."""
        return SlotRule(
            self.kind, self.slot_minutes, self.buffer_minutes, self.notice_hours, self.window_days
        )


@dataclass(frozen=True)
class ReservationView:
    """Who has a space when; `answer` holds the host's words."""

    id: int
    public_id: str
    generation: int
    space_id: int
    name: str
    email: str
    language: str
    purpose: str
    starts_at: datetime
    ends_at: datetime
    status: ReservationStatus
    series_id: str | None
    answer: str
    sequence: int


_SPACE = tuple(getattr(Space, name) for name in SpaceView.__dataclass_fields__)
_RESERVATION = tuple(getattr(Reservation, name) for name in ReservationView.__dataclass_fields__)


def space_by_public_id(public_id: str) -> SpaceView | None:
    """A space, published or not."""
    return _one_space(Space.public_id == public_id)


def space_by_id(space_id: int) -> SpaceView | None:
    """The space of a reservation."""
    return _one_space(Space.id == space_id)


def spaces_of(place_id: int, *, only_published: bool) -> list[SpaceView]:
    """The spaces of a place, the oldest first."""
    chosen = [Space.place_id == place_id]
    if only_published:
        chosen.append(Space.is_published.is_(True))
    return [
        SpaceView(*row) for row in db.session.execute(sa.select(*_SPACE).where(*chosen).order_by(Space.id))
    ]


def has_spaces(place_id: int) -> str | None:
    """The slug of a place with something to reserve; None where there is nothing.

    Few places lend anything, and every page of a place asks: they are remembered until something changes.
    """
    return until_change("spaces.places", _lending).get(place_id)


def _lending() -> dict[int, str]:
    lending = sa.select(Space.place_id).where(Space.is_published)
    rows = db.session.execute(sa.select(Place.id, Place.slug).where(Place.id.in_(lending)))
    return {row.id: row.slug for row in rows}


def reservation_by_token(token: str) -> ReservationView | None:
    """The reservation that a personal link opens."""
    return _one(Reservation.token_hash == token_hash(token))


def reservation_by_public_id(public_id: str) -> ReservationView | None:
    """The reservation that a waiting mail speaks of."""
    return _one(Reservation.public_id == public_id)


def reservations_of(space_id: int, from_at: datetime) -> list[ReservationView]:
    """What ends after a moment and was not given back, in order; skipped dates of a series among them."""
    shown = (*HOLDING, ReservationStatus.SKIPPED)
    chosen = (
        Reservation.space_id == space_id, Reservation.ends_at > from_at, Reservation.status.in_(shown)
    )  # fmt: skip
    query = sa.select(*_RESERVATION).where(*chosen).order_by(Reservation.starts_at, Reservation.id)
    return [ReservationView(*row) for row in db.session.execute(query)]


def taken(space_id: int, start: datetime, end: datetime) -> list[Interval]:
    """What is held between two moments, each stretch with the buffer behind it."""
    chosen = (
        Reservation.space_id == space_id,
        Reservation.status.in_(HOLDING),
        Reservation.starts_at < end,
        Reservation.blocked_until > start,
    )
    query = sa.select(Reservation.starts_at, Reservation.blocked_until).where(*chosen)
    return [Interval(*row) for row in db.session.execute(query.order_by(Reservation.starts_at))]


def _one_space(condition: sa.ColumnElement[bool]) -> SpaceView | None:
    row = db.session.execute(sa.select(*_SPACE).where(condition)).one_or_none()
    return SpaceView(*row) if row else None


def _one(condition: sa.ColumnElement[bool]) -> ReservationView | None:
    row = db.session.execute(sa.select(*_RESERVATION).where(condition)).one_or_none()
    return ReservationView(*row) if row else None
