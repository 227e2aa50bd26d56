"""A host takes in a calendar kept elsewhere: looks first, follows it, decides what becomes of what it no longer has."""

import http.server
import threading
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.events.importing.following import EVERY, follow_calendars
from app.events.models import CalendarSource, Event
from app.events.rules.vocabulary import EventKind
from app.events.service import forget_drafts
from app.places.queries import StaffPlace, staff_place
from tests.app.bookings.test_mails import drained, plain
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import all_dates, in_days, make_event, make_place
from tests.app.events.test_import_calendar import SERIES, calendar, vevent
from tests.client import CheckingClient


class Other(http.server.BaseHTTPRequestHandler):
    """A calendar of somebody else: answers 304 to whoever has its version, counts who asks, and can be broken."""

    body, asked, status = b"", [0, 0], 200

    def do_GET(self) -> None:
        etag = f'"{hash(Other.body)}"'
        is_known = self.headers.get("If-None-Match") == etag
        Other.asked[is_known] += 1
        self.send_response(304 if is_known else Other.status)
        self.send_header("ETag", etag)
        self.end_headers()
        if not is_known:
            self.wfile.write(Other.body)

    def log_message(self, *_: object) -> None:
        """Quietly."""


@pytest.fixture
def other() -> Iterator[str]:
    Other.body, Other.asked, Other.status = b"", [0, 0], 200
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/a.ics"
    server.shutdown()
    server.server_close()


@pytest.fixture
def place(app: Flask) -> StaffPlace:
    with app.app_context():
        found = staff_place(make_place())
    assert found is not None
    return found


@pytest.fixture
def host(app: Flask, client: CheckingClient, place: StaffPlace) -> CheckingClient:
    enter(app, client, Grant(Role.HOST, place_id=place.id))
    return client


def desk(place: StaffPlace) -> str:
    return f"/studio/places/{place.public_id}/calendars"


def take(host: CheckingClient, place: StaffPlace, **typed: object) -> str:
    """Look at it, then take it in; returns the preview."""
    looked = submit(host, desk(place), kind="reading", **typed)
    assert looked.status_code == 303, looked.text
    preview = host.get(str(looked.location)).text
    for _ in range(2):  # twice is once
        assert host.post(str(looked.location), data=hidden_values(preview)).status_code == 303
    return preview


def titles(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(str(date.title.within("it")) for date in all_dates() if date.status == "scheduled")


def later(app: Flask, times: int = 1) -> None:
    """So many times as long as between two looks."""
    with app.app_context(), clock.frozen(clock.now() + times * EVERY + timedelta(minutes=times)):
        follow_calendars()


def test_an_address_is_followed(
    app: Flask, app_settings: Settings, host: CheckingClient, place: StaffPlace, other: str
) -> None:
    weekly = vevent("1", in_days(2), SERIES)
    Other.body = calendar(weekly, vevent("2", in_days(3), title="Canto"))
    preview = take(host, place, address=other)
    assert "Canto" in preview
    assert "Nuovi: 2" in preview
    assert titles(app) == ["Canto", *["Lettura"] * 4]
    with app.app_context():
        assert {event.kind for event in db.session.query(Event)} == {EventKind.READING}
    later(app)
    assert Other.asked == [1, 1]  # nothing new: no body is sent
    Other.body = calendar(weekly, vevent("3", in_days(4), title="Gioco"))
    later(app, 2)
    assert titles(app) == ["Canto", "Gioco", *["Lettura"] * 4]
    page = host.get(desk(place)).text
    assert "Non è più nel calendario" not in page
    assert "Canto" in page  # still on the programme, until somebody says so
    with app.app_context(), clock.frozen(clock.now() + 3 * EVERY):
        letters = [plain(mail) for mail in drained(app_settings) if mail["To"] == "staff@example.org"]
    assert len([text for text in letters if "non ha più alcuni eventi" in text]) == 1
    with app.app_context():
        source_id = db.session.query(CalendarSource).one().public_id
    token = hidden_values(page)
    assert host.post(f"{desk(place)}/{source_id}/gone", data=token).status_code == 303
    assert titles(app) == ["Gioco", *["Lettura"] * 4]
    assert host.post(f"{desk(place)}/{source_id}/end", data=token).status_code == 303
    asked = list(Other.asked)
    later(app, 3)
    assert Other.asked == asked
    assert "Gioco" in titles(app)


def test_what_fails_is_said_and_mends_itself(
    app: Flask, host: CheckingClient, place: StaffPlace, other: str
) -> None:
    Other.body = calendar(vevent("1", in_days(2)))
    take(host, place, address=other)
    Other.status, Other.body = 500, b"no"
    later(app)
    assert "l&#39;altra parte ha detto: 500" in host.get(desk(place)).text
    Other.status, Other.body = 200, b"<html>"
    later(app, 2)
    assert "non è un calendario" in host.get(desk(place)).text
    Other.body = calendar(vevent("1", in_days(2)))
    later(app, 3)
    assert "non è un calendario" not in host.get(desk(place)).text
    assert titles(app) == ["Lettura"]


def test_a_newer_file_is_the_same_calendar(app: Flask, host: CheckingClient, place: StaffPlace) -> None:
    for moment in (in_days(2), in_days(3)):
        take(host, place, file=(BytesIO(calendar(vevent("1", moment))), f"{moment.day}.ics"))
    assert titles(app) == ["Lettura"]
    with app.app_context():
        assert db.session.query(CalendarSource).one().is_followed is False


def test_what_stands_there_already_is_no_second_event(
    app: Flask, host: CheckingClient, place: StaffPlace
) -> None:
    with app.app_context():
        make_event(place.public_id, starts_local=in_days(2))
    preview = take(
        host, place, file=(BytesIO(calendar(vevent("1", in_days(2), title="lettura 0-3"))), "a.ics")
    )
    assert "Già qui: 1" in preview
    assert len(titles(app)) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Incolla un indirizzo"), ({"address": "http://10.0.0.1/a.ics"}, "questo indirizzo non è pubblico"),
        ({"address": "ftp://example.org/"}, "solo indirizzi http"), ({"address": "x" * 501}, "troppo lungo"),
        ({"file": b"<html>"}, "non è un calendario"), ({"file": b"BEGIN:VCALENDAR\nBEGIN:VEVENT"}, "a metà di un evento"),
        ({"file": b"x" * 5_000_001}, "più grande di 5 MB"), ({"address": "http://localhost/", "kind": "palace"}, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(
    app: Flask, host: CheckingClient, place: StaffPlace, typed: dict[str, object], said: str
) -> None:
    sent = {"kind": "reading"} | {
        name: (BytesIO(value), "a.ics") if isinstance(value, bytes) else value
        for name, value in typed.items()
    }
    answer = submit(host, desk(place), **sent)
    assert answer.status_code == 422
    assert said in answer.text
    with app.app_context():
        assert db.session.query(CalendarSource).count() == 0


def test_drafts_and_calendars_are_the_places_own(app: Flask, host: CheckingClient, place: StaffPlace) -> None:
    looked = submit(
        host, desk(place), kind="reading", file=(BytesIO(calendar(vevent("1", in_days(2)))), "a.ics")
    )
    with app.app_context():
        elsewhere = staff_place(make_place("Altrove"))
        assert elsewhere is not None
    stranger = app.test_client()
    assert isinstance(stranger, CheckingClient)
    enter(app, stranger, Grant(Role.HOST, place_id=elsewhere.id))
    assert stranger.get(str(looked.location)).status_code == 403
    assert stranger.get(str(looked.location).replace(place.public_id, elsewhere.public_id)).status_code == 404
    with app.app_context():
        with clock.frozen(clock.now() + timedelta(hours=25)):
            forget_drafts()
        assert db.session.query(CalendarSource).count() == 0


def test_five_are_enough(app: Flask, host: CheckingClient, place: StaffPlace, other: str) -> None:
    Other.body = calendar(vevent("1", in_days(2)))
    for number in range(5):
        assert submit(host, desk(place), kind="reading", address=f"{other}?{number}").status_code == 303
    assert submit(host, desk(place), kind="reading", address=f"{other}?6").status_code == 409
