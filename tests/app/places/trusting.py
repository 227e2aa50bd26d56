"""What tests of votes and reports start from: a place with two facts, and parents who come from different networks."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.core import clock
from app.places import queries, service
from app.places.commands import FactAnswer, VoteOnFacts
from app.places.queries import AmenityView, PlaceView
from app.places.rules.trust import Answer
from app.places.rules.vocabulary import Amenity, AmenityState
from tests.app.places.places import pharmacy
from tests.client import CheckingClient

SLUG = "farmacia-del-prato"
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
TABLE, PLAY = Amenity.CHANGING_TABLE, Amenity.PLAY_AREA
SHOWN = {TABLE: AmenityState.YES, PLAY: AmenityState.NO}


def make_pharmacy(**changes: Any) -> str:
    """A published pharmacy; returns its public id."""
    return service.save_places([pharmacy(**changes)])[0].public_id


def the_place() -> PlaceView:
    """As its page reads it."""
    found = queries.place_by_slug(SLUG)
    assert found is not None
    return found


def fact(amenity: Amenity = TABLE) -> AmenityView:
    """One fact of it."""
    return next(one for one in the_place().amenities if one.amenity is amenity)


def say(place_id: str, answer: Answer, who: int, *facts: Amenity, day: datetime) -> None:
    """One parent, with a network and a browser of their own, on a day."""
    answers = tuple(FactAnswer(one, SHOWN[one], answer) for one in facts or (TABLE,))
    with clock.frozen(day):
        service.vote(place_id, VoteOnFacts(answers, f"network{who}", f"browser{who}"))


def doubt(place_id: str, day: datetime, *facts: Amenity) -> datetime:
    """Three parents on three days say that it has changed; returns the day after."""
    for number in range(3):
        say(place_id, Answer.CHANGED, number, *facts, day=day + timedelta(days=number))
    return day + timedelta(days=3)


def another_browser(app: Flask) -> CheckingClient:
    """Somebody else's."""
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


def tap(client: CheckingClient, address: str = "198.51.100.7", **headers: str) -> TestResponse:
    """Press «Yes» on the page of the place."""
    shown = "changing_table.yes play_area.no"
    return client.post(
        f"/places/{SLUG}/confirm", data={"shown": shown}, headers=headers or OWN, environ_overrides={"REMOTE_ADDR": address}
    )  # fmt: skip
