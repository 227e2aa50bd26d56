"""What `make run` does before it serves: once, and nothing twice."""

import pytest

from app.core import state
from app.core.database import db
from app.demo import queries
from app.places.commands import SavePlace
from app.places.rules.vocabulary import PlaceKind
from app.places.service import save_places
from app.prepare import prepare
from geo.point import Point


@pytest.fixture
def said():
    """What was said to the person who waits."""
    return []


def test_an_empty_installation_gets_the_demo_once(app, said):
    prepare(app, said.append)
    assert any("demo" in words for words in said)
    said.clear()
    prepare(app, said.append)
    assert said == []


def test_an_installation_with_places_of_its_own_gets_no_demo(app, said):
    with app.app_context():
        mine = SavePlace(
            source="mine", source_id="1", name="Mia", kind=PlaceKind.CAFE, location=Point(9.1, 45.4),
            tzid="Europe/Rome", country="IT",
        )  # fmt: skip
        save_places([mine])
    prepare(app, said.append)
    with app.app_context():
        assert not queries.is_loaded()


def test_a_new_public_url_rewrites_the_calendars(app, app_settings, said):
    prepare(app, said.append)
    with app.app_context():
        assert state.read("public_url") == app_settings.base_url
        db.session.rollback()
    said.clear()
    object.__setattr__(app_settings, "public_url", "http://localhost:8765")
    prepare(app, said.append)
    assert said == ["Writing the calendars for http://localhost:8765 …"]
    page = app.test_client().get("/feeds/network.ics", headers={"Host": "localhost"}).text
    assert "http://localhost:8765/" in page.replace("\r\n ", "")
