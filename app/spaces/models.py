"""Spaces of places, and who has them when."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import LocalTextColumn, UtcDateTime, enum_column
from app.core.database import Base
from app.core.local_text import LocalText
from app.spaces.rules.status import ReservationStatus, SpaceKind


class Space(Base):
    """A hall or an advice desk. `community_hours`: the part of its hours that everybody may reserve; empty: all."""

    __tablename__ = "space"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), index=True)
    kind: Mapped[SpaceKind] = mapped_column(enum_column(SpaceKind, "kind"))
    name: Mapped[LocalText] = mapped_column(LocalTextColumn)
    description: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    seats: Mapped[int] = mapped_column()
    slot_minutes: Mapped[int] = mapped_column()
    opening_hours: Mapped[str] = mapped_column(sa.String(1000))
    community_hours: Mapped[str] = mapped_column(sa.String(1000), default="")
    buffer_minutes: Mapped[int] = mapped_column(default=0)
    notice_hours: Mapped[int] = mapped_column(default=0)
    window_days: Mapped[int] = mapped_column(default=60)
    max_per_week: Mapped[int] = mapped_column(default=2)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    is_published: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.CheckConstraint("seats >= 1 AND slot_minutes >= 15", name="sizes"),
        sa.CheckConstraint("buffer_minutes >= 0 AND notice_hours >= 0", name="times_not_negative"),
    )


class Reservation(Base):
    """One stretch of time. From `starts_at` until `blocked_until` (the end and its buffer) nobody else has the space.

    On PostgreSQL an exclusion constraint says the same (migration 0070); on SQLite there is one writer at a time.
    """

    __tablename__ = "reservation"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    space_id: Mapped[int] = mapped_column(sa.ForeignKey("space.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    generation: Mapped[int] = mapped_column(default=1)
    idempotency_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(8))
    purpose: Mapped[str] = mapped_column(sa.String(300), default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    blocked_until: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[ReservationStatus] = mapped_column(enum_column(ReservationStatus, "status"))
    series_id: Mapped[str | None] = mapped_column(sa.String(10), index=True)
    answer: Mapped[str] = mapped_column(sa.String(500), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.CheckConstraint("starts_at < ends_at AND ends_at <= blocked_until", name="in_order"),
        sa.Index("ix_reservation_space", "space_id", "starts_at"),
    )
