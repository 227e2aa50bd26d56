"""What is remembered is dropped when it changes, and only then."""

import re

import pytest
import sqlalchemy as sa

from app.core import clock, state
from app.core.database import db, transaction
from app.explore import home, subscribers
from app.places.models import Place
from tests import engines
from tests.app.explore import factory
from tests.app.explore.factory import NAPOLI, NOON
from tests.client import CheckingClient


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def app(spatialite_url, tmp_path):
    """One engine: what is remembered does not depend on it (PostgreSQL notices a commit within a second)."""
    with engines.running_app(engines.settings_for(tmp_path, spatialite_url)) as app:
        app.test_client_class = CheckingClient
        yield app


def cards(client) -> int:
    return len(re.findall(r"<article[^>]*data-place=", client.get("/?lang=en").get_data(as_text=True)))


def test_a_new_place_is_on_the_first_screen_at_once(app, client):
    assert cards(client) == 0
    with app.app_context():
        factory.store(factory.place(NAPOLI))
    assert cards(client) == 1
    assert client.get("/api/v1/map").json["numberMatched"] == 1


def test_other_peoples_writes_do_not_make_the_page_anew(app, client, monkeypatch):
    cards(client)
    made: list[object] = []
    monkeypatch.setattr(home, "home_page", made.append)
    with app.app_context(), transaction():
        state.write("mail", "sent")
    assert cards(client) == 0
    assert made == []


def test_a_change_of_the_programme_makes_the_page_anew(app, client, monkeypatch):
    cards(client)
    original, made = home.home_page, list[object]()

    def counted(parsed):
        made.append(parsed)
        return original(parsed)

    monkeypatch.setattr(home, "home_page", counted)
    with app.app_context(), transaction():
        subscribers.forget_programme(None)
    cards(client)
    assert len(made) == 1


@pytest.mark.parametrize("signal", subscribers.PROGRAMME)
def test_every_change_of_dates_and_seats_is_heard(signal):
    assert subscribers.forget_programme in list(signal.receivers_for(None))


def test_a_write_that_told_nobody_is_noticed_within_a_minute(app, client):
    with app.app_context():
        factory.store(factory.place(NAPOLI))
    assert cards(client) == 1
    with app.app_context(), transaction():
        db.session.execute(sa.delete(Place))
    with clock.frozen(NOON.replace(minute=1)):
        assert cards(client) == 0
