"""Places and what is known of them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.audit.trail import Audited
from app.core.columns import LocalTextColumn, UtcDateTime, enum_column
from app.core.database import Base
from app.core.local_text import LocalText
from app.places.rules.claims import MAX_WORDS, ClaimStatus
from app.places.rules.hosting import InvitationStatus
from app.places.rules.photos import PhotoFormat
from app.places.rules.reports import ReportKind, ReportStatus
from app.places.rules.trust import Answer
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, Membership, PlaceKind, Profession
from geo.columns import PointColumn
from geo.point import Point


class HostInvitation(Base):
    """Somebody is asked to look after a place: by mail, or, where `email` is empty, whoever holds a slip of paper.

    The link's token is an HMAC of `public_id`; of a slip, the code on paper is what is hashed. `slip_id`: who typed that
    slip's code asked for this mail.
    """

    __tablename__ = "host_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(8))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    slip_id: Mapped[int | None] = mapped_column(sa.ForeignKey("host_invitation.id", ondelete="CASCADE"))
    invited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    status: Mapped[InvitationStatus] = mapped_column(enum_column(InvitationStatus, "status"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (sa.Index("ix_host_invitation_place", "place_id", "status"),)


class PlaceClaim(Base):
    """Somebody says that a place is theirs to look after, or that theirs should become one.

    `proposed` describes a place that is not in the catalogue yet (name, kind, street_address, lon, lat); the place is
    made, unpublished, once its sender has read our mail. `is_proven`: the address belongs to the place. The link's token
    is an HMAC of `public_id`.
    """

    __tablename__ = "place_claim"
    __audit__ = Audited("claim", ("status", "reason", "place_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    proposed: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    email: Mapped[str] = mapped_column(sa.String(254))
    name: Mapped[str] = mapped_column(sa.String(120))
    words: Mapped[str] = mapped_column(sa.String(MAX_WORDS))
    language: Mapped[str] = mapped_column(sa.String(8))
    is_proven: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ClaimStatus] = mapped_column(enum_column(ClaimStatus, "status"))
    reason: Mapped[str] = mapped_column(sa.String(MAX_WORDS), default="")
    reason_language: Mapped[str] = mapped_column(sa.String(8), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.CheckConstraint("place_id IS NOT NULL OR proposed IS NOT NULL", name="is_about_a_place"),
        sa.Index("ix_place_claim_place", "place_id", "status"),
        sa.Index("ix_place_claim_status", "status", "created_at"),
    )


class DataAgreement(Base):
    """Who looks after a place has agreed to how families' data are handled: which version of the text, and when."""

    __tablename__ = "data_agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(sa.String(10))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (sa.UniqueConstraint("person_id", "version"),)


class StillRightQuestion(Base):
    """The people of a place were asked whether its page is still right; one row a question, however many are asked."""

    __tablename__ = "still_right_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (sa.Index("ix_still_right_question_place", "place_id", "asked_at"),)


class Place(Base):
    """A place on the map. The lower half is derived on write and read often (decisions.md, Stored map bytes)."""

    __tablename__ = "place"
    __audit__ = Audited(
        "place",
        ("name", "description", "opening_hours", "access_notes", "phone", "email", "website", "is_published"),
        place_id=lambda row: row.id,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    name_language: Mapped[str] = mapped_column(sa.String(8), default="it")
    kind: Mapped[PlaceKind] = mapped_column(enum_column(PlaceKind, "kind"))
    description: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    location: Mapped[Point] = mapped_column(PointColumn())
    street_address: Mapped[str] = mapped_column(sa.String(200), default="")
    postal_code: Mapped[str] = mapped_column(sa.String(16), default="")
    locality: Mapped[str] = mapped_column(sa.String(120), default="")
    country: Mapped[str] = mapped_column(sa.String(2))
    subdivision: Mapped[str] = mapped_column(sa.String(8), default="")
    tzid: Mapped[str] = mapped_column(sa.String(64))
    opening_hours: Mapped[str] = mapped_column(sa.String(1000), default="")
    access_notes: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    phone: Mapped[str] = mapped_column(sa.String(60), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    website: Mapped[str] = mapped_column(sa.String(500), default="")
    languages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    picture: Mapped[str] = mapped_column(sa.String(120), default="")
    picture_alt: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    source: Mapped[str] = mapped_column(sa.String(60))
    source_id: Mapped[str] = mapped_column(sa.String(120))
    source_fingerprint: Mapped[str] = mapped_column(sa.String(64), default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    is_published: Mapped[bool] = mapped_column(default=True)
    # Whoever looks after the place has written its hours: imports leave them alone.
    hours_by_people: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    # Derived by places.service on every save.
    is_island: Mapped[bool] = mapped_column(default=False)
    amenity_bits: Mapped[int] = mapped_column(default=0)
    doubted_bits: Mapped[int] = mapped_column(default=0)
    confirmed_on: Mapped[date | None] = mapped_column()
    map_cell: Mapped[int] = mapped_column(sa.BigInteger)
    map_feature: Mapped[bytes] = mapped_column(sa.LargeBinary)

    island: Mapped["Island | None"] = relationship(cascade="all, delete-orphan", back_populates="place")
    amenities: Mapped[list["PlaceAmenity"]] = relationship(
        cascade="all, delete-orphan", order_by="PlaceAmenity.id", back_populates="place"
    )
    professionals: Mapped[list["Professional"]] = relationship(
        cascade="all, delete-orphan", order_by="Professional.id"
    )

    __table_args__ = (
        sa.UniqueConstraint("source", "source_id"),
        sa.Index("ix_place_map_cell", "map_cell"),
        sa.Index("ix_place_kind", "kind"),
        # Everything that filters and counts ask (explore.queries), so that they never touch the wide rows.
        sa.Index("ix_place_search", "is_published", "is_island", "amenity_bits", "kind", "confirmed_on"),
    )


class PlaceSlug(Base):
    """Every slug a place ever had; an old one answers 301 and is never given to another place."""

    __tablename__ = "place_slug"

    slug: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), index=True)


class Island(Base):
    """A place's membership in the network; its corner may keep its own hours inside its host's."""

    __tablename__ = "island"
    __audit__ = Audited(
        "place",
        ("opening_hours",),
        object_id=lambda row: row.place.public_id,
        place_id=lambda row: row.place.id,
        prefix=lambda row: "corner",
    )

    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    membership: Mapped[Membership] = mapped_column(enum_column(Membership, "membership"))
    since: Mapped[date] = mapped_column()
    opening_hours: Mapped[str] = mapped_column(sa.String(1000), default="")
    place: Mapped[Place] = relationship(back_populates="island")


class PlaceAmenity(Base):
    """One fact about one amenity, with who confirmed it and when.

    `parent_on`: when a parent last said that it is still so, where the stored word is a stronger one; `doubted_on`: since
    when it is unsure (rules/trust.py).
    """

    __tablename__ = "place_amenity"
    __audit__ = Audited(
        "place",
        ("state", "confirmed_by"),
        object_id=lambda row: row.place.public_id,
        place_id=lambda row: row.place.id,
        prefix=lambda row: row.amenity.value,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    amenity: Mapped[Amenity] = mapped_column(enum_column(Amenity, "amenity"))
    state: Mapped[AmenityState] = mapped_column(enum_column(AmenityState, "state"))
    detail: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    confirmed_on: Mapped[date | None] = mapped_column()
    confirmed_by: Mapped[ConfirmedBy | None] = mapped_column(enum_column(ConfirmedBy, "confirmed_by"))
    parent_on: Mapped[date | None] = mapped_column()
    doubted_on: Mapped[date | None] = mapped_column()
    place: Mapped[Place] = relationship(back_populates="amenities")

    __table_args__ = (sa.UniqueConstraint("place_id", "amenity"),)


class Professional(Base):
    """Who can help here, and when (OSM opening_hours)."""

    __tablename__ = "professional"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), index=True)
    profession: Mapped[Profession] = mapped_column(enum_column(Profession, "profession"))
    name: Mapped[str] = mapped_column(sa.String(120), default="")
    opening_hours: Mapped[str] = mapped_column(sa.String(500), default="")
    note: Mapped[LocalText | None] = mapped_column(LocalTextColumn)


class PlaceTerritory(Base):
    """The territories a place lies in, found when it is saved."""

    __tablename__ = "place_territory"

    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    territory_id: Mapped[int] = mapped_column(
        sa.ForeignKey("territory.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class PlaceOpening(Base):
    """When the place (an island: its corner) is open, for 14 days ahead; no row is longer than 24 hours."""

    __tablename__ = "place_opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        # Both carry all three columns, so that "is it open?" never reads the table itself.
        sa.Index("ix_place_opening_place", "place_id", "opens_at", "closes_at"),
        sa.Index("ix_place_opening_time", "opens_at", "closes_at", "place_id"),
    )


class FactVote(Base):
    """What one parent said of one fact on one day. Keyed hashes only, different at each place (core/asker.py).

    One voice a day for each network and for each browser, whatever presses cross.
    """

    __tablename__ = "fact_vote"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    amenity: Mapped[Amenity] = mapped_column(enum_column(Amenity, "amenity"))
    answer: Mapped[Answer] = mapped_column(enum_column(Answer, "answer"))
    network: Mapped[str] = mapped_column(sa.String(32))
    browser: Mapped[str] = mapped_column(sa.String(32))
    day: Mapped[date] = mapped_column()

    __table_args__ = (
        sa.UniqueConstraint("place_id", "amenity", "day", "network"),
        sa.UniqueConstraint("place_id", "amenity", "day", "browser"),
        sa.Index("ix_fact_vote_day", "day"),
    )


class Report(Base):
    """What somebody met at a place. The page behind its token is theirs alone; `email` is erased after the answer."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    idempotency_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    kind: Mapped[ReportKind] = mapped_column(enum_column(ReportKind, "kind"))
    text: Mapped[str] = mapped_column(sa.String(1000))
    language: Mapped[str] = mapped_column(sa.String(8))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    status: Mapped[ReportStatus] = mapped_column(enum_column(ReportStatus, "status"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answers: Mapped[list["ReportAnswer"]] = relationship(
        cascade="all, delete-orphan", order_by="ReportAnswer.id"
    )

    __table_args__ = (
        sa.Index("ix_report_place", "place_id", "status", "id"),
        sa.Index("ix_report_created", "created_at"),
    )


class ReportAnswer(Base):
    """What those who look after the place said to one report; once for each step."""

    __tablename__ = "report_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id", ondelete="CASCADE"))
    status: Mapped[ReportStatus] = mapped_column(enum_column(ReportStatus, "status"))
    text: Mapped[str] = mapped_column(sa.String(1000))
    language: Mapped[str] = mapped_column(sa.String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (sa.UniqueConstraint("report_id", "status"),)


class PlacePhoto(Base):
    """A photo of a place, in words (alt) and in the files below; the first one stands on top of its page."""

    __tablename__ = "place_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column()
    alt: Mapped[LocalText] = mapped_column(LocalTextColumn)
    source_digest: Mapped[str] = mapped_column(sa.String(64))  # of the file as it was sent, which is not kept
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    uploaded_by: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    files: Mapped[list["PhotoFile"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    __table_args__ = (
        sa.UniqueConstraint("place_id", "source_digest"),
        sa.CheckConstraint("width > 0 AND height > 0", name="has_a_size"),
        sa.Index("ix_place_photo_place", "place_id", "position"),
    )


class PhotoFile(Base):
    """One size of a photo in one format; its address is the digest of its bytes. It goes with its photo."""

    __tablename__ = "photo_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(sa.ForeignKey("place_photo.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(32), index=True)  # two places may show the same photo
    format: Mapped[PhotoFormat] = mapped_column(enum_column(PhotoFormat, "format"))
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)
