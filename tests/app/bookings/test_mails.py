"""What families receive: one mail for each thing that happens, with an invitation that calendars understand."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socket import socket
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from icalendar import Calendar

from app.bookings import service
from app.bookings.commands import Book
from app.config import Settings
from app.core.database import db
from app.core.mail import delivery
from app.core.mail.models import OutboxMessage
from app.events import service as events
from tests import engines
from tests.app.events.factory import make_date


class Mailbox:
    """A transport that keeps what it is given; it fails as often as told before it works."""

    def __init__(self, failures: int = 0) -> None:
        self.mails: list[EmailMessage] = []
        self._failures = failures

    def send(self, email: EmailMessage) -> None:
        if self._failures:
            self._failures -= 1
            raise OSError
        parsed = message_from_bytes(email.as_bytes(), policy=default)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)


class Inbox:
    """What a real SMTP server accepted."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """Keep the message."""
        self.contents.append(envelope.content)
        return "250 OK"


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


def family(name: str = "Amira", language: str = "it", adults: int = 1) -> Book:
    return Book(name, f"{name.lower()}@example.org", adults, 1, f"key-{name}", language)


def drained(settings: Settings) -> list[EmailMessage]:
    mailbox = Mailbox()
    delivery.drain(settings, mailbox)
    return mailbox.mails


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def invitation(mail: EmailMessage) -> Any:
    (part,) = mail.iter_attachments()
    calendar: Any = Calendar.from_ical(part.get_content())
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params["method"] == str(calendar["METHOD"])
    return calendar


def test_a_confirmation_carries_the_link_and_an_accepted_invitation(app_settings: Settings) -> None:
    date = make_date()
    booked = service.book(date.public_id, family())
    (mail,) = drained(app_settings)
    assert (mail["To"], mail["Auto-Submitted"]) == ("amira@example.org", "auto-generated")
    link = f"http://localhost:8000/bookings/{booked.token}"
    html = mail.get_body(("html",))
    assert html is not None
    assert link in plain(mail)
    assert link in html.get_content()
    calendar = invitation(mail)
    (event,) = calendar.walk("VEVENT")
    attendee = event["ATTENDEE"]
    assert str(calendar["METHOD"]) == "REQUEST"
    assert str(event["UID"]).startswith("booking-")
    assert str(event["UID"]).endswith("@isole-di-wendy")
    assert (attendee.params["PARTSTAT"], attendee.params["RSVP"], str(attendee)) == (
        "ACCEPTED",
        "FALSE",
        "mailto:amira@example.org",
    )
    assert str(event["ORGANIZER"]) == "mailto:isole@localhost"
    assert event["DTSTART"].params["TZID"] == "Europe/Rome"
    assert event["DTSTART"].dt == date.starts_at.astimezone(ZoneInfo("Europe/Rome"))
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Rome"]
    assert "RRULE" not in event
    assert "RECURRENCE-ID" not in event


def test_the_outbox_holds_no_token(app_settings: Settings) -> None:
    booked = service.book(make_date().public_id, family())
    row = db.session.query(OutboxMessage).one()
    assert all(booked.token not in str(value) for value in vars(row).values())


def test_a_move_counts_up_and_a_cancellation_takes_the_entry_away(app_settings: Settings) -> None:
    date = make_date()
    service.book(date.public_id, family())
    (first,) = drained(app_settings)
    later = date.starts_at + timedelta(days=1)
    events.move_occurrence(date.public_id, later, later + timedelta(minutes=45))
    (moved,) = drained(app_settings)
    events.cancel_occurrence(date.public_id)
    (off,) = drained(app_settings)
    calendars = [invitation(mail) for mail in (first, moved, off)]
    entries = [calendar.walk("VEVENT")[0] for calendar in calendars]
    assert len({str(entry["UID"]) for entry in entries}) == 1
    assert [int(entry["SEQUENCE"]) for entry in entries] == [0, 1, 2]
    assert [str(calendar["METHOD"]) for calendar in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert entries[1]["DTSTART"].dt == later.astimezone(ZoneInfo("Europe/Rome"))
    assert str(entries[2]["STATUS"]) == "CANCELLED"


def test_each_thing_that_happens_is_told_once(app_settings: Settings) -> None:
    date = make_date(capacity=2)
    first = service.book(date.public_id, family("Amira"))
    service.book(date.public_id, family("Bruno"))
    assert sorted(str(mail["To"]) for mail in drained(app_settings)) == [
        "amira@example.org",
        "bruno@example.org",
    ]
    service.cancel(first.token)
    service.cancel(first.token)
    assert sorted(str(mail["To"]) for mail in drained(app_settings)) == [
        "amira@example.org",
        "bruno@example.org",
    ]
    assert drained(app_settings) == []


def test_who_waits_gets_no_invitation_yet(app_settings: Settings) -> None:
    date = make_date(capacity=2)
    service.book(date.public_id, family("Amira"))
    service.book(date.public_id, family("Bruno"))
    waiting = drained(app_settings)[1]
    assert list(waiting.iter_attachments()) == []


def test_who_leaves_the_list_gives_nothing_back_and_has_no_entry_to_take_away(app_settings: Settings) -> None:
    date = make_date(capacity=2)
    service.book(date.public_id, family("Amira", language="en"))
    waiting = service.book(date.public_id, family("Bruno", language="en"))
    later = date.starts_at + timedelta(days=1)
    told = drained(app_settings)[1:]
    events.move_occurrence(date.public_id, later, later + timedelta(minutes=45))
    told += drained(app_settings)[1:]
    service.cancel(waiting.token)
    told += drained(app_settings)
    assert [str(mail["To"]) for mail in told] == ["bruno@example.org"] * 3
    assert all("place back" not in plain(mail) and "give it back" not in plain(mail) for mail in told)
    assert [list(mail.iter_attachments()) for mail in told] == [[], [], []]
    assert str(told[-1]["Subject"]).startswith("You left the waiting list")
    assert "you left the waiting list" in plain(told[-1])


def test_a_mail_that_is_no_longer_true_is_not_sent(app_settings: Settings) -> None:
    booked = service.book(make_date().public_id, family())
    service.cancel(booked.token)
    (only,) = drained(app_settings)
    assert booked.token not in plain(only)


def test_a_mail_that_failed_is_sent_later_and_once(app_settings: Settings) -> None:
    service.book(make_date().public_id, family())
    mailbox = Mailbox(failures=1)
    delivery.drain(app_settings, mailbox)
    assert mailbox.mails == []
    message = db.session.query(OutboxMessage).one()
    assert (message.sent_at, message.attempts) == (None, 1)


@pytest.mark.parametrize(("language", "direction"), [("it", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_mails_speak_the_familys_language(app_settings: Settings, language: str, direction: str) -> None:
    service.book(make_date().public_id, family(language=language))
    (mail,) = drained(app_settings)
    html = mail.get_body(("html",))
    assert html is not None
    assert f'<html lang="{language}" dir="{direction}">' in html.get_content()
    assert mail["Content-Language"] == language


def test_a_real_smtp_server_receives_the_confirmation(app: Flask, app_settings: Settings) -> None:
    inbox = Inbox()
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        url = f"smtp://127.0.0.1:{port}"
        settings = engines.settings_for(app_settings.data_dir, app_settings.database_url, mail_url=url)
        service.book(make_date().public_id, family())
        assert delivery.drain(settings) == 1
        assert delivery.drain(settings) == 0
    finally:
        server.stop()
    (content,) = inbox.contents
    mail = message_from_bytes(content, policy=default)
    assert mail["To"] == "amira@example.org"


def test_the_mail_tells_of_another_booking_with_the_same_address(app: Flask, app_settings: Settings) -> None:
    with app.app_context():
        date = make_date()
        service.book(date.public_id, family())
        drained(app_settings)
        service.book(date.public_id, Book("Amira Nuova", "AMIRA@example.org", 1, 1, "key-other", "it"))
        (mail,) = drained(app_settings)
    assert "altra prenotazione" in plain(mail)
