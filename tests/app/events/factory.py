"""Places and events for tests, made through the services that the product uses."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from app.core import clock
from app.core.local_text import LocalText
from app.events import service
from app.events.commands import SaveEvent
from app.events.facts import OccurrenceView
from app.events.queries import upcoming
from app.events.rules.schedule import to_local
from app.places.commands import SavePlace
from app.places.rules.vocabulary import PlaceKind
from app.places.service import save_places
from geo.point import Point

ROME = "Europe/Rome"
_numbers = count(1)


def make_place(name: str = "La Lucciola", **changes: Any) -> str:
    """A published bookshop in Milan; returns its public id."""
    facts: dict[str, Any] = {
        "source": "test", "source_id": str(next(_numbers)), "name": name, "kind": PlaceKind.BOOKSHOP,
        "location": Point(lon=9.16, lat=45.45), "tzid": ROME, "country": "IT", "subdivision": "MI",
        "street_address": "via del Rovo", "postal_code": "20144", "locality": "Milano", "name_language": "it",
    }  # fmt: skip
    return save_places([SavePlace(**(facts | changes))])[0].public_id


def event_command(place_id: str, **changes: Any) -> SaveEvent:
    """A reading in two days at 10:00, eight seats."""
    facts: dict[str, Any] = {
        "place_id": place_id, "title": LocalText.of("it", it="Lettura 0-3", en="Reading 0-3"),
        "starts_local": in_days(2), "duration_minutes": 45, "capacity": 8, "languages": ("it",),
    }  # fmt: skip
    return SaveEvent(**(facts | changes))


def in_days(days: int, hour: int = 10) -> datetime:
    """A wall-clock time in Rome, some days from now."""
    day = to_local(clock.now() + timedelta(days=days), ROME)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def make_event(place_id: str | None = None, **changes: Any) -> str:
    """Create it; returns its public id."""
    return service.create_event(event_command(place_id or make_place(), **changes))


def make_date(**changes: Any) -> OccurrenceView:
    """An event with one coming date, and that date."""
    event_id = make_event(**changes)
    return next(date for date in all_dates() if date.event_public_id == event_id)


def all_dates() -> list[OccurrenceView]:
    """Every published date from half a year ago on."""
    return upcoming(from_at=clock.now() - timedelta(days=180), limit=10_000)


def again(date: OccurrenceView) -> OccurrenceView:
    """The same date as it is now."""
    return next(found for found in all_dates() if found.public_id == date.public_id)
