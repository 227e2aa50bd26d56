"""The stored bytes of a feed, and what decides whether joined bytes are still right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from app.core import state
from app.core.database import db
from app.events.models import Event, Occurrence
from app.feeds.models import CalendarEntry, FeedEvent, FeedVersion
from app.feeds.rules.keys import NETWORK
from app.places.models import Place, PlaceTerritory

WINDOW_STATE = "feeds_window_from"


@dataclass(frozen=True)
class FeedState:
    """When a feed last changed, and from which day on it shows events (None: all)."""

    version: int
    changed_at: datetime | None
    window_from: date | None


@dataclass(frozen=True)
class StoredEntries:
    """The bytes of a feed's events in order, and the zones that they name."""

    tzids: frozenset[str]
    contents: list[bytes]


@dataclass(frozen=True)
class FeedPlace:
    """A place as its feed needs it."""

    id: int
    slug: str
    name: str
    tzid: str
    is_demo: bool
    is_published: bool
    updated_at: datetime


# Built once: every page of a place asks for it.
_KEY: sa.BindParameter[Any] = sa.bindparam("key")
_PLACE = sa.select(
    Place.id, Place.slug, Place.name, Place.tzid, Place.is_demo, Place.is_published, Place.updated_at
)
_BY_ID, _BY_SLUG = _PLACE.where(Place.id == _KEY), _PLACE.where(Place.slug == _KEY, Place.is_published)


def feed_state(key: str) -> FeedState:
    """Two small questions, asked before joined bytes are used again."""
    row = db.session.execute(
        sa.select(FeedVersion.version, FeedVersion.changed_at).where(FeedVersion.key == key)
    ).one_or_none()
    return FeedState(row.version if row else 0, row.changed_at if row else None, window_from())


def window_from() -> date | None:
    """The day before which events have left the feeds; the daily job moves it."""
    stored = state.read(WINDOW_STATE)
    return date.fromisoformat(stored) if stored else None


def entries(key: str, language: str, window: date | None) -> StoredEntries:
    """The stored bytes of every event in a feed that has a date after the window's start, in order of event.

    Thousands of rows: a plain statement on the connection, in the order of the index, values as the driver gives them.
    """
    query = (
        sa.select(CalendarEntry.tzid, sa.type_coerce(CalendarEntry.content, sa.types.NullType))
        .join(FeedEvent, FeedEvent.event_id == CalendarEntry.event_id)
        .where(FeedEvent.key == key, CalendarEntry.language == language)
        .order_by(FeedEvent.event_id)
    )
    if window is not None:
        still_shown = sa.select(Occurrence.id).where(
            Occurrence.event_id == FeedEvent.event_id, Occurrence.ends_at >= _midnight(window)
        )
        query = query.where(still_shown.exists())
    rows: Sequence[Any] = db.session.connection().execute(query).all()
    return StoredEntries(frozenset(row[0] for row in rows), [row[1] for row in rows])


def keys_left_behind(old: date, new: date) -> set[str]:
    """The feeds of events whose last date ended on a day from `old` until before `new`."""
    last_end = sa.func.max(Occurrence.ends_at)
    ended = sa.select(Occurrence.event_id).group_by(Occurrence.event_id)
    ended = ended.having(last_end >= _midnight(old), last_end < _midnight(new))
    return set(db.session.scalars(sa.select(FeedEvent.key).where(FeedEvent.event_id.in_(ended)).distinct()))


def event_ids_under(key: str) -> set[int]:
    """The events that stand in a feed."""
    return set(db.session.scalars(sa.select(FeedEvent.event_id).where(FeedEvent.key == key)))


def public_event_ids_in(territory_id: int) -> set[int]:
    """The events of the network's feed whose place lies in a territory."""
    query = (
        sa.select(FeedEvent.event_id)
        .join(Event, Event.id == FeedEvent.event_id)
        .join(PlaceTerritory, PlaceTerritory.place_id == Event.place_id)
        .where(FeedEvent.key == NETWORK, PlaceTerritory.territory_id == territory_id)
    )
    return set(db.session.scalars(query))


def all_event_ids() -> list[int]:
    """Every event, published or not."""
    return list(db.session.scalars(sa.select(Event.id).order_by(Event.id)))


def event_id_of(occurrence_id: int) -> int | None:
    """The event that a date belongs to."""
    return db.session.scalar(sa.select(Occurrence.event_id).where(Occurrence.id == occurrence_id))


def event_id_of_date(public_id: str) -> int | None:
    """The event that a date belongs to, by the id in the date's address."""
    return db.session.scalar(sa.select(Occurrence.event_id).where(Occurrence.public_id == public_id))


def place_by_id(place_id: int) -> FeedPlace | None:
    """A place, published or not."""
    return _place(_BY_ID, place_id)


def place_by_slug(slug: str) -> FeedPlace | None:
    """A published place."""
    return _place(_BY_SLUG, slug)


def has_demo_events(key: str) -> bool:
    """Whether a feed holds made-up events."""
    query = sa.select(Event.id).join(FeedEvent, FeedEvent.event_id == Event.id)
    return db.session.scalar(query.where(FeedEvent.key == key, Event.is_demo).limit(1)) is not None


def _place(statement: sa.Select[*tuple[Any, ...]], key: int | str) -> FeedPlace | None:
    row = db.session.execute(statement, {"key": key}).one_or_none()
    return FeedPlace(*row) if row else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
