"""What a feed says of itself (its name, its address) is as true as the events in it, on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from shapely import MultiPolygon, box

from app.core import clock
from app.core.database import db
from app.places.models import Place
from app.places.service import save_places
from app.territories.commands import SaveTerritory
from app.territories.rules import TerritoryKind
from app.territories.service import save_territories
from tests.app.feeds.facts import parse
from tests.app.places.places import plain
from tests.client import CheckingClient

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = MONDAY + timedelta(hours=2)
AREA = SaveTerritory(
    "municipio-4", TerritoryKind.MUNICIPIO, "Municipio 4", MultiPolygon([box(9.2, 45.4, 9.3, 45.5)])
)


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context(), clock.frozen(MONDAY):
        yield


def place_feed() -> str:
    return f"/feeds/places/{db.session.scalars(sa.select(Place.slug)).one()}.ics"


def heading(client: CheckingClient, address: str) -> tuple[str, str, datetime | None]:
    """Name and address in the calendar, and when it last changed."""
    answer = client.get(address)
    read = parse(answer.data)
    return str(read["X-WR-CALNAME"]), str(read["SOURCE"]), answer.last_modified


def test_a_renamed_place_without_events_shows_its_new_name_and_address_at_once(
    client: CheckingClient,
) -> None:
    save_places([plain("1", name="Kioski")])
    before = heading(client, place_feed())
    with clock.frozen(LATER):
        save_places([plain("1", name="La Lanterna")])
    after = heading(client, place_feed())
    assert ("Kioski" in before[0], before[2]) == (True, MONDAY)
    assert "La Lanterna" in after[0]
    assert after[1] == "http://localhost:8000/feeds/places/la-lanterna.ics"
    assert after[2] == LATER


def test_a_place_that_changed_zone_without_changing_address_shows_it(client: CheckingClient) -> None:
    save_places([plain("1")])
    address = place_feed()
    client.get(address)
    save_places([plain("1", tzid="Europe/Helsinki")])
    assert b"TZID:Europe/Helsinki" in client.get(address).data


def test_a_renamed_territory_shows_its_new_name_at_once(client: CheckingClient) -> None:
    address = "/feeds/territories/municipio-4.ics"
    list(save_territories([AREA]))
    before = heading(client, address)
    with clock.frozen(LATER):
        list(save_territories([replace(AREA, name="Forlanini")]))
    after = heading(client, address)
    assert ("Municipio 4" in before[0], "Forlanini" in after[0]) == (True, True)
    assert (before[2], after[2]) == (MONDAY, LATER)
