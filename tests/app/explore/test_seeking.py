"""What somebody means by what they typed, on both engines: a whereabouts, a name, filters."""

import re

import pytest

from app.core import clock
from app.explore.rules.gazetteer import GazetteerKind
from app.places.rules.vocabulary import PlaceKind
from geo.point import Point
from tests.app.explore import factory
from tests.app.explore.factory import NAPOLI, NOON

LORETO, CORVETTO = Point(lon=9.2161, lat=45.4858), Point(lon=9.224, lat=45.44)


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def city(app):
    """A pharmacy and a bookshop, a stop with its square, a street with a house."""
    with app.app_context():
        pharmacy = factory.place(NAPOLI, name="Farmacia del Barcone")
        pharmacy.street_address, pharmacy.postal_code = "Via Cola Montano 12", "20159"
        shop = factory.place(CORVETTO, name="La Lucciola, libri per bambini", kind=PlaceKind.BOOKSHOP)
        shop.street_address, shop.postal_code = "Via Polesine 3", "20139"
        factory.store(pharmacy, shop)
        factory.name("Loreto", LORETO, GazetteerKind.STOP)
        factory.name("Piazzale Loreto", Point(lon=9.2165, lat=45.4855))
        factory.name("Via Savona", Point(lon=9.161, lat=45.453))
        factory.name("Via Savona 10", Point(lon=9.165, lat=45.455), GazetteerKind.ADDRESS)
    return app


def get(client, where: str, **more):
    return client.get("/", query_string={"where": where, "lang": "en", **more})


def near(client, where: str) -> str:
    html = get(client, where).get_data(as_text=True)
    found = re.search(r"· (near [^<]+?)\s*</h2>", html)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("loreto", "near Loreto"),
        ("loretto", "near Loreto"),
        ("P.le Loretto", "near Piazzale Loreto"),
        ("metro loreto", "near Loreto"),
        ("via savona 10", "near Via Savona 10"),
        ("savona via 99", "near Via Savona"),
        ("20159", "near 20159"),
        ("via polesine", "near Via Polesine"),
        ("via cola montano 4", "near Via Cola Montano"),
        ("lucciola", "near La Lucciola, libri per bambini"),
        ("la luciola", "near La Lucciola, libri per bambini"),
        ("https://www.openstreetmap.org/?mlat=45.44&mlon=9.22#map=17/45/9", "near the point of your link"),
        ("https://www.google.com/maps/place/Milano/@45.46,9.19,14z/data=!3m1!4b1!4m6!3d45.4642!4d9.19", "near the point of your link"),
    ],
)  # fmt: skip
def test_a_stop_a_street_a_house_a_postcode_or_a_name_say_where_one_is(city, client, typed, said):
    assert near(client, typed) == said


def test_a_place_that_bears_the_name_is_linked_and_stands_first(city, client):
    html = get(client, "luciola").get_data(as_text=True)
    assert re.search(r'class="named">.*?<a[^>]+href="/places/[^"]+">La Lucciola', html, re.DOTALL)
    assert "La Lucciola" in re.findall(r"<article.*?</article>", html, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("fasciatojo", "/?amenity=changing_table"),
        ("nursery loretto", "/?where=loretto&amenity=baby_feeding&amenity=changing_table"),
        ("farmacia aperta ora", "/?kind=pharmacy&open=now"),
        ("تغيير حفاض", "/?amenity=changing_table"),
    ],
)
def test_typed_filters_become_filters_in_the_address(city, client, typed, address):
    answer = get(client, typed)
    assert (answer.status_code, answer.location) == (302, address)
    assert client.get(answer.location).status_code == 200


def test_a_town_that_looks_like_a_slip_stays_a_town(city, client):
    assert get(client, "cambiago").location == "/?amenity=changing_table"
    with city.app_context():
        factory.name("Cambiago", Point(lon=9.42, lat=45.57), GazetteerKind.STOP)
    assert near(client, "cambiago") == "near Cambiago"


def test_the_name_of_a_place_that_begins_with_its_kind_stays_a_name(city, client):
    assert get(client, "Farmacia del Barcone").status_code == 200
    assert near(client, "farmacia barcone") == "near Farmacia del Barcone"


def test_typed_filters_join_those_that_are_set(city, client):
    answer = get(client, "microonde", amenity="changing_table", view="map")
    assert answer.location == "/?amenity=changing_table&amenity=microwave&view=map"


@pytest.mark.parametrize(
    "typed", ["https://maps.app.goo.gl/xyz", "geo:", "http://x", "🍼🍼", "\u202eoterol", "x" * 200, "' OR 1=1 --", "%", "_", "a b c d e f g h i j"]
)  # fmt: skip
def test_what_cannot_be_found_is_explained_and_kept(city, client, typed):
    answer = get(client, typed)
    html = answer.get_data(as_text=True)
    assert answer.status_code in {200, 400}
    assert 'id="where"' in html
