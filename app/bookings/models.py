"""Bookings: one row a family and date; and the offers made to those who wait."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.bookings.rules.needs import MAX_NEEDS
from app.bookings.rules.offers import OfferReason, OfferStatus
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
    # Of a course that is booked whole: the public id with which the family booked it, the same on each date.
    course_key: Mapped[str | None] = mapped_column(sa.String(10))
    # Of the address in small letters: one family writes it in several ways. NULL where there is none.
    address_hash: Mapped[str | None] = mapped_column(sa.String(64))
    language: Mapped[str] = mapped_column(sa.String(8))
    adults: Mapped[int] = mapped_column()
    children: Mapped[int] = mapped_column()
    # Of the children, how many come in arms; of the pushchairs and seats for childcare, how many it was given.
    babies: Mapped[int] = mapped_column(default=0)
    pushchairs: Mapped[int] = mapped_column(default=0)
    childcare: Mapped[int] = mapped_column(default=0)
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
    # When it was reminded of the date as it stands; NULL again once the date is moved.
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Where the address must be confirmed: until when its seats are held.
    confirm_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Name and address are gone, as the family asked; the heads stay for the figures.
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
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
        sa.Index("ix_booking_address", "address_hash"),
        sa.Index("ix_booking_course", "course_key", "occurrence_id", unique=True),
        sa.Index(
            "ix_booking_unconfirmed", "confirm_by",
            sqlite_where=sa.text("status = 'unconfirmed'"), postgresql_where=sa.text("status = 'unconfirmed'"),
        ),
    )  # fmt: skip


class BookingAnswer(Base):
    """What a family answered besides, where its event asks: the children's ages (months), and what the host should know.

    A row of its own, so that it can go before the booking does. Needs are kept with the consent to them alone.
    """

    __tablename__ = "booking_answer"

    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    ages: Mapped[list[int]] = mapped_column(sa.JSON)
    needs: Mapped[str] = mapped_column(sa.String(MAX_NEEDS))
    consent_version: Mapped[str | None] = mapped_column(sa.String(20))
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.CheckConstraint("needs = '' OR consented_at IS NOT NULL", name="needs_with_consent"),
    )


class Offer(Base):
    """Free seats offered to a family that waits, until `ends_at`; the rows stay, so that hosts see why and when.

    `is_held`: the seats are kept for it meanwhile, and counted as taken. `free_seats` is what was free then.
    """

    __tablename__ = "offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("booking.id", ondelete="CASCADE"))
    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="CASCADE"))
    status: Mapped[OfferStatus] = mapped_column(enum_column(OfferStatus, "status"))
    reason: Mapped[OfferReason] = mapped_column(enum_column(OfferReason, "reason"))
    free_seats: Mapped[int] = mapped_column()
    is_held: Mapped[bool] = mapped_column()
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.CheckConstraint("(status = 'open') = (ended_at IS NULL)", name="open_until_it_ends"),
        sa.CheckConstraint("free_seats >= 1", name="something_was_free"),
        sa.Index(
            "ix_offer_open_of_booking", "booking_id", unique=True,
            sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"),
        ),
        sa.Index(
            "ix_offer_open", "ends_at",
            sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"),
        ),
        sa.Index("ix_offer_occurrence", "occurrence_id", "id"),
    )  # fmt: skip
