"""One place with everything known of it: three queries, whatever it knows."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.core.columns import UtcDateTime
from app.core.database import db
from app.core.local_text import LocalText
from app.places.models import (
    Island,
    Place,
    PlaceAmenity,
    PlaceOpening,
    PlaceSlug,
    PlaceTerritory,
    Professional,
)
from app.places.rules.intervals import Interval
from app.places.rules.trust import Word, newest_word
from app.places.rules.vocabulary import (
    Amenity,
    AmenityState,
    ConfirmedBy,
    Membership,
    PlaceKind,
    Profession,
)
from app.territories.models import Territory
from app.territories.queries import ORDER
from geo.point import Point


@dataclass(frozen=True)
class AmenityView:
    """One stored fact, with the newest word on it; an amenity without one is unknown.

    `is_doubted`: independent parents say that it has changed (rules/trust.py).
    """

    amenity: Amenity
    state: AmenityState
    detail: LocalText | None
    confirmed_on: date | None
    confirmed_by: ConfirmedBy | None
    is_doubted: bool = False


@dataclass(frozen=True)
class IslandView:
    """Membership, and the corner's own hours (empty: the host's)."""

    membership: Membership
    since: date
    opening_hours: str


@dataclass(frozen=True)
class ProfessionalView:
    """Who can help, with hours as written."""

    profession: Profession
    name: str
    opening_hours: str
    note: LocalText | None


@dataclass(frozen=True)
class AreaView:
    """A territory, as the page of a place names it."""

    name: str
    is_demo: bool


@dataclass(frozen=True)
class PlaceView:
    """A published place; empty texts mean that nobody knows."""

    id: int
    public_id: str
    slug: str
    name: str
    name_language: str
    kind: PlaceKind
    description: LocalText | None
    location: Point
    street_address: str
    postal_code: str
    locality: str
    country: str
    subdivision: str
    tzid: str
    opening_hours: str
    access_notes: LocalText | None
    phone: str
    email: str
    website: str
    languages: list[str]
    picture: str
    picture_alt: LocalText | None
    source: str
    is_demo: bool
    is_island: bool
    amenity_bits: int
    confirmed_on: date | None
    updated_at: datetime
    island: IslandView | None = None
    amenities: tuple[AmenityView, ...] = ()
    professionals: tuple[ProfessionalView, ...] = ()

    @property
    def hours_texts(self) -> tuple[str, str]:
        """The host's hours and the corner's, as written."""
        return self.opening_hours, self.island.opening_hours if self.island else ""


# What a slug can look like at all; PostgreSQL refuses texts with a NUL.
_SLUG = re.compile(r"[a-z0-9-]{1,80}\Z")
_COLUMNS = (
    Place.id, Place.public_id, Place.slug, Place.name, Place.name_language, Place.kind, Place.description,
    Place.location, Place.street_address, Place.postal_code, Place.locality, Place.country, Place.subdivision,
    Place.tzid, Place.opening_hours, Place.access_notes, Place.phone, Place.email, Place.website, Place.languages,
    Place.picture, Place.picture_alt, Place.source, Place.is_demo, Place.is_island, Place.amenity_bits,
    Place.confirmed_on, Place.updated_at,
)  # fmt: skip
_PLACE = (
    sa.select(*_COLUMNS, Island.membership, Island.since, Island.opening_hours)
    .outerjoin(Island, Island.place_id == Place.id)
    .where(Place.is_published)
)
# Statements are built once: building them costs more than running them.
_KEY: sa.BindParameter[Any] = sa.bindparam("key")
_BY_SLUG, _BY_ID = _PLACE.where(Place.slug == _KEY), _PLACE.where(Place.id == _KEY)
_AMENITIES = sa.select(
    PlaceAmenity.amenity, PlaceAmenity.state, PlaceAmenity.detail, PlaceAmenity.confirmed_on,
    PlaceAmenity.confirmed_by, PlaceAmenity.parent_on, PlaceAmenity.doubted_on,
).where(PlaceAmenity.place_id == _KEY).order_by(PlaceAmenity.id)  # fmt: skip
_PROFESSIONALS = (
    sa.select(Professional.profession, Professional.name, Professional.opening_hours, Professional.note)
    .where(Professional.place_id == _KEY)
    .order_by(Professional.id)
)
_AREAS = (
    sa.select(Territory.name, Territory.is_demo)
    .join(PlaceTerritory, PlaceTerritory.territory_id == Territory.id)
    .where(PlaceTerritory.place_id == _KEY)
    .order_by(*ORDER)
)
_OPENINGS = (
    sa.select(PlaceOpening.opens_at, PlaceOpening.closes_at)
    .where(
        PlaceOpening.place_id == _KEY,
        PlaceOpening.closes_at > sa.bindparam("start", type_=UtcDateTime),
        PlaceOpening.opens_at < sa.bindparam("end", type_=UtcDateTime),
    )
    .order_by(PlaceOpening.opens_at)
)


def place_by_slug(slug: str) -> PlaceView | None:
    """The published place at this address."""
    return _one(_BY_SLUG, slug) if _SLUG.match(slug) else None


def place_by_id(place_id: int) -> PlaceView | None:
    """The published place with this key."""
    return _one(_BY_ID, place_id)


def current_slug(old_slug: str) -> str | None:
    """Where a place lives now that once had this slug."""
    if not _SLUG.match(old_slug):
        return None
    return db.session.scalar(
        sa.select(Place.slug)
        .join(PlaceSlug, PlaceSlug.place_id == Place.id)
        .where(PlaceSlug.slug == old_slug, Place.is_published)
    )


def areas_of(place_id: int) -> list[AreaView]:
    """The territories the place lies in, boroughs first."""
    return [AreaView(*row) for row in db.session.execute(_AREAS, {"key": place_id})]


def opening_rows(place_id: int, start: datetime, end: datetime) -> list[Interval]:
    """Stored opening times that meet a stretch of time, in order."""
    rows = db.session.execute(_OPENINGS, {"key": place_id, "start": start, "end": end})
    return [Interval(row[0], row[1]) for row in rows]


def _one(statement: sa.Select[*tuple[Any, ...]], key: str | int) -> PlaceView | None:
    row = db.session.execute(statement, {"key": key}).one_or_none()
    if row is None:
        return None
    values: tuple[Any, ...] = tuple(row)
    count = len(_COLUMNS)
    amenities = db.session.execute(_AMENITIES, {"key": values[0]})
    professionals = db.session.execute(_PROFESSIONALS, {"key": values[0]})
    known: dict[str, Any] = {
        "island": None if values[count] is None else IslandView(*values[count:]),
        "amenities": tuple(_amenity(*amenity) for amenity in amenities),
        "professionals": tuple(ProfessionalView(*professional) for professional in professionals),
    }
    return PlaceView(*values[:count], **known)


def _amenity(
    amenity: Amenity, state: AmenityState, detail: LocalText | None, confirmed_on: date | None,
    confirmed_by: ConfirmedBy | None, parent_on: date | None, doubted_on: date | None,
) -> AmenityView:  # fmt: skip
    word = newest_word(Word(confirmed_by, confirmed_on), parent_on)
    return AmenityView(amenity, state, detail, word.on, word.by, is_doubted=doubted_on is not None)
