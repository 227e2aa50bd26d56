"""Events with their schedule, and the occurrences made from it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.audit.trail import Audited
from app.core.columns import LocalTextColumn, UtcDateTime, enum_column
from app.core.database import Base
from app.core.local_text import LocalText
from app.events.rules.bodies import MAX_NAME
from app.events.rules.event import MAX_TITLE
from app.events.rules.occurrence import MAX_REASON, MAX_ROOM
from app.events.rules.proposals import MAX_WORDS, ProposalStatus
from app.events.rules.reviews import MAX_REASON as MAX_WHY
from app.events.rules.reviews import ReviewStatus
from app.events.rules.vocabulary import CountedAs, EventKind, OccurrenceStatus, ProposedBy


class Event(Base):
    """One event = one place = one schedule = one UID (decisions.md).

    The schedule: `starts_local` is the first start on the wall clock of `tzid` ("2026-11-26T10:00"), `rrule` an
    RFC 5545 rule without DTSTART (or empty), `rdates`/`exdates` wall-clock starts in the same form.
    `search_text` holds the folded words of title, description, organiser and place, for ?q= of /events.
    """

    __tablename__ = "event"
    __audit__ = Audited(
        "event",
        (
            "title", "description", "bring", "kind", "languages", "age_from_months", "age_to_months", "price", "room",
            "capacity", "starts_local", "duration_minutes", "rrule", "rdates", "exdates", "place_id", "is_published",
            "max_party", "booked_whole", "opens_days", "closes_minutes",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    uid: Mapped[str] = mapped_column(sa.String(120), unique=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind, "kind"))
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    description: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    bring: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    languages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    age_from_months: Mapped[int | None] = mapped_column()
    age_to_months: Mapped[int | None] = mapped_column()
    price: Mapped[str] = mapped_column(sa.String(60), default="")
    organisers: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    partners: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    # Each {"name", "profession", "about"}, as rules/bodies.py reads them.
    speakers: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)
    proposed_by: Mapped[ProposedBy] = mapped_column(enum_column(ProposedBy, "proposed_by"))
    proposer: Mapped[str] = mapped_column(sa.String(MAX_NAME), default="")
    room: Mapped[str] = mapped_column(sa.String(MAX_ROOM), default="")
    capacity: Mapped[int | None] = mapped_column()
    counted_as: Mapped[CountedAs] = mapped_column(enum_column(CountedAs, "counted_as"))
    # Babies in arms take a seat as everybody does, or none.
    counts_babies: Mapped[bool] = mapped_column(default=True)
    # How many pushchairs there is room for, and seats where somebody looks after a child meanwhile; NULL: nobody asks.
    pushchairs: Mapped[int | None] = mapped_column()
    childcare: Mapped[int | None] = mapped_column()
    max_party: Mapped[int] = mapped_column(default=8)
    # Days before each date from which it is booked (NULL: at once), and minutes before it until when.
    opens_days: Mapped[int | None] = mapped_column()
    closes_minutes: Mapped[int] = mapped_column(default=0)
    one_per_email: Mapped[bool] = mapped_column(default=False)
    # One booking is for all its dates (a course).
    booked_whole: Mapped[bool] = mapped_column(default=False)
    confirms_email: Mapped[bool] = mapped_column(default=False)
    asks_ages: Mapped[bool] = mapped_column(default=False)
    asks_needs: Mapped[bool] = mapped_column(default=False)
    # Whoever has no e-mail address may book too, and cannot be told of changes.
    email_optional: Mapped[bool] = mapped_column(default=False)
    tzid: Mapped[str] = mapped_column(sa.String(64))
    starts_local: Mapped[str] = mapped_column(sa.String(16))
    duration_minutes: Mapped[int] = mapped_column()
    rrule: Mapped[str] = mapped_column(sa.String(300), default="")
    rdates: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    exdates: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    sequence: Mapped[int] = mapped_column(default=0)
    search_text: Mapped[str] = mapped_column(sa.Text, default="")
    # The public id of the event that the series began as, where it changed from some date on; NULL for one that did not.
    series_key: Mapped[str | None] = mapped_column(sa.String(10), index=True)
    source_key: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    is_published: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    occurrences: Mapped[list["Occurrence"]] = relationship(
        cascade="all, delete-orphan", back_populates="event", order_by="Occurrence.recurrence_id"
    )
    topics: Mapped[list["EventTopic"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    __table_args__ = (
        sa.CheckConstraint("capacity IS NULL OR capacity BETWEEN 1 AND 10000", name="capacity_is_sane"),
        sa.CheckConstraint("duration_minutes BETWEEN 5 AND 20160", name="duration_is_sane"),
        sa.CheckConstraint("max_party BETWEEN 1 AND 100", name="party_is_sane"),
    )


class Topic(Base):
    """What events may be about, as operators name it; `merged_into` is the slug of the one that took its place.

    The row of a merged one stays: its addresses lead to the other.
    """

    __tablename__ = "topic"
    __audit__ = Audited("topic", ("names", "icon", "merged_into"), place_id=lambda row: None)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    names: Mapped[LocalText] = mapped_column(LocalTextColumn)
    icon: Mapped[str] = mapped_column(sa.String(30))
    merged_into: Mapped[str | None] = mapped_column(sa.ForeignKey("topic.slug"))


class EventTopic(Base):
    """What an event is about."""

    __tablename__ = "event_topic"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(sa.ForeignKey("topic.slug"), primary_key=True, index=True)


class Occurrence(Base):
    """One date of an event. `recurrence_id` is the start its rule gave it, in UTC, and never changes.

    `seats_taken` never exceeds `capacity`: the CHECK is the last defence (NULL capacity: no booking needed).
    `has_queue`: families wait whom the room could take, so what is left is theirs (bookings keep it up to date).
    `previous_starts_at` is when it began before the last change that its bookers were told of, NULL where that change
    left the start as it was. `cancel_reason` is what its host wrote when cancelling it, in the language beside it.
    """

    __tablename__ = "occurrence"
    __audit__ = Audited("occurrence", ("starts_at", "ends_at", "status", "capacity", "room", "cancel_reason"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"))
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    # The date of its course on which everybody books and waits (its own id on that one); NULL where it is booked by
    # itself. No foreign key: dates come and go, and service/courses.py names another one in the same transaction.
    lead_id: Mapped[int | None] = mapped_column()
    recurrence_id: Mapped[datetime] = mapped_column(UtcDateTime)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[OccurrenceStatus] = mapped_column(enum_column(OccurrenceStatus, "status"))
    capacity: Mapped[int | None] = mapped_column()
    # Where it is not in the room of its event.
    room: Mapped[str | None] = mapped_column(sa.String(MAX_ROOM))
    seats_taken: Mapped[int] = mapped_column(default=0)
    has_queue: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    previous_starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(sa.String(MAX_REASON))
    cancel_reason_language: Mapped[str | None] = mapped_column(sa.String(8))

    event: Mapped[Event] = relationship(back_populates="occurrences")

    __table_args__ = (
        sa.UniqueConstraint("event_id", "recurrence_id"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        sa.CheckConstraint(
            "seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)", name="never_oversold"
        ),
        sa.CheckConstraint(f"length(cancel_reason) BETWEEN 1 AND {MAX_REASON}", name="reason_is_short"),
        sa.CheckConstraint(
            "(cancel_reason IS NULL) = (cancel_reason_language IS NULL)", name="reason_has_language"
        ),
        sa.Index("ix_occurrence_starts_at", "starts_at", "ends_at"),
        sa.Index("ix_occurrence_place", "place_id", "starts_at"),
        sa.Index("ix_occurrence_event", "event_id", "starts_at"),
    )


class EventReview(Base):
    """Somebody would publish this event, and a manager looks at it first; `asked_by` is that person's public id."""

    __tablename__ = "event_review"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    status: Mapped[ReviewStatus] = mapped_column(enum_column(ReviewStatus, "status"))
    asked_by: Mapped[str] = mapped_column(sa.String(10))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(sa.String(MAX_WHY), default="")
    reason_language: Mapped[str] = mapped_column(sa.String(8), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (sa.Index("ix_event_review_status", "status", "asked_at"),)


class EventProposal(Base):
    """What a parent proposes for a place; `email` is for the answer alone and erased after it.

    `event_id` is what became of it, once it was accepted.
    """

    __tablename__ = "event_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    idempotency_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(sa.String(MAX_TITLE))
    words: Mapped[str] = mapped_column(sa.String(MAX_WORDS))
    proposer: Mapped[str] = mapped_column(sa.String(MAX_NAME))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(8))
    status: Mapped[ProposalStatus] = mapped_column(enum_column(ProposalStatus, "status"))
    answer: Mapped[str] = mapped_column(sa.String(MAX_WORDS), default="")
    answer_language: Mapped[str] = mapped_column(sa.String(8), default="")
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (sa.Index("ix_event_proposal_place", "place_id", "status", "id"),)


class CalendarSource(Base):
    """A calendar of others for a place: looked at (`draft` holds what was read, packed), then taken in, then followed.

    `address` is "" for a file. `gone` holds public ids of events that it no longer has, until somebody says what becomes
    of them; `fault` says why it could not be read the last time.
    """

    __tablename__ = "calendar_source"
    __audit__ = Audited("calendar", ("address", "is_followed"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(sa.String(500))
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind, "kind"))
    draft: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    etag: Mapped[str] = mapped_column(sa.String(200), default="")
    last_modified: Mapped[str] = mapped_column(sa.String(200), default="")
    is_followed: Mapped[bool] = mapped_column(default=False)
    gone: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    fault: Mapped[str] = mapped_column(sa.String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (sa.UniqueConstraint("place_id", "address"),)
