"""Places, openings and typed names put into a test's database without the importers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from app.core.database import db, transaction
from app.core.ids import public_id
from app.explore.models import GazetteerEntry
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.ranking import Subject
from app.explore.rules.street_words import compared
from app.explore.service import index
from app.places.models import Place, PlaceOpening
from app.places.rules.vocabulary import Amenity, PlaceKind, bits
from app.places.signals import place_saved
from geo.geojson import point_feature_bytes
from geo.mercator import morton
from geo.point import Point

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)  # a Wednesday, 12:00 in Milan
NAPOLI = Point(lon=9.1519, lat=45.4523)
FEEDING = (Amenity.BABY_FEEDING,)
_numbers = iter(range(1, 10_000_000))


def place(
    point: Point,
    *,
    name: str = "",
    amenities: Sequence[Amenity] = FEEDING,
    kind: PlaceKind = PlaceKind.PHARMACY,
    is_island: bool = False,
    confirmed_on: date | None = None,
    is_published: bool = True,
) -> Place:
    """A place as places.service would store it."""
    number = next(_numbers)
    key, name = public_id(), name or f"Luogo {number}"
    return Place(
        public_id=key, slug=f"luogo-{number}", name=name, kind=kind, location=point, country="IT", tzid="Europe/Rome",
        source="test", source_id=str(number), created_at=NOON, updated_at=NOON, is_island=is_island,
        amenity_bits=bits(amenities), confirmed_on=confirmed_on, map_cell=morton(point), is_published=is_published,
        map_feature=point_feature_bytes(key, point, {"id": key, "kind": kind.value, "name": name}),
    )  # fmt: skip


def store(*places: Place, opens: Sequence[tuple[datetime, datetime]] | None = None) -> list[int]:
    """Save places; each is open as `opens` says (default: from two hours before noon to two hours after)."""
    hours = [(NOON - timedelta(hours=2), NOON + timedelta(hours=2))] if opens is None else opens
    with transaction() as session:
        session.add_all(places)
        session.flush()
        ids = [item.id for item in places]
        for place_id in ids:
            place_saved.send(None, place_id=place_id)
        session.add_all(
            PlaceOpening(place_id=place_id, opens_at=begin, closes_at=end)
            for place_id in ids
            for begin, end in hours
        )
    return ids


def name(text: str, point: Point, kind: GazetteerKind = GazetteerKind.STREET) -> None:
    """A name that people may type."""
    with transaction():
        entry = GazetteerEntry(kind=kind, name=text, folded=compared(text), location=point, source="test")
        db.session.add(entry)
        db.session.flush()
        if kind is not GazetteerKind.ADDRESS:
            index(Subject(kind.value), [entry.id])
