"""An event is held again with a few presses: at the same place on its own, at others as one series (a tour)."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.actor import Grant, Role
from app.events.facts import EventView, OccurrenceView
from app.events.queries import event_by_public_id
from app.events.rules.schedule import to_local
from app.places.queries import staff_place
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import ROME, all_dates, make_date, make_place
from tests.client import CheckingClient


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """One date with its words, at the first of two places."""
    with app.app_context():
        return make_date(price="3 €", one_per_email=True)


@pytest.fixture
def elsewhere(app: Flask) -> str:
    """The other place."""
    with app.app_context():
        return make_place("Il Faro")


@pytest.fixture
def host(app: Flask, client: CheckingClient, date: OccurrenceView, elsewhere: str) -> CheckingClient:
    """A browser signed in as the host of both."""
    with app.app_context():
        other = staff_place(elsewhere)
    assert other is not None
    enter(app, client, Grant(Role.HOST, place_id=date.place.id), Grant(Role.HOST, place_id=other.id))
    return client


def again_url(date: OccurrenceView) -> str:
    return f"/studio/events/{date.event_public_id}/again"


def events(app: Flask) -> list[EventView]:
    with app.app_context():
        found = {one.event_public_id: None for one in all_dates()}
        return [event for one in found if (event := event_by_public_id(one))]


def answers(date: OccurrenceView, **changes: str) -> dict[str, str]:
    day = to_local(date.starts_at + timedelta(days=7), ROME).date()
    return {
        "place": date.place.public_id, "day": day.isoformat(), "hour": "10:00", "repeat": "once", "until": "",
    } | changes  # fmt: skip


def test_three_presses_hold_it_again_a_week_later(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    cards = host.get(f"/studio/places/{date.place.public_id}").text
    assert again_url(date) in cards
    form = host.get(f"{again_url(date)}?lang=en").text
    assert f'value="{answers(date)["day"]}"' in form
    assert submit(host, again_url(date), **answers(date)).status_code == 303
    first, second = events(app)
    assert second.schedule.starts_local - first.schedule.starts_local == timedelta(days=7)
    assert (second.title, second.price, second.one_per_email) == (first.title, "3 €", True)
    assert (first.series_key, second.series_key) == (None, None)
    assert first.uid != second.uid


def test_pressing_publish_twice_is_one_event(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    hidden = hidden_values(host.get(again_url(date)).text)
    for _ in range(2):
        host.post(again_url(date), data=hidden | answers(date))
    assert len(events(app)) == 2


def test_at_another_place_it_is_a_tour(
    app: Flask, host: CheckingClient, date: OccurrenceView, elsewhere: str
) -> None:
    submit(host, again_url(date), **answers(date, place=elsewhere))
    first, second = events(app)
    assert (first.series_key, second.series_key) == (first.public_id, first.public_id)
    assert second.place.public_id == elsewhere
    for event in (first, second):
        page = host.get(f"/events/{event.slug}").text
        assert page.count("data-occurrence=") == 2
    assert "Il Faro" in host.get(f"/events/{first.slug}").text
    feed = host.get("/feeds/network.ics").text.replace("\r\n ", "")
    assert f"RELATED-TO;RELTYPE=SIBLING:{first.uid}" in feed


def test_nobody_publishes_at_a_place_of_others(
    app: Flask, client: CheckingClient, date: OccurrenceView, elsewhere: str
) -> None:
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    refused = submit(client, again_url(date), **answers(date, place=elsewhere))
    assert refused.status_code == 422
    assert len(events(app)) == 1


def test_a_course_goes_on_for_as_long_and_what_has_passed_is_refused(
    app: Flask, host: CheckingClient
) -> None:
    with app.app_context():
        own = all_dates()[0]
        course = make_date(place_id=own.place.public_id, rrule="FREQ=WEEKLY;COUNT=3", booked_whole=True)
    form = host.get(again_url(course)).text
    hidden = hidden_values(form)
    assert 'value="week"' in form
    last = to_local(course.starts_at + timedelta(days=35), ROME).date()
    assert f'value="{last.isoformat()}"' in form
    past = host.post(again_url(course), data=hidden | answers(course, day="2020-01-01", repeat="week"))
    assert past.status_code == 422


def test_what_lies_ahead_is_asked_of_the_other_places_clocks(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    """An hour that is over there already, and still to come here, is no new date."""
    with app.app_context():
        kolkata = staff_place(make_place("Lontano", tzid="Asia/Kolkata", country="IN", subdivision=""))
    assert kolkata is not None
    enter(app, client, Grant(Role.HOST, place_id=date.place.id), Grant(Role.HOST, place_id=kolkata.id))
    soon = to_local(clock.now() + timedelta(hours=2), ROME)
    there = answers(date, place=kolkata.public_id, day=soon.date().isoformat(), hour=f"{soon:%H:%M}")
    assert submit(client, again_url(date), **there).status_code == 422
