"""A host says that one booking is for all the dates; what cannot be a course is explained and kept."""

import pytest
from flask import Flask

from app.bookings import service as bookings
from app.bookings.commands import Book
from app.core.actor import Grant, Role
from app.events.facts import OccurrenceView
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import all_dates, make_date
from tests.app.events.test_studio import typed
from tests.client import CheckingClient


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """One date at one place."""
    with app.app_context():
        return make_date()


@pytest.fixture
def host(app: Flask, client: CheckingClient, date: OccurrenceView) -> CheckingClient:
    """A browser signed in as the host of that place."""
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    return client


def course(app: Flask) -> list[OccurrenceView]:
    with app.app_context():
        return [found for found in all_dates() if found.title.within("it").value == "Fiabe"]


def test_a_course_is_published_with_one_tick(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    answer = submit(host, f"/studio/places/{date.place.public_id}/events/new", **typed(booked_whole="y"))
    assert answer.status_code == 303
    dates = course(app)
    assert len(dates) == 4
    assert {one.booking_id for one in dates} == {dates[0].public_id}


def test_a_course_without_an_end_is_refused_in_words_and_kept(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    form = f"/studio/places/{date.place.public_id}/events/new?lang=en"
    answer = submit(host, form, **typed(booked_whole="y", until=""))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "from 2 to 60 dates" in page
    assert 'value="Fiabe"' in page
    assert not course(app)


def test_once_somebody_has_booked_it_stays_as_it_is(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    submit(host, f"/studio/places/{date.place.public_id}/events/new", **typed(booked_whole="y"))
    first = course(app)[0]
    with app.app_context():
        bookings.book(first.public_id, Book("Anna", "anna@example.org", 1, 1, "anna", "it"))
    edit = f"/studio/events/{first.event_public_id}?lang=en"
    seen = hidden_values(host.get(edit).text)["seen"]
    answer = submit(host, edit, seen=seen, **typed())
    assert answer.status_code == 422
    assert "Families have booked already" in answer.get_data(as_text=True)
    assert all(one.course is not None for one in course(app))
