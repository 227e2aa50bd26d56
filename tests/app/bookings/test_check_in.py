"""Checked in by code, by QR code or by name; what cannot be says why; marks made without a network arrive once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.commands import Book, Mark
from app.bookings.queries import everybody_of
from app.bookings.rules.status import BookingStatus
from app.core import clock
from app.core.actor import Grant, Role
from app.events.facts import OccurrenceView
from tests.app.events.browsing import enter, hidden_values
from tests.app.events.factory import make_date
from tests.client import CheckingClient

HERE = BookingStatus.ATTENDED


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """Six places: two families with places, one that gave back, one that waits."""
    with app.app_context():
        made = make_date(capacity=6)
        for name, adults in (("Amira Ben", 2), ("Amos Riva", 2), ("Gone Away", 1)):
            booked = service.book(
                made.public_id, Book(name, f"{name[:4]}@example.org", adults, 0, name, "it")
            )
        service.cancel(booked.token)
        late = Book("Tarda Mente", "t@example.org", 4, 0, "t", "it", accepts_waiting=True)
        service.book(made.public_id, late)
        return made


@pytest.fixture
def host(app: Flask, client: CheckingClient, date: OccurrenceView) -> CheckingClient:
    """A browser signed in as the host of the date's place."""
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    return client


@pytest.fixture(autouse=True)
def at_the_door(date: OccurrenceView):
    with clock.frozen(date.starts_at):
        yield date.starts_at


def url(date: OccurrenceView) -> str:
    return f"/studio/occurrences/{date.public_id}/check-in"


def families(app: Flask, date: OccurrenceView) -> dict[str, Any]:
    with app.app_context():
        return {one.name.split()[0]: one for one in everybody_of(date.id)}


def typed(client: CheckingClient, date: OccurrenceView, text: str):
    hidden = {"csrf_token": hidden_values(client.get(f"{url(date)}?lang=en").text)["csrf_token"]}
    answer = client.post(url(date), data=hidden | {"code": text})
    return client.get(answer.location) if answer.status_code == 303 else answer


def test_a_code_a_scanned_address_and_a_name_check_in(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    amira, amos = families(app, date)["Amira"], families(app, date)["Amos"]
    page = typed(host, date, amira.public_id.upper()).text
    assert "Amira is here." in page
    assert '<b data-count="people-here">2</b>' in page
    assert '<b data-count="people">4</b>' in page
    host.post(
        f"/studio/occurrences/{date.public_id}/people/{amira.public_id}",
        data=hidden_values(page) | {"status": "confirmed"},
    )
    assert families(app, date)["Amira"].status is BookingStatus.CONFIRMED
    assert (
        "Amos is here."
        in typed(host, date, f"http://localhost:8000{url(date)}?code={amos.public_id.upper()}").text
    )
    assert "Amira is here." in typed(host, date, "ben am").text
    assert {families(app, date)[name].status for name in ("Amira", "Amos")} == {HERE}


def test_undo_leads_back_to_the_check_in(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    page = typed(host, date, "amira").text
    amira = families(app, date)["Amira"].public_id
    undone = host.post(
        f"/studio/occurrences/{date.public_id}/people/{amira}",
        data=hidden_values(page) | {"status": "confirmed"},
    )
    assert undone.location == url(date)


@pytest.mark.parametrize(
    ("sought", "sentence"),
    [
        ("am", "Who is it?"), ("Tarda", "is on the waiting list and has no place"), ("zzz", "No name and no code"),
        ("x", "No name and no code"), ("<b>", "No name and no code"), ("https://example.org/", "No name and no code"),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_in_says_why(
    app: Flask, host: CheckingClient, date: OccurrenceView, sought: str, sentence: str
) -> None:
    assert sentence in typed(host, date, sought).text
    assert HERE not in {one.status for one in families(app, date).values()}


def test_a_ticket_given_back_of_another_date_or_used_already_is_told(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    with app.app_context():
        other = make_date()
        service.book(other.public_id, Book("Zoe", "z@example.org", 1, 0, "z", "it"))
        zoe = everybody_of(other.id)[0].public_id
    assert "given back" in typed(host, date, families(app, date)["Gone"].public_id).text
    assert "This ticket is for another date:" in typed(host, date, zoe).text
    assert (
        "This ticket is for another date"
        in typed(host, date, f"http://localhost/studio/occurrences/{other.public_id}/check-in?code=0").text
    )
    typed(host, date, "amira")
    assert "Amira is here already." in typed(host, date, "amira").text


def test_looking_at_a_ticket_changes_nothing(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    amira = families(app, date)["Amira"]
    page = host.get(f"{url(date)}?lang=en&code={amira.public_id}").text
    assert "Check Amira in?" in page
    assert families(app, date)["Amira"].status is BookingStatus.CONFIRMED


def test_nothing_typed_and_too_much_are_refused(host: CheckingClient, date: OccurrenceView) -> None:
    for text in ("", "   ", "x" * 1000):
        assert typed(host, date, text).status_code == 422


def test_only_this_page_may_ask_for_the_camera(host: CheckingClient, date: OccurrenceView) -> None:
    assert "camera=(self)" in host.get(url(date)).headers["Permissions-Policy"]
    assert "camera=()" in host.get(f"/studio/occurrences/{date.public_id}").headers["Permissions-Policy"]


def test_the_phone_keeps_first_names_and_codes_alone(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    page = host.get(url(date)).text
    kept = page[page.index("data-kept-list") :]
    assert '"name": "Amira"' in kept
    for word in ("Ben", "@example.org", "Gone"):
        assert word not in kept


def send(client: CheckingClient, date: OccurrenceView, *marks: Any, token: str | None = None):
    csrf = token or hidden_values(client.get(url(date)).text)["csrf_token"]
    where = f"/studio/occurrences/{date.public_id}/people/marks"
    return client.post(where, json={"marks": list(marks)}, headers={"X-CSRFToken": csrf})


def made(number: int, booking: Any, status: str, at: datetime) -> dict[str, str]:
    return {"id": f"mark-{number:04}", "booking": booking.public_id, "status": status, "at": at.isoformat()}


def test_marks_made_without_a_network_arrive_once_and_the_later_one_wins(
    app: Flask, host: CheckingClient, date: OccurrenceView, at_the_door: datetime
) -> None:
    amira, minute = families(app, date)["Amira"], timedelta(minutes=1)
    early = made(1, amira, "attended", at_the_door - 5 * minute)
    for _ in range(2):
        answer = send(host, date, early).get_json()
        assert (answer["known"], answer["conflicts"]) == (["mark-0001"], [])
    assert families(app, date)["Amira"].status is HERE
    with app.app_context():
        service.mark(Mark(date.id, amira.public_id, BookingStatus.NO_SHOW))  # now, on another phone
    answer = send(host, date, made(2, amira, "attended", at_the_door - 2 * minute)).get_json()
    assert len(answer["conflicts"]) == 1
    assert {one["name"]: one["status"] for one in answer["people"]}["Amira"] == "no_show"
    send(host, date, made(3, amira, "attended", at_the_door + minute), early)
    assert families(app, date)["Amira"].status is HERE


def test_marks_of_one_phone_count_in_the_order_in_which_they_were_made(
    app: Flask, host: CheckingClient, date: OccurrenceView, at_the_door: datetime
) -> None:
    amos, minute = families(app, date)["Amos"], timedelta(minutes=1)
    marks = [made(2, amos, "confirmed", at_the_door + minute), made(1, amos, "attended", at_the_door)]
    assert send(host, date, *marks).get_json()["conflicts"] == []
    assert families(app, date)["Amos"].status is BookingStatus.CONFIRMED


def test_a_late_mark_of_who_was_seen_stands_above_all_others_did_not_come(
    app: Flask, host: CheckingClient, date: OccurrenceView, at_the_door: datetime
) -> None:
    amira = families(app, date)["Amira"]
    with app.app_context(), clock.frozen(date.ends_at):
        service.mark_absent(date.id)
    send(host, date, made(1, amira, "attended", at_the_door))
    assert families(app, date)["Amira"].status is HERE


def test_who_waits_or_is_gone_cannot_be_marked_and_the_phone_is_told(
    app: Flask, host: CheckingClient, date: OccurrenceView, at_the_door: datetime
) -> None:
    known = families(app, date)
    marks = [made(n, known[name], "attended", at_the_door) for n, name in enumerate(("Tarda", "Gone"))]
    marks.append(marks[0] | {"id": "mark-9999", "booking": "0000000000"})
    assert len(send(host, date, *marks).get_json()["conflicts"]) == 3
    assert HERE not in {one.status for one in families(app, date).values()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""}, {"id": "x" * 99}, {"status": "cancelled?"}, {"at": "yesterday"}, {"at": "2026-11-26T10:00:00"},
        {"at": "0001-01-01T00:00:00+00:00"}, {"at": "9999-12-31T23:59:59+00:00"},
    ],
)  # fmt: skip
def test_what_is_no_mark_is_refused(
    app: Flask, host: CheckingClient, date: OccurrenceView, at_the_door: datetime, wrong: dict[str, str]
) -> None:
    good = made(1, families(app, date)["Amira"], "attended", at_the_door)
    assert send(host, date, good | wrong).status_code == 422
    assert send(host, date, "no mark").status_code == 422
    assert send(host, date, good, token="forged").status_code == 400
