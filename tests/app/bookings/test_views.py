"""A family books, sees and gives back, without a script and without an account."""

from typing import Any

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.commands import Book
from app.bookings.models import Booking
from app.core import clock
from app.core.database import db
from app.core.local_text import LocalText
from app.events import service as events
from app.events.facts import OccurrenceView
from tests.app.events.browsing import hidden_values, submit
from tests.app.events.counting import statements
from tests.app.events.factory import again, all_dates, event_command, make_date, make_place
from tests.client import CheckingClient

TYPED = {"name": "Amira", "email": "amira@example.org", "adults": "1", "children": "1"}


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """One date with eight seats."""
    with app.app_context():
        return make_date()


def url(date: OccurrenceView) -> str:
    return f"/occurrences/{date.public_id}/book"


def booked(client: CheckingClient, date: OccurrenceView, **changes: str) -> str:
    """Book; returns the address of the personal page."""
    answer = submit(client, url(date), **(TYPED | changes))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def bookings(app: Flask) -> list[Booking]:
    with app.app_context():
        return list(db.session.query(Booking).order_by(Booking.id))


def test_a_family_books_in_one_page_and_gets_its_own(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    personal = booked(client, date, name="  Amira   Ben ", email=" Amira@Example.ORG ")
    page = client.get(personal)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert 'data-status="confirmed"' in page.text
    assert f'data-token="{personal.rsplit("/", 1)[1]}"' in page.text
    (row,) = bookings(app)
    assert (row.name, row.email, row.adults, row.children, row.language) == (
        "Amira Ben",
        "Amira@example.org",
        1,
        1,
        "it",
    )


def test_an_address_may_break_before_its_at_and_nowhere_else(
    client: CheckingClient, date: OccurrenceView
) -> None:
    page = client.get(booked(client, date)).text
    assert page.count('<bdi dir="ltr" translate="no">amira<wbr>@example.org</bdi>') == 2
    assert "amira@example.org" not in page


def test_a_double_press_is_one_booking(app: Flask, client: CheckingClient, date: OccurrenceView) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    first = client.post(url(date), data=hidden | TYPED)
    second = client.post(url(date), data=hidden | TYPED | {"adults": "3"})
    assert first.location == second.location
    assert len(bookings(app)) == 1


def test_children_that_are_not_named_are_none(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    only = {"name": "Amira", "email": "amira@example.org", "adults": "2"}
    assert client.post(url(date), data=hidden | only).status_code == 303
    assert [(row.adults, row.children) for row in bookings(app)] == [(2, 0)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "   "}, {"name": "x" * 121}, {"name": "Amira\nBcc: all@example.org"}, {"email": ""},
        {"email": "amira"}, {"email": "amira@example.org\nBcc: all@example.org"}, {"email": "amira@example.org\r\n"},
        {"email": "a@b@c"}, {"email": "x" * 300 + "@example.org"}, {"adults": "0", "children": "0"}, {"adults": "1000"},
        {"children": "1000"}, {"adults": "-1"}, {"children": "-5"}, {"adults": "two"}, {"adults": "1e3"}, {"adults": "9" * 30},
    ],
)  # fmt: skip
def test_what_cannot_be_booked_is_explained_and_what_was_typed_stays(
    app: Flask, client: CheckingClient, date: OccurrenceView, wrong: dict[str, str]
) -> None:
    answer = submit(client, url(date), **(TYPED | wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    for name in set(TYPED) - set(wrong):
        assert f'value="{TYPED[name]}"' in answer.text
    assert bookings(app) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter an email address"), ("   ", "Enter an email address"), ("amira", "is not complete"),
        ("amira@", "is not complete"), ("@example.org", "is not complete"), ("amira@example", "is not complete"),
        ("a@b@c", "There is a mistake"), ("ami ra@example.org", "There is a mistake"),
        ("amira@exa,mple.org", "There is a mistake"), ("amirà@example.org", "There is a mistake"),
        ("amira@example..org", "There is a mistake"), ("x" * 300 + "@example.org", "too long"),
    ],
)  # fmt: skip
def test_a_missing_an_unfinished_and_a_mistyped_address_are_told_apart(
    client: CheckingClient, date: OccurrenceView, typed: str, sentence: str
) -> None:
    answer = submit(client, f"{url(date)}?lang=en", **(TYPED | {"email": typed}))
    assert (answer.status_code, sentence in answer.text) == (422, True), answer.text


def test_the_full_date_becomes_a_waiting_list(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(capacity=2)
    first = booked(client, date)
    second = client.get(booked(client, date, name="Bruno") + "?lang=en")
    assert 'data-status="waitlisted"' in second.text
    assert "You are the first in line." in second.text
    submit(client, f"{first}/cancel")
    asked = client.get(f"{second.request.path}?lang=en")
    assert 'data-status="offered"' in asked.text
    assert "There is room for you" in asked.text
    answered = submit(client, f"{second.request.path}/offer", answer="yes")
    assert answered.status_code == 303
    assert 'data-status="confirmed"' in client.get(second.request.path).text


def test_who_waits_leaves_the_list_and_gives_nothing_back(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(capacity=2)
    full = client.get(f"{url(date)}?lang=en").text
    assert "You can give your place back at any time" in full
    booked(client, date)
    assert "You can leave the list at any time" in client.get(f"{url(date)}?lang=en").text
    waiting = booked(client, date, name="Bruno")
    page, question = (client.get(f"{waiting}{path}?lang=en").text for path in ("", "/cancel"))
    submit(client, f"{waiting}/cancel")
    after = client.get(f"{waiting}?lang=en").text
    assert "Leave the waiting list</a>" in page
    assert "Leave the waiting list?" in question
    assert "<h1>You left the waiting list</h1>" in after
    assert "Left the waiting list" in after
    assert not [text for text in (page, question, after) if "place back" in text or "can't come" in text]


def test_giving_back_asks_first_and_only_a_press_changes_anything(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    personal = booked(client, date)
    for ask in (client.get, client.head):
        assert ask(f"{personal}/cancel").status_code == 200
        assert ask(personal).status_code == 200
    with app.app_context():
        assert again(date).seats_taken == 2
    answer = submit(client, f"{personal}/cancel")
    assert (answer.status_code, answer.location) == (303, personal)
    with app.app_context():
        assert again(date).seats_taken == 0
    assert 'data-status="cancelled"' in client.get(personal).text
    assert 'data-status="cancelled"' in client.get(f"{personal}/cancel").text


def test_without_the_forms_own_token_nothing_is_booked(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    assert client.post(url(date), data=TYPED).status_code == 400
    assert bookings(app) == []


def test_a_past_date_is_answered_in_words(app: Flask, client: CheckingClient, date: OccurrenceView) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    personal = booked(client, date)
    with clock.frozen(date.starts_at):
        assert client.get(url(date)).status_code == 409
        late = client.post(url(date), data=hidden | TYPED | {"idempotency_key": "other", "name": "Bruno"})
        assert (late.status_code, 'data-page="bookings.closed"' in late.text) == (409, True)
        assert f"{personal}/cancel" not in client.get(personal).text
        assert client.post(f"{personal}/cancel", data=hidden).status_code == 409
    assert len(bookings(app)) == 1


def test_a_cancelled_date_is_answered_in_words(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    with app.app_context():
        events.cancel_occurrence(date.public_id)
    answer = client.get(f"{url(date)}?lang=en")
    assert (answer.status_code, "This date is cancelled" in answer.text) == (409, True)
    assert client.post(url(date), data=hidden | TYPED).status_code == 409


def test_a_closed_date_offers_the_others_of_its_event(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        events.create_event(event_command(make_place(), rrule="FREQ=WEEKLY;COUNT=3"))
        first, second, third = all_dates()
        events.cancel_occurrence(first.public_id)
        events.cancel_occurrence(third.public_id)
    page = client.get(url(first))
    assert page.status_code == 409
    assert f'href="{url(second)}"' in page.text
    assert f'href="{url(third)}"' not in page.text


def test_too_few_seats_are_told_and_waiting_is_a_choice(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(capacity=3)
    booked(client, date)
    asked = submit(client, f"{url(date)}?lang=en", **(TYPED | {"name": "Bruno"}))
    assert asked.status_code == 409
    assert "1 place is left and you need 2" in asked.text
    assert "Join the waiting list: 1 adult and 1 child" in asked.text
    assert 'value="Bruno"' in asked.text
    assert len(bookings(app)) == 1
    waiting = client.post(
        url(date), data=hidden_values(asked.text) | TYPED | {"name": "Bruno", "waiting": "1"}
    )
    page = client.get(waiting.location).text
    assert 'data-status="waitlisted"' in page
    assert f"/occurrences/{date.public_id}.ics" not in page
    assert 'data-free="0"' in client.get(f"/occurrences/{date.public_id}").text


def test_the_same_family_again_is_shown_its_booking(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    first = booked(client, date)
    second = booked(client, date)
    assert second == f"{first}?again=1"
    page = client.get(f"{second}&lang=en")
    assert "You had already booked this date" in page.text
    assert f'href="{url(date)}?another=1"' in page.text
    assert len(bookings(app)) == 1
    another = client.get(f"{url(date)}?another=1")
    assert client.post(url(date), data=hidden_values(another.text) | TYPED).location != first
    assert len(bookings(app)) == 2


def test_everything_that_is_wrong_is_told_in_one_round(client: CheckingClient, date: OccurrenceView) -> None:
    answer = submit(client, f"{url(date)}?lang=en", name="", email="amira@", adults="0", children="0")
    assert answer.status_code == 422
    for sentence in ("Write your name", "not complete", "at least one person"):
        assert sentence in answer.text
    alone = submit(client, f"{url(date)}?lang=en", **(TYPED | {"adults": "0"}))
    assert (alone.status_code, "Children come with an adult" in alone.text) == (422, True)


def test_the_steppers_end_at_what_one_booking_may_bring(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        small, large = make_date(capacity=5), make_date(capacity=40, max_party=6)
    assert 'max="5"' in client.get(url(small)).text
    assert 'max="6"' in client.get(url(large)).text


def test_the_booking_says_how_to_get_in_and_what_to_bring(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(bring=LocalText.of("it", it="Una copertina"))
    personal = booked(client, date)
    page = client.get(personal).text
    assert "Una copertina" in page
    with app.app_context():
        events.cancel_occurrence(date.public_id)
    page = client.get(f"{personal}?lang=en").text
    assert "Una copertina" not in page
    assert "<b>Cancelled</b>" in page


def test_a_date_without_places_needs_no_booking(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    with app.app_context():
        free = make_date(capacity=None)
    for answer in (
        client.get(f"{url(free)}?lang=en"),
        client.post(f"{url(free)}?lang=en", data=hidden | TYPED),
    ):
        assert answer.status_code == 409
        assert "<h1>No booking needed: just come</h1>" in answer.text
        assert f"/occurrences/{free.public_id}.ics" in answer.text
    assert bookings(app) == []


@pytest.mark.parametrize("path", ["/bookings/{0}", "/bookings/{0}/cancel"])
@pytest.mark.parametrize("token", ["a" * 32, "x", "%F0%9F%90%A3", "a" * 5000])
def test_an_unknown_token_is_answered_in_words(
    client: CheckingClient, date: OccurrenceView, path: str, token: str
) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    answer = client.get(path.format(token) + "?lang=en")
    assert (answer.status_code, "it must be complete" in answer.text) == (404, True)
    assert client.post(f"/bookings/{token}/cancel", data=hidden).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_date_is_answered_in_words(
    client: CheckingClient, date: OccurrenceView, method: str
) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    data: dict[str, Any] = {"data": hidden | TYPED} if method == "post" else {}
    assert getattr(client, method)("/occurrences/0000000000/book", **data).status_code == 404


def test_a_form_of_ten_megabytes_is_too_much(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    answer = client.post(url(date), data=hidden | TYPED | {"name": "x" * 10_000_000})
    assert answer.status_code == 413
    assert bookings(app) == []


def test_arabic_pages_and_mails_stay_arabic(app: Flask, client: CheckingClient, date: OccurrenceView) -> None:
    hidden = hidden_values(client.get(f"{url(date)}?lang=ar").text)
    answer = client.post(f"{url(date)}?lang=ar", data=hidden | TYPED)
    assert 'dir="rtl"' in client.get(f"{answer.location}?lang=ar").text
    assert [row.language for row in bookings(app)] == ["ar"]


def test_booking_asks_little_of_the_database(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    with statements(app) as sent:
        client.post(url(date), data=hidden | TYPED)
    assert len(sent) <= 8, sent


def test_a_name_that_looks_like_code_stays_a_name(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    with app.app_context():
        token = service.book(date.public_id, Book("<b>Amira</b>", "a@example.org", 1, 0, "k", "it")).token
    assert "<b>Amira" not in client.get(f"/bookings/{token}").text
