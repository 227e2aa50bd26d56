"""Mail servers that are slow, suspicious, wrong or gone: the letter is late, told of, or doubled; never lost."""

import asyncio
from typing import Any

import pytest
from flask import Flask

from app.config import Settings
from app.core.mail import delivery, outbox
from tests.client import CheckingClient
from tests.faults.families import bookings, drain, families_book, letter
from tests.faults.mail_server import TAKEN, MailServer

NOBODY_HOME = "smtp://127.0.0.1:9"


def test_a_server_that_is_down_makes_the_letter_late_and_no_booking_fails(
    app: Flask, app_settings: Settings, smtp: MailServer
) -> None:
    families_book(app)
    assert drain(app, app_settings, NOBODY_HOME) == 0
    assert bookings(app) == 1
    assert drain(app, app_settings, smtp.url, when_due=True) == 1
    assert len(smtp.kept) == 1


def test_a_server_that_never_answers_is_left_after_the_time_limit(
    app: Flask, app_settings: Settings, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_server: Any) -> str:
        await asyncio.sleep(5)
        return TAKEN

    monkeypatch.setattr(delivery, "SMTP_TIMEOUT_SECONDS", 0.3)
    families_book(app)
    smtp.on_data = never
    assert drain(app, app_settings, smtp.url) == 0
    assert letter(app).last_error == "SMTPServerDisconnected"
    smtp.on_data = None
    assert drain(app, app_settings, smtp.url, when_due=True) == 1
    assert len(set(smtp.heard)) == 1


def test_a_server_that_greylists_has_the_letter_at_the_second_try(
    app: Flask, app_settings: Settings, smtp: MailServer
) -> None:
    answers = iter(["451 4.7.1 Greylisted, try again later", TAKEN])
    smtp.to_recipient = lambda: next(answers)
    families_book(app)
    assert drain(app, app_settings, smtp.url) == 0
    assert letter(app).due_at - letter(app).created_at >= outbox.FIRST_RETRY
    assert drain(app, app_settings, smtp.url, when_due=True) == 1
    assert len(smtp.kept) == 1


def test_a_refusal_for_ever_ends_as_a_dead_letter_that_the_operator_sees_and_tries_again(
    app: Flask, app_settings: Settings, smtp: MailServer, client: CheckingClient
) -> None:
    smtp.to_recipient = lambda: "550 5.1.1 No such user"
    families_book(app)
    for _ in range(outbox.MAX_ATTEMPTS):
        assert drain(app, app_settings, smtp.url, when_due=True) == 0
    assert client.get("/healthz").json["dead_letters"] == 1
    listed = app.test_cli_runner().invoke(args=["wendy", "letters"]).output
    assert "booking_confirmed" in listed
    assert "SMTPRecipientsRefused" in listed
    assert "a…@example.org" in listed
    assert "ada0" not in listed
    smtp.to_recipient = lambda: TAKEN
    assert "1 " in app.test_cli_runner().invoke(args=["wendy", "letters", "--retry"]).output
    assert drain(app, app_settings, smtp.url) == 1
    assert client.get("/healthz").json["dead_letters"] == 0
    assert bookings(app) == 1


def test_only_the_letter_that_is_named_is_tried_again(app: Flask, app_settings: Settings) -> None:
    families_book(app)
    for _ in range(outbox.MAX_ATTEMPTS):
        drain(app, app_settings, NOBODY_HOME, when_due=True)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["wendy", "letters", "--retry", "unknown"]).output.startswith("0 ")
    assert runner.invoke(args=["wendy", "letters", "--retry", letter(app).public_id]).output.startswith("1 ")
    assert letter(app).dead_at is None


def test_a_line_cut_before_the_answer_sends_the_same_message_id_again(
    app: Flask, app_settings: Settings, smtp: MailServer
) -> None:
    async def cut(server: Any) -> str:
        server.transport.abort()
        return TAKEN

    smtp.on_data = cut
    families_book(app)
    assert drain(app, app_settings, smtp.url) == 0
    smtp.on_data = None
    assert drain(app, app_settings, smtp.url, when_due=True) == 1
    assert len(smtp.kept) == 2
    assert set(smtp.kept) == {f"<{letter(app).public_id}@localhost>"}


@pytest.mark.parametrize("goodbye", ["421 4.3.2 Closing", "500 What?"])
def test_a_bad_goodbye_after_the_letter_was_taken_sends_nothing_twice(
    app: Flask, app_settings: Settings, smtp: MailServer, goodbye: str
) -> None:
    smtp.on_quit = lambda: goodbye
    families_book(app)
    assert drain(app, app_settings, smtp.url) == 1
    assert letter(app).sent_at is not None
    assert drain(app, app_settings, smtp.url) == 0
    assert len(smtp.kept) == 1
