"""/api/v1/map: pins, clusters, filters, and what it says to a wrong question; on both engines."""

import json
from datetime import timedelta

import pytest

from app.core import clock
from app.places.rules.vocabulary import Amenity, PlaceKind
from geo.cluster import MAX_PINS
from geo.point import Point
from tests.app.explore import factory
from tests.app.explore.factory import NAPOLI, NOON

AROUND = "9.0,45.3,9.3,45.6"


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


def ask(client, **query):
    response = client.get("/api/v1/map", query_string={"bbox": AROUND, "zoom": 13, **query})
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.mimetype == "application/geo+json"
    return json.loads(response.data)


def shown(answer) -> set[str]:
    return {feature["properties"]["name"] for feature in answer["features"]}


def grid(number: int, step: float = 0.004):
    points = [Point(lon=9.1 + step * (i % 10), lat=45.42 + step * (i // 10)) for i in range(number)]
    return [factory.place(point, name=f"p{i}") for i, point in enumerate(points)]


def test_a_pin_tells_whether_the_place_is_open(app, client):
    with app.app_context():
        factory.store(factory.place(NAPOLI, name="open"))
        factory.store(
            factory.place(NAPOLI, name="closed"),
            opens=[(NOON + timedelta(hours=3), NOON + timedelta(hours=4))],
        )
        factory.store(factory.place(NAPOLI, name="not known"), opens=[])
    features = ask(client)["features"]
    assert {f["properties"]["name"]: f["properties"]["open"] for f in features} == {
        "open": True, "closed": False, "not known": None,
    }  # fmt: skip
    assert shown(ask(client, open="now")) == {"open"}
    assert shown(ask(client, open="15:30")) == {"closed"}


def test_an_opening_begins_at_its_minute_and_is_over_at_its_end(app, client):
    with app.app_context():
        factory.store(factory.place(NAPOLI), opens=[(NOON, NOON + timedelta(hours=1))])
    assert len(ask(client, open="now")["features"]) == 1
    assert len(ask(client, open="13:00")["features"]) == 0
    assert len(ask(client, open="12:59")["features"]) == 1


def test_filters_combine(app, client):
    both, kind = (Amenity.BABY_FEEDING, Amenity.WATER), PlaceKind.CAFE
    with app.app_context():
        factory.store(
            factory.place(NAPOLI, name="both", amenities=both),
            factory.place(NAPOLI, name="cafe", amenities=both, kind=kind, is_island=True),
            factory.place(NAPOLI, name="feeding"),
            factory.place(NAPOLI, name="nothing", amenities=()),
            factory.place(NAPOLI, name="island", amenities=(), is_island=True),
            factory.place(NAPOLI, name="draft", is_published=False),
        )
    assert shown(ask(client)) == {"both", "cafe", "feeding", "island"}
    assert shown(ask(client, all=1)) == {"both", "cafe", "feeding", "island", "nothing"}
    assert shown(ask(client, amenity=["water", "baby_feeding"])) == {"both", "cafe"}
    assert shown(ask(client, amenity="water", kind="cafe")) == {"cafe"}
    assert shown(ask(client, kind=["cafe", "pharmacy"], island=1)) == {"cafe", "island"}
    assert shown(ask(client, q="FEED")) == {"feeding"}
    assert shown(ask(client, q="100%")) == set()


def test_up_to_forty_are_pins_and_more_are_clusters_that_count_them_all(app, client):
    with app.app_context():
        factory.store(*grid(MAX_PINS))
    assert len(ask(client)["features"]) == MAX_PINS
    with app.app_context():
        factory.store(*grid(30))
    answer = ask(client, bbox="9.0,45.3,9.3,45.61")  # on PostgreSQL the old answer may stand for a second
    numbers = [feature["properties"].get("cluster", 1) for feature in answer["features"]]
    assert sum(numbers) == answer["numberMatched"] == MAX_PINS + 30
    assert len(numbers) <= MAX_PINS
    assert max(numbers) > 1
    for feature in answer["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        west, south, east, north = feature["properties"].get("bounds", [lon, lat, lon, lat])
        assert west <= lon <= east
        assert south <= lat <= north


def test_a_place_alone_in_its_cell_stays_a_pin(app, client):
    with app.app_context():
        factory.store(
            *[factory.place(NAPOLI) for _ in range(MAX_PINS)],
            factory.place(Point(lon=9.02, lat=45.58), name="alone"),
        )
    features = ask(client)["features"]
    assert [f["properties"].get("cluster") for f in features] == [MAX_PINS, None]
    assert features[1]["properties"]["name"] == "alone"


def test_without_clusters_at_most_five_hundred(app, client):
    with app.app_context():
        factory.store(*grid(501, step=0.002))
    answer = ask(client, cluster=0, bbox="-180,-90,180,90")
    assert (len(answer["features"]), answer["complete"]) == (500, False)


def test_a_box_across_the_antimeridian_and_one_of_no_size(app, client):
    with app.app_context():
        factory.store(
            factory.place(Point(lon=179.99, lat=0), name="west of it"),
            factory.place(Point(lon=-179.99, lat=0), name="east of it"),
            factory.place(NAPOLI, name="napoli"),
        )
    assert shown(ask(client, bbox="179,-1,-179,1")) == {"west of it", "east of it"}
    assert shown(ask(client, bbox=f"{NAPOLI.lon},{NAPOLI.lat},{NAPOLI.lon},{NAPOLI.lat}")) == {"napoli"}
    assert shown(ask(client, bbox="-180,-90,180,90")) == {"west of it", "east of it", "napoli"}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("bbox", "1,2,3"),
        ("bbox", "9,91,9,92"),
        ("bbox", "500,45,501,46"),
        ("bbox", "inf,1,2,3"),
        ("amenity", "sauna"),
        ("kind", "volcano"),
        ("open", "later"),
        ("zoom", "-3"),
        ("zoom", "99"),
        ("cluster", "2"),
        ("all", "maybe"),
        ("page", "1"),
        ("utm_source", "x"),
        ("lang", "tlh"),
    ],
)
def test_an_unknown_or_malformed_parameter_is_a_problem_that_names_it(client, parameter, value):
    response = client.get("/api/v1/map", query_string={parameter: value})
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert response.json["parameter"] == parameter


def test_forty_amenities_are_fine_and_forty_one_are_not(client):
    assert client.get("/api/v1/map?" + "&".join(["amenity=water"] * 40)).status_code == 200
    assert client.get("/api/v1/map?" + "&".join(["amenity=water"] * 41)).status_code == 400


def test_an_unchanged_answer_is_not_sent_again(app, client):
    with app.app_context():
        factory.store(factory.place(NAPOLI))
    first = client.get(f"/api/v1/map?bbox={AROUND}")
    again = client.get(f"/api/v1/map?bbox={AROUND}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with app.app_context():
        factory.store(factory.place(NAPOLI))
    assert "Set-Cookie" not in first.headers
    with clock.frozen(NOON + timedelta(minutes=1)):
        changed = client.get(
            f"/api/v1/map?bbox={AROUND}&zoom=1", headers={"If-None-Match": first.headers["ETag"]}
        )
    assert changed.status_code == 200
