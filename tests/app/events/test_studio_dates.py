"""However many dates there are, whoever looks after a place reaches each of them."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.actor import Grant, Role
from app.events import service
from app.events.queries import first_of_places
from app.events.studio_pages import DATES_OF_EACH
from tests.app.events.browsing import enter
from tests.app.events.counting import statements
from tests.app.events.factory import (
    again,
    all_dates,
    event_command,
    in_days,
    make_date,
    make_event,
    make_place,
)
from tests.client import CheckingClient

DAILY = "FREQ=DAILY;COUNT=230"
NOTHING = "No date is planned for now."
BEYOND = "The list ends before this page."


@pytest.fixture
def client(app: Flask, client: CheckingClient) -> CheckingClient:
    """A browser signed in as an operator."""
    enter(app, client, Grant(Role.OPERATOR))
    return client


def dates_on(html: str) -> list[str]:
    return re.findall(r'<article[^>]* data-occurrence="([0-9a-z]{10})"', html)


def test_a_place_whose_first_date_lies_far_ahead_is_not_told_that_it_has_none(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        make_event(make_place("Affollata"), rrule=DAILY)
        late = make_date(place_id=make_place("Zitta"), starts_local=in_days(300))
    page = client.get("/studio?lang=en").text
    assert late.public_id in dates_on(page)
    assert len(dates_on(page)) == DATES_OF_EACH + 1
    assert NOTHING not in page


def test_every_coming_date_of_a_place_is_on_one_of_its_pages_in_order(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        busy = make_place()
        make_event(busy, rrule=DAILY)
        expected = [date.public_id for date in all_dates()]
    url: str | None = re.findall(rf'href="(/studio/places/{busy})"', client.get("/studio").text)[0]
    found: list[str] = []
    while url:
        page = client.get(url).text
        found += dates_on(page)
        url = next(iter(re.findall(r'rel="next" href="([^"]+)"', page)), None)
    assert found == expected
    assert len(found) == 230


def test_only_a_place_without_dates_is_told_so(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date, empty = make_date(), make_place("Vuota")
    assert client.get("/studio?lang=en").text.count(NOTHING) == 1
    assert NOTHING in client.get(f"/studio/places/{empty}?lang=en").text
    assert NOTHING not in client.get(f"/studio/places/{date.place.public_id}?lang=en").text
    for url in (f"/studio/places/{date.place.public_id}", "/studio"):
        page = client.get(f"{url}?lang=en&page=9").text
        assert BEYOND in page
        assert NOTHING not in page
        assert "No place is in your care" not in page


def test_the_first_dates_of_each_place_are_those_not_over_cancelled_ones_too(app: Flask) -> None:
    with app.app_context():
        place = make_place()
        service.create_event(event_command(place, rrule="FREQ=WEEKLY;COUNT=4"))
        other = make_date(place_id=make_place("Altrove"))
        hidden = make_date(place_id=make_place("Nascosta"))
        service.update_event(
            hidden.event_public_id, event_command(hidden.place.public_id, is_published=False)
        )
        over, on_now, cancelled, third = [date for date in all_dates() if date.place.public_id == place]
        service.cancel_occurrence(cancelled.public_id)
        keys = [over.place.id, other.place.id, hidden.place.id]
        found = first_of_places(keys, from_at=on_now.starts_at + timedelta(minutes=5), each=2)
        assert found == {
            over.place.id: [again(on_now), again(cancelled)],
            other.place.id: [],
            hidden.place.id: [],
        }
        assert first_of_places([], from_at=clock.now(), each=2) == {}
        assert third not in found[over.place.id]


def test_many_places_and_dates_ask_no_more_of_the_database(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        make_date()
    client.get("/studio")
    with statements(app) as few:
        client.get("/studio")
    with app.app_context():
        for number in range(6):
            make_event(make_place(f"Luogo {number}"), rrule="FREQ=WEEKLY;COUNT=9")
    client.get("/studio")
    with statements(app) as many:
        client.get("/studio")
    assert len(many) <= len(few)
