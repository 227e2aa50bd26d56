"""What families read when their date moves or does not take place: the old time beside the new, and why."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask import Flask

from app.bookings import service
from app.config import Settings
from app.core.local_text import Text
from app.events import service as events
from app.events import wording
from app.events.facts import OccurrenceView
from tests.app.bookings.test_mails import drained, family, plain
from tests.app.events.factory import event_command, in_days, make_date


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@pytest.fixture
def date(app_settings: Settings) -> OccurrenceView:
    """A date that one family has booked; its confirmation is sent."""
    made = make_date()
    service.book(made.public_id, family())
    drained(app_settings)
    return made


def formatted(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def move(date: OccurrenceView, by: timedelta, *, longer: timedelta = timedelta()) -> None:
    events.move_occurrence(date.public_id, date.starts_at + by, date.ends_at + by + longer)


def moment(date: OccurrenceView, by: timedelta = timedelta()) -> str:
    return wording.moment_text(date.starts_at + by, date.tzid)


def test_the_mail_of_a_move_says_the_new_and_the_old_time(
    app_settings: Settings, date: OccurrenceView
) -> None:
    day = timedelta(days=1)
    move(date, day)
    (mail,) = drained(app_settings)
    for text in (plain(mail), formatted(mail)):
        assert f"prima: {moment(date)}" in text
        assert f"Ora è: {moment(date, day)}" in text
    move(date, 3 * day)
    (mail,) = drained(app_settings)
    assert f"prima: {moment(date, day)}" in plain(mail)
    assert moment(date) not in plain(mail)


def test_where_only_the_end_moved_no_old_time_is_made_up(
    app_settings: Settings, date: OccurrenceView
) -> None:
    move(date, timedelta(days=1))
    drained(app_settings)
    move(date, timedelta(days=1), longer=timedelta(minutes=15))
    (mail,) = drained(app_settings)
    assert "prima:" not in plain(mail)


def test_a_series_at_another_hour_says_the_old_hour(app_settings: Settings, date: OccurrenceView) -> None:
    changed = event_command(date.place.public_id, starts_local=in_days(2, hour=11))
    events.update_event(date.event_public_id, changed)
    (mail,) = drained(app_settings)
    assert f"prima: {moment(date)}" in plain(mail)
    events.update_event(
        date.event_public_id,
        event_command(date.place.public_id, starts_local=in_days(2, hour=11), duration_minutes=60),
    )
    (mail,) = drained(app_settings)
    assert "prima:" not in plain(mail)


def test_the_mail_of_a_cancelled_date_says_why(app_settings: Settings, date: OccurrenceView) -> None:
    events.cancel_occurrence(date.public_id, Text("La cantina è <allagata>", "it"))
    (mail,) = drained(app_settings)
    assert "Perché: La cantina è <allagata>" in plain(mail)
    assert '<bdi lang="it" style="white-space:pre-line">La cantina è &lt;allagata&gt;</bdi>' in formatted(
        mail
    )


def test_without_a_reason_nothing_is_said_of_it(app_settings: Settings, date: OccurrenceView) -> None:
    events.cancel_occurrence(date.public_id)
    (mail,) = drained(app_settings)
    assert "Perché" not in plain(mail) + formatted(mail)
    assert "prima:" not in plain(mail)


def test_a_family_s_own_cancellation_tells_of_no_reason(app_settings: Settings) -> None:
    booked = service.book(make_date().public_id, family())
    service.cancel(booked.token)
    assert all("Perché" not in plain(mail) for mail in drained(app_settings))


def test_both_verbs_say_how_many_families_are_told(date: OccurrenceView) -> None:
    service.book(date.public_id, family("Bruno", adults=2))
    later = date.starts_at + timedelta(days=1)
    ends = later + timedelta(minutes=45)
    assert events.move_occurrence(date.public_id, later, ends) == 2
    assert events.move_occurrence(date.public_id, later, ends) is None
    assert events.cancel_occurrence(date.public_id) == 2
    assert events.cancel_occurrence(date.public_id) is None
    assert events.reinstate_occurrence(date.public_id) == 2
    assert events.reinstate_occurrence(date.public_id) is None
