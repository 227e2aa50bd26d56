"""Bookings: one row a family and date."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.bookings.rules.status import BookingSource, BookingStatus
from app.core.columns import UtcDateTime, enum_column
from app.core.database import Base


class Booking(Base):
    """A party's seats on one occurrence. The queue is the order of `id` among the waitlisted.

    The personal token is an HMAC of `public_id` and `generation`; only its hash is kept. `repeat_key` is a hash of what
    one browser asked: the same again, while the booking stands, is the same booking.
    """

    __tablename__ = "booking"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    generation: Mapped[int] = mapped_column(default=1)
    idempotency_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    repeat_key: Mapped[str | None] = mapped_column(sa.String(64))
    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(120))
    # None: nobody can be written to, and the page of the booking is its ticket.
    email: Mapped[str | None] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(8))
    adults: Mapped[int] = mapped_column()
    children: Mapped[int] = mapped_column()
    seats: Mapped[int] = mapped_column()
    status: Mapped[BookingStatus] = mapped_column(enum_column(BookingStatus, "status"))
    sequence: Mapped[int] = mapped_column(default=0)
    # While it waits: how many who came later were let in before it, since they fitted and it did not.
    passed: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Cancelled while it waited: it held no seats, and there is no calendar entry to take away.
    was_waiting: Mapped[bool] = mapped_column(default=False)
    # Cancelled with its date, not by its family: given back should the date take place after all.
    cancelled_with_date: Mapped[bool] = mapped_column(default=False)
    # A host adds who comes without having booked; above the capacity such a family is here and takes no seat.
    source: Mapped[BookingSource] = mapped_column(
        enum_column(BookingSource, "source"), default=BookingSource.FAMILY
    )
    # When the mark of who came was made (late ones arrive from phones without a network), and its own id there.
    marked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mark_id: Mapped[str | None] = mapped_column(sa.String(36))

    __table_args__ = (
        sa.CheckConstraint("adults >= 0 AND children >= 0 AND adults + children >= 1", name="somebody_comes"),
        sa.CheckConstraint("seats >= 0", name="seats_not_negative"),
        sa.Index("ix_booking_occurrence", "occurrence_id", "status", "id"),
    )
