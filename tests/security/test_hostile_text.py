"""Text that wants to be code, another line or another direction stays text wherever it is shown."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import html5lib
import pytest
from flask import Flask

from app.bookings import service as bookings
from app.bookings.commands import Book
from app.config import Settings
from app.core.local_text import LocalText
from app.core.mail import delivery
from app.events.facts import OccurrenceView
from app.events.rules.bodies import Speaker
from app.places.queries import place_by_slug
from tests.app.events.factory import make_date, make_place
from tests.client import CheckingClient

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>${alert(1)}`</SCRIPT>\u202eevil 👶\u0627 {7*7} &lt;b&gt; \\'
LINES = "Uno\r\nBCC: all@evil.example\r\nBEGIN:VEVENT\nATTACH:http://evil.example\x00\x0b\u2028END"
CODE = ("javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", 'https://x" onclick="x')  # fmt: skip


def nasty(text: str) -> LocalText:
    return LocalText.of("it", it=f"{EVIL} {text}", en=f"{EVIL} en", ar=f"{EVIL} ar")


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """A date whose every text, and its place's, is hostile."""
    with app.app_context():
        place = make_place(
            EVIL[:110], description=nasty(LINES), street_address=EVIL[:80], postal_code="<b>", locality=EVIL[:40],
            opening_hours=EVIL[:60], access_notes=nasty("x"), phone='"><b>', email='"><b>@x', website=CODE[0],
        )  # fmt: skip
        return make_date(
            place_id=place, title=LocalText.of("it", it=EVIL[:100]), description=nasty(LINES), bring=nasty(LINES),
            price=EVIL[:60], organisers=(EVIL[:60], LINES[:60]), partners=(EVIL[:100],), proposer=EVIL[:100], room=EVIL[:60],
            speakers=(Speaker(EVIL[:60], EVIL[:60], EVIL[:200]),),
        )  # fmt: skip


def elements(html: str) -> Iterator[Any]:
    return iter(html5lib.parse(html, namespaceHTMLElements=False).iter())


def check_harmless(html: str) -> None:
    """No element, attribute or address came from the text."""
    for node in elements(html):
        if not isinstance(node.tag, str):
            continue
        assert not [name for name in node.attrib if str(name).startswith("on")], node.attrib
        for name in ("href", "src", "action", "formaction"):
            address = (node.get(name) or "").strip().lower()
            assert not address.startswith(("javascript:", "data:", "//", "vbscript:")), address
            assert address != "x"
        if node.tag.lower() == "script":
            assert node.get("src") or node.get("type") == "application/ld+json"
            if not node.get("src"):
                json.loads(node.text)


@pytest.mark.parametrize("language", ["it", "en", "ar"])
def test_pages_show_hostile_text_as_text(client: CheckingClient, date: OccurrenceView, language: str) -> None:
    place, event = f"/places/{date.place.slug}", f"/events/{date.event_slug}"
    own = f"/occurrences/{date.public_id}"
    for path in ("/", "/events", place, f"{place}/print", event, own, f"{own}/book"):
        answer = client.get(f"{path}?lang={language}&all=1&utm_x=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        assert answer.status_code == 200, path
        check_harmless(answer.text)


@pytest.mark.parametrize("parameter", ["q", "where", "bbox", "amenity", "kind", "open", "near", "sort", "page", "from", "topic", "place"])  # fmt: skip
def test_what_is_asked_comes_back_as_text(client: CheckingClient, parameter: str) -> None:
    for path in ("/", "/events"):
        answer = client.get(path, query_string={parameter: EVIL})
        assert answer.status_code in {200, 400}
        check_harmless(answer.text)


def test_the_map_and_the_feeds_carry_it_as_data(client: CheckingClient, date: OccurrenceView) -> None:
    answer = client.get("/api/v1/map?all=1")
    assert json.loads(answer.data)["features"]
    assert answer.content_type == "application/geo+json"
    names = {"ATTACH", "BCC"}
    for path in (
        "/feeds/network.ics",
        f"/feeds/places/{date.place.slug}.ics",
        f"/occurrences/{date.public_id}.ics",
    ):
        lines = client.get(path).text.replace("\r\n ", "").split("\r\n")
        assert lines.count("BEGIN:VEVENT") == 1
        assert not [line for line in lines if line.split(":")[0].split(";")[0].upper() in names]
        assert not [line for line in lines if "\n" in line or "\r" in line or "\x00" in line]


def test_the_right_to_left_override_ends_where_the_text_ends(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        place = place_by_slug(date.place.slug)
        assert place is not None
        assert place.name.count("\u202e") == place.name.count("\u202c")


@pytest.mark.parametrize("address", CODE)
def test_an_imported_website_is_never_code(client: CheckingClient, app: Flask, address: str) -> None:
    with app.app_context():
        slug = make_place("Sito", website=address)
    del slug
    answer = client.get("/places/sito")
    assert answer.status_code == 200
    check_harmless(answer.text)


NAMES = ("Ada\r\nBcc: all@evil.example", '"Ada" <all@evil.example>, x', "=?utf-8?q?=0ABcc:_all=40evil.example?=", EVIL[:110], "Ada; X=\"y\":z,^n^'", "\u202eadA", "👶" * 60, "x" * 120)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_has_one_reader_whatever_the_name_is(
    app: Flask, app_settings: Settings, client: CheckingClient, date: OccurrenceView, name: str
) -> None:
    with app.app_context():
        booked = bookings.book(date.public_id, Book(name, "ada@example.org", 1, 0, "k", "en"))
        assert delivery.drain(app_settings) == 1
    (file,) = (app_settings.data_dir / "mail").glob("*.eml")
    email = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(email, EmailMessage)
    assert (email["To"], email["Bcc"], email["Cc"]) == ("ada@example.org", None, None)
    assert len(email.get_all("Subject", [])) == 1
    html = email.get_body(("html",))
    assert html is not None
    check_harmless(html.get_content())
    (invitation,) = email.iter_attachments()
    lines = str(invitation.get_content()).replace("\r\n ", "").splitlines()
    assert len([line for line in lines if line.startswith("ATTENDEE")]) == 1
    assert not [line for line in lines if line.upper().startswith(("BCC", "ATTACH"))]
    page = client.get(f"/bookings/{booked.token}")
    check_harmless(page.text)
