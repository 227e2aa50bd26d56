"""A cancelled date takes place after all: nobody who had a place has lost it; on both engines."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.bookings import queries, service
from app.bookings.rules.status import BookingStatus
from app.config import Settings
from app.events import queries as events_queries
from app.events import service as events
from app.events.facts import OccurrenceView
from tests.app.bookings.test_mails import drained, family, plain
from tests.app.events.factory import make_date

CONFIRMED, WAITLISTED, CANCELLED = BookingStatus.CONFIRMED, BookingStatus.WAITLISTED, BookingStatus.CANCELLED


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@pytest.fixture
def date(app_settings: Settings) -> OccurrenceView:
    """Four seats."""
    return make_date(capacity=4)


def book(date: OccurrenceView, name: str) -> str:
    return service.book(date.public_id, family(name)).token


def status(token: str) -> BookingStatus:
    return queries.booking_by_token(token).status


def cancel_and_reinstate(date: OccurrenceView) -> int | None:
    events.cancel_occurrence(date.public_id)
    return events.reinstate_occurrence(date.public_id)


def test_whoever_had_a_seat_or_a_turn_has_it_again(date: OccurrenceView) -> None:
    tokens = [book(date, name) for name in ("amira", "bruno", "carla", "dario")]
    assert [status(token) for token in tokens] == [CONFIRMED, CONFIRMED, WAITLISTED, WAITLISTED]
    assert cancel_and_reinstate(date) == 4
    assert [status(token) for token in tokens] == [CONFIRMED, CONFIRMED, WAITLISTED, WAITLISTED]
    again = events_queries.occurrence_view(date.public_id)
    assert (again.seats_taken, again.has_queue) == (4, True)


def test_whoever_gave_the_place_back_is_left_alone(date: OccurrenceView) -> None:
    left, stayed = book(date, "amira"), book(date, "bruno")
    service.cancel(left)
    assert cancel_and_reinstate(date) == 1
    assert (status(left), status(stayed)) == (CANCELLED, CONFIRMED)


def test_each_family_is_told_once_with_an_invitation_that_counts_up(
    app_settings: Settings, date: OccurrenceView
) -> None:
    token = book(date, "amira")
    drained(app_settings)
    before = queries.booking_by_token(token).sequence
    events.cancel_occurrence(date.public_id)
    drained(app_settings)
    events.reinstate_occurrence(date.public_id)
    assert events.reinstate_occurrence(date.public_id) is None
    (mail,) = drained(app_settings)
    assert "si fa" in plain(mail)
    (invitation,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    text = str(invitation.get_content())
    assert "METHOD:REQUEST" in text
    assert f"SEQUENCE:{before + 2}" in text


def test_cancelled_twice_and_reinstated_twice_everything_is_as_it_was(date: OccurrenceView) -> None:
    tokens = [book(date, name) for name in ("amira", "bruno", "carla")]
    for _ in range(2):
        assert cancel_and_reinstate(date) == 3
    assert [status(token) for token in tokens] == [CONFIRMED, CONFIRMED, WAITLISTED]
    service.cancel(tokens[0])
    assert status(tokens[2]) is BookingStatus.OFFERED


def test_the_page_of_a_family_speaks_of_the_date_and_not_of_a_place_given_back(
    client, date: OccurrenceView
) -> None:
    token = book(date, "amira")
    events.cancel_occurrence(date.public_id)
    page = client.get(f"/bookings/{token}?lang=en").text
    assert "This date is cancelled" in page
    events.reinstate_occurrence(date.public_id)
    page = client.get(f"/bookings/{token}?lang=en").text
    assert "Your place is booked" in page
    assert "gave your place back" not in page


def test_the_list_of_a_cancelled_date_says_who_had_booked(date: OccurrenceView) -> None:
    book(date, "amira")
    left = book(date, "bruno")
    service.cancel(left)
    events.cancel_occurrence(date.public_id)
    assert [person.cancelled_with_date for person in queries.people_of(date.id)] == [True]
