"""The pages of a course that is booked whole: booked from any date, skipped, given back; over once it has begun."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.config import Settings
from app.core import clock
from tests.app.bookings.test_courses import CANCELLED, dates, of, token_on
from tests.app.events.browsing import submit
from tests.app.events.factory import make_event
from tests.client import CheckingClient


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@pytest.fixture
def course(app_settings: Settings) -> str:
    """Three Thursdays with four seats."""
    return make_event(capacity=4, rrule="FREQ=WEEKLY;COUNT=3", booked_whole=True)


def test_the_pages_of_a_course(app: Flask, client: CheckingClient, course: str) -> None:
    third, first = dates(course)[2], dates(course)[0]
    shown = client.get(f"/occurrences/{third.public_id}?lang=en").text
    assert f"/occurrences/{first.public_id}/book" in shown
    assert "Book the whole course" in shown
    form = client.get(f"/occurrences/{third.public_id}/book?lang=en").text
    assert "The whole course, 3 dates" in form
    assert f'data-occurrence="{first.public_id}"' in form
    answer = submit(
        client,
        f"/occurrences/{first.public_id}/book",
        name="Amira",
        email="amira@example.org",
        adults="1",
        children="1",
    )
    link = answer.headers["Location"]
    own = client.get(f"{link}?lang=en").text
    assert own.count("Not to this one:") == 3
    calendar = client.get(f"{link}/course.ics")
    assert (calendar.status_code, calendar.text.count("BEGIN:VEVENT")) == (200, 3)
    token = link.rsplit("/", 1)[1]
    other = token_on(token, 2)
    assert "Only this date" in client.get(f"/bookings/{other}/cancel?lang=en").text
    submit(client, f"/bookings/{other}/cancel", only="1")
    assert "You are not coming" in client.get(f"{link}?lang=en").text
    submit(client, f"/bookings/{token}/cancel", only="1")  # the page is of the next date from now on
    assert f'data-token="{token_on(token, 1)}"' in client.get(f"{link}?lang=en").text
    submit(client, f"/bookings/{other}/cancel")
    assert of(token) == [CANCELLED] * 3
    assert client.get(link).status_code == 200


def test_a_course_that_has_begun_says_so(app: Flask, client: CheckingClient, course: str) -> None:
    first, second, _ = dates(course)
    with clock.frozen(first.ends_at + timedelta(hours=1)):
        page = client.get(f"/occurrences/{second.public_id}?lang=en").text
        assert "This course has begun" in page
        assert f"{first.public_id}/book" not in page
        assert client.get(f"/occurrences/{second.public_id}/book?lang=en").status_code == 409
