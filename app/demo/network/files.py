"""Reads the TOML files of this folder into frozen values; a mistake in them is an error that names the file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core.local_text import LocalText
from geo.point import Point

FOLDER = Path(__file__).resolve().parent
LANGUAGES = ("it", "en", "ar")
PLACE_FILES = (
    "navigli_tortona",
    "giambellino_lorenteggio",
    "barona",
    "porta_romana_calvairate",
    "corvetto_rogoredo",
    "forlanini_santa_giulia",
)


class DemoDataError(ValueError):
    """A data file of the demo network cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Subject:
    """What a picture shows: SVG path data in a box of 200 × 140, warm parts, small copies, alternative text."""

    lines: str
    glow: str = ""
    repeat: tuple[tuple[float, ...], ...] = ()
    alt: LocalText | None = None


@dataclass(frozen=True)
class Picture:
    """A subject under a sky ("sun" or "moon"); the seed varies waves and light."""

    subject: str
    sky: str
    seed: int


@dataclass(frozen=True)
class Helper:
    """A professional: first name only, hours in OSM syntax."""

    profession: str
    name: str
    hours: str
    note: LocalText | None


@dataclass(frozen=True)
class DemoPlace:
    """One made-up place. `confirmed` is (days ago, by whom); `membership` is None where it is no island."""

    id: str
    name: str
    kind: str
    location: Point
    street: str
    postcode: str
    hours: str
    corner_hours: str
    languages: tuple[str, ...]
    membership: str | None
    since: date | None
    confirmed: tuple[int, str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    details: Mapping[str, LocalText]
    description: LocalText
    access: LocalText | None
    helpers: tuple[Helper, ...]
    picture: Picture


def read(name: str) -> dict[str, Any]:
    """The raw content of `<name>.toml`."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DemoDataError(f"{path.name}: {error}") from error


def text(table: Mapping[str, Any], original: str = "it") -> LocalText | None:
    """The translations in a table, or None where it has none."""
    texts = {language: str(table[language]) for language in LANGUAGES if language in table}
    return LocalText.of(original, **texts) if texts else None


@lru_cache
def subjects() -> Mapping[str, Subject]:
    """Every subject by name."""
    tables = {**read("subjects_shops"), **read("subjects_spaces")}
    return {
        name: Subject(
            lines=table["lines"],
            glow=table.get("glow", ""),
            repeat=tuple(tuple(copy) for copy in table.get("repeat", ())),
            alt=text(table),
        )
        for name, table in tables.items()
    }


@lru_cache
def places() -> tuple[DemoPlace, ...]:
    """All demo places, in the order of the files."""
    details = {name: text(table) for name, table in read("details").items()}
    return tuple(_place(table, details) for name in PLACE_FILES for table in read(name)["place"])


def _place(table: Mapping[str, Any], details: Mapping[str, LocalText | None]) -> DemoPlace:
    description = text(table)
    if description is None:
        raise DemoDataError(f"{table['id']} has no description")
    lon, lat = table["at"]
    days, by = table["confirmed"]
    return DemoPlace(
        id=table["id"],
        name=table["name"],
        kind=table["kind"],
        location=Point(lon=lon, lat=lat),
        street=table["street"],
        postcode=table["postcode"],
        hours=table["hours"],
        corner_hours=table.get("corner", ""),
        languages=tuple(table["languages"]),
        membership=table.get("island"),
        since=table.get("since"),
        confirmed=(days, by),
        yes=tuple(table["yes"]),
        no=tuple(table.get("no", ())),
        details={amenity: _detail(details, name) for amenity, name in table.get("details", {}).items()},
        description=description,
        access=text(table.get("access", {})),
        helpers=tuple(_helper(helper) for helper in table.get("professional", ())),
        picture=Picture(**table["picture"]),
    )


def _detail(details: Mapping[str, LocalText | None], name: str) -> LocalText:
    detail = details.get(name)
    if detail is None:
        raise DemoDataError(f"details.toml has no {name!r}")
    return detail


def _helper(table: Mapping[str, Any]) -> Helper:
    return Helper(table["profession"], table["name"], table["hours"], text(table))
