"""The demo's events, people, borders and gazetteer, read from the TOML files beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Any

from app.core.local_text import LocalText
from app.demo.network.files import DemoDataError, read, text
from app.demo.rules import EVERY_WEEK, Day, read_day
from app.events.rules.bodies import Speaker, read_speakers
from geo.point import Point

EVENT_FILES = ("events_stories", "events_weekly")


@dataclass(frozen=True)
class Move:
    """The next date is moved by so many days, to this hour."""

    days: int
    at: time


@dataclass(frozen=True)
class DemoEvent:
    """One made-up event. `leave` = seats left once the made-up families have booked (None: nobody books).

    `also` are further answers of the host's form, as SaveEvent names them.
    """

    key: str
    place: str
    kind: str
    topics: tuple[str, ...]
    day: Day
    at: time
    minutes: int
    rrule: str
    title: LocalText
    description: LocalText | None
    bring: LocalText | None
    languages: tuple[str, ...]
    ages: tuple[int, int] | None
    price: str
    organisers: tuple[str, ...]
    partners: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    proposed_by: str
    capacity: int | None
    counted_as: str
    leave: int | None
    waiting: int
    move: Move | None
    is_next_cancelled: bool
    also: Mapping[str, Any]


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to try out; `entry` names a door in /demo ("" = none)."""

    email: str
    name: str
    language: str
    role: str
    entry: str
    places: tuple[str, ...]
    territories: tuple[str, ...]


@dataclass(frozen=True)
class DemoTerritory:
    """An approximate border: corners as (longitude, latitude)."""

    code: str
    kind: str
    name: str
    ring: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class DemoStreet:
    """A street or stop and about where it is."""

    kind: str
    name: str
    location: Point


@lru_cache
def events() -> tuple[DemoEvent, ...]:
    """All demo events."""
    return tuple(_event(table) for name in EVENT_FILES for table in read(name)["event"])


@lru_cache
def people() -> tuple[DemoPerson, ...]:
    """All demo people."""
    return tuple(
        DemoPerson(
            email=table["email"],
            name=table["name"],
            language=table.get("language", "it"),
            role=table["role"],
            entry=table.get("entry", ""),
            places=tuple(table.get("places", ())),
            territories=tuple(table.get("territories", ())),
        )
        for table in read("people")["person"]
    )


@lru_cache
def territories() -> tuple[DemoTerritory, ...]:
    """Municipi 4 and 6, approximately."""
    return tuple(
        DemoTerritory(
            table["code"], table["kind"], table["name"], tuple((lon, lat) for lon, lat in table["ring"])
        )
        for table in read("territories")["territory"]
    )


@lru_cache
def gazetteer() -> tuple[DemoStreet, ...]:
    """A few streets and stops around the demo places."""
    tables = read("gazetteer")
    return tuple(
        DemoStreet(kind, name, Point(lon=lon, lat=lat))
        for kind, key in (("stop", "stops"), ("street", "streets"))
        for name, lon, lat in tables[key]
    )


def _event(table: Mapping[str, Any]) -> DemoEvent:
    title = text(table["title"])
    if title is None:
        raise DemoDataError(f"{table['key']} has no title")
    day = read_day(table["day"], table.get("once"))
    ages = table.get("ages")
    move = table.get("moved")
    return DemoEvent(
        key=table["key"],
        place=table["place"],
        kind=table["kind"],
        topics=tuple(table["topics"]),
        day=day,
        at=time.fromisoformat(table["at"]),
        minutes=table["minutes"],
        rrule=table.get("rrule", EVERY_WEEK if day.is_series else ""),
        title=title,
        description=text(table),
        bring=text(table.get("bring", {})),
        languages=tuple(table["languages"]),
        ages=None if ages is None else (ages[0], ages[1]),
        price=table.get("price", ""),
        organisers=tuple(table.get("organisers", ())),
        partners=tuple(table.get("partners", ())),
        speakers=read_speakers("\n".join(table.get("speakers", ()))),
        proposed_by=table.get("proposed", "host"),
        capacity=table.get("capacity"),
        counted_as=table.get("counted", "everybody"),
        leave=table.get("leave"),
        waiting=table.get("waiting", 0),
        move=None if move is None else Move(move["days"], time.fromisoformat(move["at"])),
        is_next_cancelled=table.get("cancelled", False),
        also=table.get("also", {}),
    )
