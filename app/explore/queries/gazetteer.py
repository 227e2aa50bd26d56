"""What the index of words found, as points on the map and as pages: streets, stops, neighbourhoods, places, events."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.database import db
from app.core.local_text import LocalText, Text
from app.events.models import Event, Occurrence
from app.events.rules.vocabulary import OccurrenceStatus
from app.explore.models import GazetteerEntry
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.ranking import Hit, Subject
from app.explore.rules.street_words import compared
from app.explore.rules.where import Spot, WhereKind
from app.places.models import Place
from app.places.rules.vocabulary import PlaceKind
from app.territories.models import Territory
from geo.point import Point

LISTED = (Subject.STREET, Subject.STOP, Subject.POSTCODE)


@dataclass(frozen=True)
class FoundPlace:
    """A place as a search names it."""

    slug: str
    name: Text
    kind: PlaceKind
    location: Point
    street_address: str
    postal_code: str


@dataclass(frozen=True)
class FoundEvent:
    """An event with a date ahead, as a search names it."""

    slug: str
    title: LocalText


def spots(hits: Sequence[Hit]) -> dict[Hit, Spot]:
    """The points of the hits that are streets, stops, postcodes and neighbourhoods; two statements."""
    found: dict[tuple[Subject, int], Spot] = {}
    listed = [hit.entry.subject_id for hit in hits if hit.entry.subject in LISTED]
    if listed:
        for entry in db.session.scalars(sa.select(GazetteerEntry).where(GazetteerEntry.id.in_(listed))):
            found[Subject(entry.kind.value), entry.id] = _spot(entry)
    inside = [hit.entry.subject_id for hit in hits if hit.entry.subject is Subject.NEIGHBOURHOOD]
    found.update({(Subject.NEIGHBOURHOOD, key): spot for key, spot in _neighbourhoods(inside).items()})
    keys = ((hit, (hit.entry.subject, hit.entry.subject_id)) for hit in hits)
    return {hit: found[key] for hit, key in keys if key in found}


def house(street: str, number: str) -> Spot | None:
    """The very house, where address points were imported."""
    wanted = (GazetteerEntry.kind == GazetteerKind.ADDRESS, GazetteerEntry.folded == f"{street} {number}")
    entry = db.session.scalar(sa.select(GazetteerEntry).where(*wanted).limit(1))
    return _spot(entry) if entry else None


def houses(words: Sequence[str]) -> Spot | None:
    """The same where streets were not imported beside their houses."""
    wanted = (GazetteerEntry.kind == GazetteerKind.ADDRESS, GazetteerEntry.folded == " ".join(words))
    entry = db.session.scalar(sa.select(GazetteerEntry).where(*wanted).limit(1))
    return _spot(entry) if entry else None


def places(ids: Collection[int]) -> dict[int, FoundPlace]:
    """Published places by key."""
    columns = (
        Place.id, Place.slug, Place.name, Place.name_language, Place.kind, Place.location, Place.street_address,
        Place.postal_code,
    )  # fmt: skip
    rows = db.session.execute(sa.select(*columns).where(Place.id.in_(ids), Place.is_published)) if ids else ()
    return {
        row.id: FoundPlace(
            row.slug,
            Text(row.name, row.name_language),
            row.kind,
            row.location,
            row.street_address,
            row.postal_code,
        )
        for row in rows
    }


def events(ids: Collection[int], *, from_at: datetime) -> dict[int, FoundEvent]:
    """Published events by key that still take place."""
    ahead = sa.exists().where(
        Occurrence.event_id == Event.id,
        Occurrence.ends_at > from_at,
        Occurrence.status != OccurrenceStatus.CANCELLED,
    )
    query = sa.select(Event.id, Event.slug, Event.title).where(Event.id.in_(ids), Event.is_published, ahead)
    return {row.id: FoundEvent(row.slug, row.title) for row in db.session.execute(query)} if ids else {}


def _spot(entry: GazetteerEntry) -> Spot:
    return Spot(entry.name, entry.folded, WhereKind(entry.kind.value), entry.location)


def _neighbourhoods(ids: Collection[int]) -> dict[int, Spot]:
    """At a point that surely lies inside."""
    if not ids:
        return {}
    inside = sa.func.ST_PointOnSurface(sa.type_coerce(sa.literal_column("territory.area"), sa.types.NullType))
    columns: tuple[Any, ...] = (Territory.id, Territory.name, sa.func.ST_X(inside), sa.func.ST_Y(inside))
    rows = db.session.execute(sa.select(*columns).where(Territory.id.in_(ids)))
    return {
        key: Spot(name, compared(name), WhereKind.NEIGHBOURHOOD, Point(lon=lon, lat=lat))
        for key, name, lon, lat in rows
    }
