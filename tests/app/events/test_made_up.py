"""What takes place at a made-up place is made up, whoever publishes it: page, feeds, mails and invitations say so."""

import json
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from flask import Flask

from app.bookings import service as bookings
from app.bookings.commands import Book
from app.config import Settings
from app.core.actor import Grant, Role
from app.core.mail import delivery
from app.events import service
from app.events.facts import OccurrenceView
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import all_dates, event_command, in_days, make_place
from tests.client import CheckingClient

MARK = "X-WENDY-DEMO:TRUE"


class Mailbox:
    """A transport that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    def send(self, email: EmailMessage) -> None:
        """Keep it as it would arrive."""
        parsed = message_from_bytes(email.as_bytes(), policy=default)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)


@pytest.fixture(params=["service", "form"])
def published(request: pytest.FixtureRequest, app: Flask, client: CheckingClient) -> OccurrenceView:
    """A date that somebody published at a made-up place, without a word of its being made up."""
    with app.app_context():
        place = make_place(is_demo=True)
        if request.param == "service":
            service.create_event(event_command(place))
            return all_dates()[0]
    enter(app, client, Grant(Role.OPERATOR))
    typed = {"title": "Fiabe", "day": in_days(5).date().isoformat(), "hour": "17:00", "minutes": "45"}
    sent = submit(client, f"/studio/places/{place}/events/new", **typed, age="", capacity="6", repeat="once")
    assert sent.status_code == 303
    with app.app_context():
        return all_dates()[0]


def test_its_pages_say_so_to_people_and_to_machines(app: Flask, published: OccurrenceView) -> None:
    reader = app.test_client()
    for address in (f"/events/{published.event_slug}", f"/occurrences/{published.public_id}"):
        page = reader.get(f"{address}?lang=en").text
        assert '<meta name="robots" content="noindex">' in page, address
        assert "tag-demo" in page, address
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
            assert json.loads(data)["disambiguatingDescription"].startswith("Made up"), address


def test_its_feeds_say_so(app: Flask, published: OccurrenceView) -> None:
    reader = app.test_client()
    feeds = (
        "/feeds/network.ics",
        f"/feeds/places/{published.place.slug}.ics",
        f"/occurrences/{published.public_id}.ics",
    )
    for address in feeds:
        calendar = unfolded(reader.get(address).data)
        assert MARK in calendar, address
        assert "(dati inventati)" in calendar, address


def test_its_mails_and_invitations_say_so(
    app: Flask, app_settings: Settings, published: OccurrenceView
) -> None:
    with app.app_context():
        bookings.book(published.public_id, Book("Amira", "amira@example.org", 1, 1, "key", "en"))
        mailbox = Mailbox()
        delivery.drain(app_settings, mailbox)
    (mail,) = [mail for mail in mailbox.mails if mail["To"] == "amira@example.org"]
    words = "This is a made-up event of the demo network"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert words in body.get_content()
    (invitation,) = mail.iter_attachments()
    content = invitation.get_content()
    assert MARK in (content if isinstance(content, str) else content.decode())


def test_an_update_cannot_take_the_mark_away(app: Flask) -> None:
    with app.app_context():
        place = make_place(is_demo=True)
        event = service.create_event(event_command(place))
        service.update_event(event, event_command(place, price="5 €", is_demo=False))
        assert [date.is_demo for date in all_dates()] == [True]


def test_an_event_at_a_real_place_is_real(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        service.create_event(event_command(make_place()))
        date = all_dates()[0]
    page = client.get(f"/occurrences/{date.public_id}").text
    assert "noindex" not in page
    assert "tag-demo" not in page
    assert MARK not in client.get("/feeds/network.ics").text


def test_the_feed_of_a_made_up_place_says_so_before_anything_is_on(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        make_place(is_demo=True)
    calendar = unfolded(client.get("/feeds/places/la-lucciola.ics").data)
    (name,) = re.findall(r"X-WR-CALNAME:(.*)\r\n", calendar)
    assert name == "La Lucciola · Isole di Wendy (dati inventati)"


def unfolded(calendar: bytes) -> str:
    """Long lines are folded at 75 bytes, in the middle of a letter even."""
    return calendar.replace(b"\r\n ", b"").decode()
