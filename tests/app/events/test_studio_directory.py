"""Who looks after many places finds one of them: by its name or street, by the part of the city, page by page."""

import re

import pytest
from flask import Flask
from shapely import MultiPolygon, box

from app.core.actor import Grant, Role
from app.events import service
from app.events.studio_directory import PLACES_ON_A_PAGE
from app.events.studio_pages import FEW_PLACES
from app.places.queries import staff_place
from app.territories.commands import SaveTerritory
from app.territories.queries import by_code
from app.territories.rules import TerritoryKind
from app.territories.service import save_territories
from geo.point import Point
from tests.app.events.browsing import enter
from tests.app.events.counting import statements
from tests.app.events.factory import all_dates, event_command, make_event, make_place
from tests.client import CheckingClient

WEST, EAST = Point(lon=9.1, lat=45.45), Point(lon=9.3, lat=45.45)


@pytest.fixture
def city(app: Flask) -> dict[str, int]:
    """Two boroughs, one with two neighbourhoods; their keys by code."""
    areas = {
        "municipio-8": (TerritoryKind.MUNICIPIO, 9.0, 9.2),
        "municipio-9": (TerritoryKind.MUNICIPIO, 9.2, 9.4),
        "nil-1": (TerritoryKind.NEIGHBOURHOOD, 9.2, 9.29),
        "nil-2": (TerritoryKind.NEIGHBOURHOOD, 9.29, 9.4),
    }
    with app.app_context():
        commands = [
            SaveTerritory(code, kind, code.upper(), MultiPolygon([box(west, 45.3, east, 45.6)]))
            for code, (kind, west, east) in areas.items()
        ]
        list(save_territories(commands))
        return {code: found.id for code in areas if (found := by_code(code))}


@pytest.fixture
def operator(app: Flask, client: CheckingClient) -> CheckingClient:
    """A browser signed in as an operator."""
    enter(app, client, Grant(Role.OPERATOR))
    return client


def places_on(html: str) -> list[str]:
    return re.findall(r'<li><a href="/studio/places/([0-9a-z]{10})">', html)


def test_a_place_is_found_by_its_name_without_accents_and_by_its_street(
    app: Flask, operator: CheckingClient
) -> None:
    with app.app_context():
        cafe = make_place("Caffè dell'Ànatra", street_address="corso Genova")
        shop = make_place("Sartoria 100%", street_address="via Savona")
        arabic = make_place("صيدلية النيل", street_address="via Padova")
    found = {
        "CAFFE anatra": [cafe], "genova": [cafe], "savona sartoria": [shop], "100%": [shop], "صيدلية": [arabic],
        "genova sartoria": [], "%": [cafe, shop, arabic], "zzz": [],
    }  # fmt: skip
    for q, expected in found.items():
        page = operator.get("/studio", query_string={"q": q}).text
        assert sorted(places_on(page)) == sorted(expected), q
    assert "Nessun luogo trovato." in page
    assert 'value="zzz"' in page


def test_each_row_says_where_it_lies_and_how_many_dates_are_coming(
    app: Flask, operator: CheckingClient, city: dict[str, int]
) -> None:
    with app.app_context():
        place = make_place("Luogo", location=EAST)
        make_event(place, rrule="FREQ=WEEKLY;COUNT=4")
        service.cancel_occurrence(all_dates()[0].public_id)
        draft = make_event(place)
        service.update_event(draft, event_command(place, is_published=False))
        make_place("Vuoto", location=WEST)
    page = operator.get("/studio?lang=it").text
    assert "3 date in programma" in page
    assert page.count("Nessuna data") == 1
    assert "MUNICIPIO-9 · NIL-2" in page


def test_an_operator_chooses_among_the_boroughs(
    app: Flask, operator: CheckingClient, city: dict[str, int]
) -> None:
    with app.app_context():
        west, east = make_place("Qui", location=WEST), make_place("Là", location=EAST)
    page = operator.get("/studio?territory=municipio-8").text
    assert places_on(page) == [west]
    assert re.findall(r'<option value="([^"]+)"', page) == ["municipio-8", "municipio-9"]
    assert re.findall(r'<option value="([^"]+)"[^>]* selected', page) == ["municipio-8"]
    assert places_on(operator.get("/studio?territory=nil-2").text) == [east]
    assert operator.get("/studio?territory=nowhere").status_code == 400


def test_a_manager_sees_the_territory_of_theirs_and_its_neighbourhoods(
    app: Flask, client: CheckingClient, city: dict[str, int]
) -> None:
    with app.app_context():
        make_place("Qui", location=WEST)
        mine = [make_place("Là", location=EAST), make_place("Lì", location=Point(lon=9.25, lat=45.45))]
    enter(app, client, Grant(Role.MANAGER, territory_id=city["municipio-9"]))
    page = client.get("/studio?lang=it").text
    assert "<h1>I luoghi del mio territorio</h1>" in page
    assert sorted(places_on(page)) == sorted(mine)
    assert re.findall(r'<option value="([^"]+)"', page) == ["nil-1", "nil-2"]
    assert places_on(client.get("/studio?territory=municipio-8").text) == []
    assert places_on(client.get("/studio?q=qui").text) == []


def test_every_place_is_on_one_of_the_pages(app: Flask, operator: CheckingClient) -> None:
    with app.app_context():
        expected = [make_place(f"Luogo {number:02}") for number in range(PLACES_ON_A_PAGE + 3)]
        make_place("Altrove")
    page = operator.get("/studio?q=luogo&lang=it").text
    assert "43 luoghi" in page
    assert "<h1>Tutti i luoghi</h1>" in page
    first = places_on(page)
    url = re.findall(r'rel="next" href="([^"]+)"', page)[0].replace("&amp;", "&")
    rest = operator.get(url).text
    assert len(first) == PLACES_ON_A_PAGE
    assert first + places_on(rest) == expected
    assert 'rel="next"' not in rest
    assert operator.get("/studio?page=9").status_code == 200


def test_a_host_of_a_few_places_sees_their_dates_and_a_host_of_many_a_list(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        places = [make_place(f"Luogo {number}") for number in range(FEW_PLACES + 1)]
        make_event(places[0])
        keys = [staff_place(place).id for place in places]
    enter(app, client, *(Grant(Role.HOST, place_id=key) for key in keys[:FEW_PLACES]))
    page = client.get("/studio").text
    assert places_on(page) == []
    assert "data-occurrence" in page
    enter(app, client, *(Grant(Role.HOST, place_id=key) for key in keys))
    page = client.get("/studio?lang=it").text
    assert places_on(page) == places
    assert "<h1>I miei luoghi</h1>" in page


def test_many_places_ask_no_more_of_the_database(
    app: Flask, operator: CheckingClient, city: dict[str, int]
) -> None:
    with app.app_context():
        make_event(make_place("Luogo", location=WEST))
    operator.get("/studio")
    with statements(app) as few:
        operator.get("/studio?q=luogo&territory=municipio-8")
    with app.app_context():
        for number in range(9):
            make_event(make_place(f"Luogo {number}", location=WEST), rrule="FREQ=WEEKLY;COUNT=9")
    operator.get("/studio")
    with statements(app) as many:
        operator.get("/studio?q=luogo&territory=municipio-8")
    assert len(many) <= len(few)
