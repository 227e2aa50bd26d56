"""Columns in memory and SQL give the same answers; what is kept is forgotten when a place is saved."""

import json
import random
from datetime import timedelta

import pytest

from app.core import clock
from app.core.database import db, transaction
from app.explore import finding
from app.explore.queries import pins
from app.explore.rules.search import Selection
from app.places.models import Place
from app.places.rules.vocabulary import Amenity, PlaceKind, bits
from app.places.signals import place_saved
from geo.bbox import BBox
from geo.point import Point
from tests.app.explore import factory
from tests.app.explore.factory import NAPOLI, NOON

CITY = BBox(9.0, 45.3, 9.3, 45.6)
SELECTIONS = {
    "all useful": Selection(),
    "everything": Selection(everything=True),
    "a box": Selection(bbox=BBox(9.12, 45.42, 9.16, 45.46)),
    "a box of nothing": Selection(bbox=BBox(8.0, 44.0, 8.1, 44.1)),
    "a box across the antimeridian": Selection(bbox=BBox(179.0, -20.0, -179.0, 20.0), everything=True),
    "two amenities": Selection(mask=bits((Amenity.BABY_FEEDING, Amenity.WATER))),
    "two kinds": Selection(kinds=frozenset((PlaceKind.CAFE, PlaceKind.LIBRARY)), everything=True),
    "islands": Selection(island=True),
    "open now": Selection(open_at=NOON),
    "open later": Selection(open_at=NOON + timedelta(hours=5), everything=True),
    "words": Selection(words=("bottega", "mare")),
    "language": Selection(language="ar"),
    "all at once": Selection(
        mask=bits((Amenity.WATER,)), kinds=frozenset((PlaceKind.CAFE,)), island=True, open_at=NOON,
        bbox=CITY, everything=True, words=("luogo",), language="it",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def town(app):
    """Two hundred places of many sorts, some at the antimeridian, some at the very same point."""
    chance = random.Random(7)
    with app.app_context():
        for hours in ([], None, [(NOON + timedelta(hours=4), NOON + timedelta(hours=8))]):
            factory.store(*(_anywhere(chance) for _ in range(60)), opens=hours)
        factory.store(*(factory.place(NAPOLI) for _ in range(3)))
        factory.store(factory.place(Point(179.5, 1.0)), factory.place(Point(-179.5, -1.0)))
        yield


def _anywhere(chance: random.Random) -> Place:
    # All their digits: the middle of a few rounded points lies half-way between two roundings.
    point = Point(9.1 + chance.random() * 0.1, 45.4 + chance.random() * 0.1)
    amenities = [
        one for one in (Amenity.BABY_FEEDING, Amenity.WATER, Amenity.TOILETS) if chance.random() < 0.5
    ]
    name = f"Bottega {chance.choice(('del mare', 'del monte'))}" if chance.random() < 0.3 else ""
    made = factory.place(
        point, name=name, amenities=amenities, kind=chance.choice([PlaceKind.CAFE, PlaceKind.LIBRARY, PlaceKind.PHARMACY]),
        is_island=chance.random() < 0.2, is_published=chance.random() < 0.9,
    )  # fmt: skip
    made.languages = ["it", "ar"] if chance.random() < 0.5 else ["it"]
    return made


def _both(monkeypatch, ask):
    """The answer from memory, and the one by SQL."""
    remembered = ask()
    with monkeypatch.context() as patch:
        patch.setattr(finding, "_known", lambda minute: None)
        return remembered, ask()


@pytest.mark.parametrize("name", SELECTIONS)
def test_memory_and_sql_agree(town, monkeypatch, name):
    selection = SELECTIONS[name]
    here = Point(9.15, 45.45)

    def answers():
        bars = finding.histogram(selection.unfiltered(), NOON)
        total = sum(bar.count for bar in finding.histogram(selection, NOON))
        nearest = finding.nearest(selection, here, total=total, offset=20, limit=30)
        return {
            "bars": sorted(bars, key=str),
            "total": total,
            "bounds": finding.bounds(selection),
            "order": [place_id for place_id, _metres in nearest],
            "metres": [round(metres, 2) for _place_id, metres in nearest],
            "maps": [
                json.loads(finding.on_map(selection, zoom=zoom, clustered=clustered))
                for zoom, clustered in ((2, True), (12, True), (15, True), (15, False))
            ],
        }

    remembered, by_sql = _both(monkeypatch, answers)
    assert remembered == by_sql


def test_something_is_compared(town):
    """The town has something to say to every question but the one for nothing."""
    empty = [name for name, one in SELECTIONS.items() if not finding.histogram(one, NOON)]
    assert empty == ["a box of nothing"]


def test_a_map_that_fits_no_more_says_so(town, monkeypatch):
    monkeypatch.setattr(pins, "MAX_ROWS", 5)
    for answer in _both(
        monkeypatch, lambda: json.loads(finding.on_map(Selection(), zoom=15, clustered=False))
    ):
        assert (len(answer["features"]), answer["numberMatched"], answer["complete"]) == (5, 5, False)


def test_a_saved_place_is_found_at_once(town):
    before = finding.bounds(Selection(island=True))
    factory.store(factory.place(Point(9.29, 45.59), is_island=True))
    after = finding.bounds(Selection(island=True))
    assert before is not None
    assert after is not None
    assert (after.east, after.north) == (9.29, 45.59) != (before.east, before.north)


def test_a_changed_feature_is_drawn_at_once(town):
    (place_id,) = factory.store(factory.place(Point(9.295, 45.595), name="before"))
    box = Selection(bbox=BBox(9.294, 45.594, 9.296, 45.596))
    assert b"before" in finding.on_map(box, zoom=15, clustered=True)
    with transaction():
        place = db.session.get(Place, place_id)
        place.map_feature = place.map_feature.replace(b"before", b"after")
        place_saved.send(None, place_id=place_id)
    assert b"after" in finding.on_map(box, zoom=15, clustered=True)


def test_very_many_places_are_left_to_the_database(town, monkeypatch):
    monkeypatch.setattr(finding, "MAX_IN_MEMORY", 10)
    assert finding._known(NOON) is None
    assert json.loads(finding.on_map(Selection(), zoom=15, clustered=False))["features"]


def test_the_memory_of_features_is_bounded(town, monkeypatch):
    monkeypatch.setattr(finding, "MAX_FEATURES", 10)
    drawn = json.loads(finding.on_map(Selection(), zoom=15, clustered=False))
    assert len(drawn["features"]) > 100
    known = finding._known(NOON)
    assert known is not None
    assert len(known.features) <= 10
