"""What is not published is nowhere: not on a page, not on the map, not in a feed, not to be booked."""

import pytest
from flask import Flask

from app.core.actor import Grant, Role
from app.core.database import db
from app.events.facts import OccurrenceView
from app.events.models import Occurrence
from app.events.queries import occurrence_by_id
from tests.app.events.browsing import enter, hidden_values
from tests.app.events.factory import make_date, make_event, make_place
from tests.client import CheckingClient

SECRET = "Segretissimo"
TYPED = {"name": "Amira", "email": "amira@example.org", "adults": "1", "children": "0"}


@pytest.fixture(params=["place", "event"])
def hidden(request: pytest.FixtureRequest, app: Flask) -> OccurrenceView:
    """A date that is hidden because its place, or the event itself, is not published."""
    with app.app_context():
        make_date()  # something that is there, beside it
        place = make_place(SECRET, is_published=request.param != "place")
        make_event(place, is_published=request.param != "event")
        view = occurrence_by_id(max(db.session.scalars(db.select(Occurrence.id))))
        assert view is not None
        return view


def test_it_is_not_found_by_its_address(client: CheckingClient, hidden: OccurrenceView) -> None:
    own = f"/occurrences/{hidden.public_id}"
    for path in (f"/events/{hidden.event_slug}", own, f"{own}.ics", f"{own}/book"):
        answer = client.get(path)
        assert (answer.status_code, SECRET in answer.text) == (404, False), path


def test_it_is_on_no_list_map_or_feed(client: CheckingClient, hidden: OccurrenceView) -> None:
    for path in (
        "/",
        "/?all=1",
        "/?q=segretissimo",
        "/events",
        f"/events?place={hidden.place.slug}",
        "/feeds/network.ics",
        "/api/v1/map?all=1",
    ):
        answer = client.get(path)
        assert hidden.public_id not in answer.text, path
        assert hidden.event_slug not in answer.text, path
    place = client.get(f"/places/{hidden.place.slug}")
    assert hidden.public_id not in place.text


def test_an_unpublished_place_has_no_page_sheet_code_or_calendar(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        make_place(SECRET, is_published=False)
    for path in (
        "/places/segretissimo",
        "/places/segretissimo/print",
        "/places/segretissimo/qr.svg",
        "/feeds/places/segretissimo.ics",
    ):
        answer = client.get(path)
        assert (answer.status_code, SECRET in answer.text) == (404, False), path
    for path in (
        "/?all=1",
        "/?all=1&q=segretissimo&view=map",
        "/api/v1/map?all=1",
        "/api/v1/map?all=1&cluster=0",
    ):
        assert SECRET not in client.get(path).text, path


def test_it_cannot_be_booked(client: CheckingClient, hidden: OccurrenceView) -> None:
    token = {"csrf_token": hidden_values(client.get("/sign-in").text)["csrf_token"]}
    assert client.post(f"/occurrences/{hidden.public_id}/book", data=token | TYPED).status_code == 404


def test_its_host_sees_it(app: Flask, client: CheckingClient, hidden: OccurrenceView) -> None:
    enter(app, client, Grant(Role.HOST, place_id=hidden.place.id))
    assert client.get(f"/studio/occurrences/{hidden.public_id}").status_code == 200
