"""A small stored network for feed tests: places as rows, events through their own service."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from shapely import MultiPolygon, box

from app.core import clock
from app.core.database import db, transaction
from app.core.ids import public_id
from app.core.local_text import LocalText
from app.events.commands import SaveEvent
from app.events.models import Event, Occurrence
from app.events.rules.vocabulary import EventKind, FirstTopic
from app.events.service import create_event
from app.places.models import Place, PlaceTerritory
from app.places.rules.vocabulary import PlaceKind
from app.territories.models import Territory
from app.territories.rules import TerritoryKind
from geo.point import Point

TITLE = LocalText.of("it", it="Lettura 0-3", en="Reading 0-3", ar="قراءة للصغار")


def add_place(slug: str = "la-lucciola", **changes: Any) -> str:
    """A published bookshop; returns its public id."""
    now = clock.now()
    values: dict[str, Any] = {
        "public_id": public_id(), "slug": slug, "name": "La Lucciola", "kind": PlaceKind.BOOKSHOP,
        "location": Point(lon=9.2264, lat=45.4654), "street_address": "Via Negroli 7", "postal_code": "20133",
        "locality": "Milano", "country": "IT", "tzid": "Europe/Rome", "source": "test", "source_id": slug,
        "created_at": now, "updated_at": now, "map_cell": 0, "map_feature": b"{}",
    }  # fmt: skip
    with transaction() as session:
        place = Place(**{**values, **changes})
        session.add(place)
        session.flush()
        return place.public_id


def add_territory(place_public_id: str, code: str = "municipio-4") -> int:
    """A territory in which the place lies; returns its key."""
    with transaction() as session:
        territory = Territory(
            public_id=public_id(), code=code, kind=TerritoryKind.MUNICIPIO, name="Municipio 4", fingerprint="",
            area=MultiPolygon([box(9.2, 45.4, 9.3, 45.5)]), updated_at=clock.now(),
        )  # fmt: skip
        session.add(territory)
        session.flush()
        place_id = session.scalar(sa.select(Place.id).where(Place.public_id == place_public_id))
        session.add(PlaceTerritory(place_id=place_id, territory_id=territory.id))
        return territory.id


def add_event(
    place_public_id: str, *, rrule: str = "FREQ=WEEKLY;COUNT=6", in_days: int = 2, **changes: Any
) -> int:
    """A weekly reading at ten from the day after tomorrow on; returns its key."""
    values: dict[str, Any] = {
        "place_id": place_public_id, "title": TITLE, "starts_local": at_ten(in_days), "duration_minutes": 45,
        "kind": EventKind.READING, "rrule": rrule, "capacity": 8, "topics": frozenset({FirstTopic.READING}),
    }  # fmt: skip
    own_id = create_event(SaveEvent(**{**values, **changes}))
    found = db.session.scalar(sa.select(Event.id).where(Event.public_id == own_id))
    assert found is not None
    return found


def at_ten(in_days: int) -> datetime:
    """Ten on the wall clock, so many days from today."""
    day = clock.now().date() + timedelta(days=in_days)
    return datetime.fromisoformat(f"{day}T10:00")


def dates(event_id: int) -> list[Occurrence]:
    """The rows of an event's dates, in order."""
    query = sa.select(Occurrence).where(Occurrence.event_id == event_id).order_by(Occurrence.recurrence_id)
    return list(db.session.scalars(query))
