"""The first screen: what is listed, in which order, and what is said when nothing fits; on both engines."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock
from app.core.database import db, transaction
from app.explore import home
from app.explore.queries import listing
from app.explore.rules.search import Search
from app.explore.rules.search_parsing import parse
from app.places.models import Place
from app.places.rules.vocabulary import Amenity, PlaceKind
from geo.distance import metres
from geo.point import Point
from tests import engines
from tests.app.explore import factory
from tests.app.explore.factory import NAPOLI, NOON

LATER = [(NOON + timedelta(hours=20), NOON + timedelta(hours=26))]
FATHERS = (Amenity.BABY_FEEDING, Amenity.CHANGING_TABLE, Amenity.CHANGING_TABLE_FATHERS)
NEAR = f"{NAPOLI.lat},{NAPOLI.lon}"


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


def get(client, status=200, **query) -> str:
    response = client.get("/", query_string={"lang": "en", **query})
    assert response.status_code == status
    return response.get_data(as_text=True)


def listed(html: str) -> list[str]:
    """Ids of the cards in their order."""
    return re.findall(r'<article[^>]*data-place="(\w+)"', html)


def public_ids(app, ids) -> list[str]:
    with app.app_context():
        known = {row[0]: row[1] for row in db.session.execute(sa.select(Place.id, Place.public_id))}
    return [known[place_id] for place_id in ids]


def page_for(app, **query):
    with app.test_request_context("/?lang=en"):
        return home.home_page(home.read({name: [str(value)] for name, value in query.items()}))


def test_the_list_is_in_order_of_true_distance(app, client):
    with app.app_context():
        points = [Point(lon=9.15 + 0.013 * i, lat=45.45 - 0.009 * (i % 3)) for i in (4, 1, 3, 0, 2)]
        ids = factory.store(*map(factory.place, points))
    expected = [pair[1] for pair in sorted(zip([metres(NAPOLI, p) for p in points], ids, strict=True))]
    assert listed(get(client, near=NEAR)) == public_ids(app, expected)


def test_without_a_location_open_ones_come_first_then_the_latest_confirmed(app, client):
    with app.app_context():
        old = factory.store(factory.place(NAPOLI, confirmed_on=date(2026, 9, 1)))
        new = factory.store(factory.place(NAPOLI, confirmed_on=date(2026, 11, 1)))
        never = factory.store(factory.place(NAPOLI))
        closed = factory.store(factory.place(NAPOLI, confirmed_on=date(2026, 11, 20)), opens=LATER)
    html = get(client)
    assert listed(html) == public_ids(app, [*new, *old, *never, *closed])
    assert "open ones first" in html


def test_the_list_is_what_the_map_shows(app, client):
    with app.app_context():
        factory.store(
            *[
                factory.place(Point(lon=9.1 + i / 100, lat=45.45), amenities=FATHERS[: i % 4])
                for i in range(12)
            ]
        )
    for query in (
        {},
        {"amenity": "changing_table"},
        {"all": "1"},
        {"open": "now"},
        {"bbox": "9.1,45.4,9.15,45.5"},
    ):
        box = {"bbox": "-180,-90,180,90", **query}
        features = json.loads(client.get("/api/v1/map", query_string=box).data)["features"]
        assert {f["properties"]["id"] for f in features} == set(listed(get(client, **query)))


def test_pages_hold_twenty_and_lead_to_each_other(app, client):
    with app.app_context():
        ids = factory.store(*[factory.place(Point(lon=9.15 + i / 1000, lat=45.45)) for i in range(45)])
    first, second, third = (listed(get(client, near=NEAR, page=page)) for page in (1, 2, 3))
    assert [len(page) for page in (first, second, third)] == [20, 20, 5]
    assert set(first + second + third) == set(public_ids(app, ids))
    shown = page_for(app, near=NEAR, page=2)
    assert shown.pages.text == "Page 2 of 3"
    assert "page=3" in shown.pages.next_url
    assert "page=" not in shown.pages.previous_url
    assert page_for(app, page=9).pages.previous_url.endswith("page=3")


def test_chips_count_what_there_would_be_with_them(app):
    with app.app_context():
        factory.store(
            factory.place(NAPOLI, amenities=FATHERS),
            factory.place(NAPOLI, amenities=FATHERS[:2], kind=PlaceKind.CAFE),
        )
        factory.store(factory.place(NAPOLI), opens=LATER)
    shown = page_for(app, amenity="changing_table")
    counts = {chip.code: chip.count for chip in [*shown.chips, *shown.more_chips, *shown.kind_chips]}
    assert counts["baby_feeding"] == 2
    assert counts["changing_table"] == 2
    assert counts["changing_table_fathers"] == 1
    assert counts["open"] == 2
    assert (counts["pharmacy"], counts["cafe"]) == (1, 1)
    assert [chip.code for chip in shown.chips if chip.selected] == ["changing_table"]
    for chip in shown.chips:
        if not chip.selected:
            asked = parse(parse_qs(urlsplit(chip.url).query)).search
            assert set(asked.amenities) >= {Amenity.CHANGING_TABLE}
            with app.test_request_context("/"):
                assert len(home.home_page(parse(parse_qs(urlsplit(chip.url).query))).cards) == chip.count


def test_the_result_is_said_in_a_sentence(app):
    with app.app_context():
        factory.store(factory.place(NAPOLI, amenities=FATHERS, is_island=True))
        factory.store(factory.place(NAPOLI, amenities=FATHERS, is_island=True), opens=LATER)
    shown = page_for(app, amenity="changing_table_fathers", island=1)
    assert shown.result_text == "2 islands with a changing table for fathers too · 1 open now"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"island": 1}, "2 Isole di Wendy · 1 aperta ora"),
        ({}, "3 luoghi · 2 aperti ora"),
        ({"island": 1, "open": "now"}, "1 Isola di Wendy · aperta adesso"),
        ({"open": "now"}, "2 luoghi · aperti adesso"),
        ({"island": 1, "open": "12:30"}, "1 Isola di Wendy · aperta alle"),
    ],
)
def test_what_is_open_agrees_with_islands_and_with_places(app, client, asked, said):
    with app.app_context():
        factory.store(factory.place(NAPOLI, is_island=True), factory.place(NAPOLI))
        factory.store(factory.place(NAPOLI, is_island=True), opens=LATER)
    assert said in client.get("/", query_string={"lang": "it", **asked}).text


def test_two_taps_lead_to_an_open_table_that_fathers_reach(app):
    with app.app_context():
        good = factory.store(factory.place(NAPOLI, amenities=FATHERS))
        factory.store(factory.place(NAPOLI, amenities=FATHERS), opens=LATER)
        factory.store(factory.place(NAPOLI))
    shown = page_for(app, near=NEAR)
    asked = parse(parse_qs(urlsplit(shown.preset_url).query)).search
    with app.test_request_context("/"):
        found = home.home_page(parse(parse_qs(urlsplit(shown.preset_url).query)))
    assert asked.near is not None
    assert [card.id for card, _ in found.cards] == public_ids(app, good)
    assert found.preset_selected


def test_nothing_open_names_the_next_to_open_and_what_to_drop(app, client):
    with app.app_context():
        factory.store(factory.place(NAPOLI, name="La Lucciola", amenities=FATHERS), opens=LATER)
        factory.store(
            factory.place(NAPOLI, name="Prima ma senza", amenities=()),
            opens=[(NOON + timedelta(hours=1), NOON + timedelta(hours=2))],
        )
    shown = page_for(app, open="now", amenity="changing_table")
    assert "La Lucciola" in shown.empty.text
    assert "tomorrow at 8:00" in shown.empty.text
    assert shown.empty.suggestions[0].text == "Closed ones too: 1 place"
    assert "La Lucciola" in get(client, open="now", amenity="changing_table")


def test_the_next_to_open_is_said_by_the_clocks_of_its_place(app):
    with app.app_context():
        helsinki = factory.place(Point(lon=24.94, lat=60.17), name="Kirjasto")
        helsinki.tzid = "Europe/Helsinki"
        factory.store(helsinki, opens=LATER)
    shown = page_for(app, open="now")
    assert shown.empty.text.startswith("No place with all that you chose is open.")
    assert "tomorrow at 9:00" in shown.empty.text


def test_an_empty_answer_never_is_a_dead_end(app, client):
    assert page_for(app).empty.suggestions
    with app.app_context():
        factory.store(factory.place(NAPOLI))
    shown = page_for(app, amenity="water", kind="cafe")
    assert shown.empty is not None
    assert shown.empty.suggestions
    assert listed(get(client, amenity="water")) == []


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("bbox", "1,2,3"),
        ("bbox", "9,91,9,92"),
        ("amenity", "sauna"),
        ("kind", "volcano"),
        ("page", "-1"),
        ("page", "1e9"),
        ("near", "200,200"),
        ("open", "teatime"),
        ("open", "2031-01-01T10:00"),
        ("sort", "beauty"),
        ("view", "globe"),
        ("island", "maybe"),
        ("where", "x" * 300),
        ("q", "<script>alert(1)</script> " * 9),
    ],
)
def test_a_malformed_parameter_is_explained_and_the_list_is_there_without_it(app, client, parameter, value):
    with app.app_context():
        factory.store(factory.place(NAPOLI))
    html = get(
        client,
        status=400,
        **{
            parameter: value,
            "amenity" if parameter != "amenity" else "kind": "baby_feeding"
            if parameter != "amenity"
            else "pharmacy",
        },
    )
    assert len(listed(html)) == 1
    assert "notice-warning" in html
    assert "<script>alert" not in html


def test_unknown_parameters_are_ignored(app, client):
    with app.app_context():
        factory.store(factory.place(NAPOLI))
    assert len(listed(get(client, utm_source="mail", fbclid="x"))) == 1


def test_forty_amenities_a_box_across_the_antimeridian_and_one_of_no_size(app, client):
    with app.app_context():
        factory.store(factory.place(Point(lon=179.9, lat=0)), factory.place(NAPOLI))
    assert len(listed(get(client, amenity=["baby_feeding"] * 40))) == 2
    assert len(listed(get(client, bbox="179,-1,-179,1"))) == 1
    assert len(listed(get(client, bbox=f"{NAPOLI.lon},{NAPOLI.lat},{NAPOLI.lon},{NAPOLI.lat}"))) == 1


def test_far_from_every_place_the_list_starts_at_a_stated_point(app, client):
    with app.app_context():
        near, far = (
            factory.store(factory.place(NAPOLI)),
            factory.store(factory.place(Point(lon=9.25, lat=45.5))),
        )
    shown = page_for(app, near="41.9,12.5")
    assert shown.far_text == "You are far from Milan: we start at piazza Napoli"
    assert [card.id for card, _ in shown.cards] == public_ids(app, [*near, *far])
    assert page_for(app, near="45.3,9.3").far_text is None


def test_far_away_every_page_goes_on_from_the_stated_point(app):
    with app.app_context():
        ids = factory.store(*(factory.place(Point(lon=9.16 + 0.001 * i, lat=45.45)) for i in range(45)))
    pages = [page_for(app, near="41.9,12.5", page=number) for number in (1, 2, 3)]
    assert {page.near_text for page in pages} == {"near piazza Napoli"}
    assert {page.far_text for page in pages} == {"You are far from Milan: we start at piazza Napoli"}
    found = [card.id for page in pages for card, _ in page.cards]
    assert found == public_ids(app, ids)


def test_far_from_everything_elsewhere_starts_with_the_nearest(app):
    with app.app_context():
        factory.store(factory.place(Point(lon=24.94, lat=60.17)))
    shown = page_for(app, near=NEAR)
    assert shown.far_text == "You are far from all our places: the list starts with the nearest."
    assert len(shown.cards) == 1


def test_a_cold_home_asks_at_most_thirteen_questions(app, client):
    with app.app_context():
        factory.store(*[factory.place(Point(lon=9.1 + i / 100, lat=45.45)) for i in range(30)])
        client.get("/map-0.js")
        engine = db.engine
    with counted_questions(engine) as asked:
        client.get("/", query_string={"near": NEAR, "amenity": "baby_feeding", "lang": "en"})
    assert 1 <= len(asked) <= 13, "\n".join(asked)


@contextmanager
def counted_questions(engine) -> Iterator[list[str]]:
    """SELECTs sent to an engine inside the block."""
    asked: list[str] = []

    def seen(connection, cursor, statement, *rest) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", seen)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", seen)


points = st.builds(
    Point,
    lon=st.integers(900_000, 930_000).map(lambda n: n / 100_000),
    lat=st.integers(4_530_000, 4_560_000).map(lambda n: n / 100_000),
)


@pytest.fixture
def empty_app(spatialite_url, tmp_path):
    with engines.running_app(engines.settings_for(tmp_path, spatialite_url)) as app:
        yield app


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    places=st.lists(points, min_size=1, max_size=25),
    here=points,
    limit=st.integers(1, 30),
    few=st.sampled_from([0, 500]),
)
def test_any_list_is_in_order_of_true_distance(empty_app, places, here, limit, few):
    with empty_app.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "FEW_PLACES", few)
        with transaction() as session:
            session.execute(sa.delete(Place))
        ids = factory.store(*map(factory.place, places))
        found = listing.nearest(
            Search().selection(NOON, NOON.tzinfo), here, total=len(ids), offset=0, limit=limit
        )
        true = sorted((metres(here, point), place_id) for point, place_id in zip(places, ids, strict=True))
        assert [pair[1] for pair in found] == pytest.approx(
            [pair[0] for pair in true[: len(found)]], abs=0.01
        )
        assert len(found) == min(limit, len(ids))
