"""What is settled before a place is written: its text cleaned and measured, its identity, its ready map bytes."""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.errors import Invalid
from app.core.text import clean_line
from app.places.commands import AmenityFact, SavePlace
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, PlaceKind, bits
from geo.geojson import point_feature_bytes
from geo.point import Point

# Longest texts that the columns hold.
LIMITS: Mapping[str, int] = {
    "name": 200, "source": 60, "source_id": 120, "street_address": 200, "postal_code": 16, "locality": 120,
    "opening_hours": 1000, "phone": 60, "email": 254, "website": 500, "picture": 120, "subdivision": 8,
}  # fmt: skip
_PEOPLE = frozenset({ConfirmedBy.HOST, ConfirmedBy.PARENT, ConfirmedBy.MANAGER})


class UnusablePlace(Invalid):
    """A place cannot be saved as it was described; the message says which field and why."""


def cleaned(command: SavePlace) -> SavePlace:
    """The command as it is stored: one-line texts, coordinates to 6 decimals (a hand's breadth); raises UnusablePlace."""
    texts = {field: clean_line(getattr(command, field)) for field in LIMITS}
    too_long = [field for field, text in texts.items() if len(text) > LIMITS[field]]
    if too_long:
        raise UnusablePlace(f"{too_long[0]} is longer than {LIMITS[too_long[0]]} characters")
    if not texts["name"] or not texts["source"] or not texts["source_id"]:
        raise UnusablePlace("a place needs a name, a source and an id of that source")
    if len(command.country) != 2:
        raise UnusablePlace(f"{command.country!r} is not a country code of two letters")
    _check_zone(command.tzid)
    changes: dict[str, Any] = {
        **texts,
        "country": command.country.upper(),
        "location": command.location.rounded(6),
    }
    return dataclasses.replace(command, **changes)


def fingerprint(command: SavePlace) -> str:
    """The same for the same description, whatever order its facts come in."""
    fields = dataclasses.asdict(command)
    fields["amenities"] = sorted(fields["amenities"], key=lambda fact: str(fact["amenity"]))
    text = json.dumps(fields, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def merged_facts(stored: Iterable[AmenityFact], said: Iterable[AmenityFact]) -> list[AmenityFact]:
    """What is said now, and of what it leaves out only that which people confirmed, in vocabulary order.

    Where it says what people have confirmed since, their word stays.
    """
    facts = {fact.amenity: fact for fact in stored if fact.confirmed_by in _PEOPLE}
    facts.update({fact.amenity: _with_newer_word(fact, facts.get(fact.amenity)) for fact in said})
    return [facts[amenity] for amenity in Amenity if amenity in facts]


def _with_newer_word(said: AmenityFact, stored: AmenityFact | None) -> AmenityFact:
    if stored is None or stored.state is not said.state or stored.confirmed_on is None:
        return said
    if said.confirmed_on is not None and said.confirmed_on >= stored.confirmed_on:
        return said
    return dataclasses.replace(said, confirmed_on=stored.confirmed_on, confirmed_by=stored.confirmed_by)


@dataclass(frozen=True)
class OnTheMap:
    """What the map's stored bytes say of a place."""

    public_id: str
    slug: str
    name: str
    kind: PlaceKind
    location: Point
    is_island: bool
    is_demo: bool
    amenity_bits: int
    confirmed_on: date | None


def yes_bits(facts: Iterable[tuple[Amenity, AmenityState]]) -> int:
    """The bits of what is there, the doubted ones too: filters stay simple, and the cards say which are doubted."""
    return bits(amenity for amenity, state in facts if state is AmenityState.YES)


def map_feature(place: OnTheMap) -> bytes:
    """What the map needs of a place and does not change with the clock (decisions.md, Stored map bytes)."""
    properties: dict[str, Any] = {
        "id": place.public_id,
        "name": place.name,
        "kind": place.kind.value,
        "island": place.is_island,
        "bits": place.amenity_bits,
        "url": f"/places/{place.slug}",
        "confirmed": place.confirmed_on.isoformat() if place.confirmed_on else None,
    }
    if place.is_demo:
        properties["demo"] = True
    return point_feature_bytes(place.public_id, place.location, properties)


def _check_zone(tzid: str) -> None:
    try:
        ZoneInfo(tzid)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnusablePlace(f"{tzid!r} is not a time zone such as Europe/Rome") from error
