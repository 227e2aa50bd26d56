"""The day before, each family with a seat is reminded once, and can give it back with one press."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.bookings import service
from app.bookings.rules.reminding import AHEAD, is_time, reminder_at
from app.config import Settings
from app.core import clock, jobs
from app.events import service as events
from app.events.facts import OccurrenceView
from tests.app.bookings.test_mails import drained, plain
from tests.app.bookings.test_service import family, kinds
from tests.app.events.factory import make_date


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """Two seats, in five days."""
    with app.app_context():
        in_five_days = (clock.now() + timedelta(days=5)).replace(
            tzinfo=None, hour=10, minute=0, second=0, microsecond=0
        )
        return make_date(capacity=2, starts_local=in_five_days)


def due(date: OccurrenceView) -> datetime:
    return reminder_at(date.starts_at, date.tzid)


def at(moment: datetime) -> int:
    """What the worker does then; how many reminders there are so far."""
    with clock.frozen(moment):
        jobs.run_watches()
    return kinds().count("booking_reminder")


@pytest.mark.parametrize(
    ("starts", "reminded"),
    [
        ("2026-11-26T00:00", "2026-11-25T17:00"), ("2026-11-26T23:59", "2026-11-25T17:00"),
        ("2026-03-29T10:00", "2026-03-28T17:00"), ("2026-10-25T10:00", "2026-10-24T17:00"),
        ("2028-02-29T10:00", "2028-02-28T17:00"), ("2028-03-01T10:00", "2028-02-29T17:00"),
    ],
)  # fmt: skip
def test_it_is_five_in_the_afternoon_of_the_day_before(starts: str, reminded: str) -> None:
    rome = ZoneInfo("Europe/Rome")
    start, moment = (datetime.fromisoformat(text).replace(tzinfo=rome) for text in (starts, reminded))
    assert reminder_at(start, "Europe/Rome") == moment


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001  # zone is added
    st.sampled_from(["Europe/Rome", "Pacific/Auckland", "America/New_York"]),
)
def test_the_query_looks_far_enough_ahead(starts_at: datetime, tzid: str) -> None:
    assert timedelta(hours=6) < starts_at - reminder_at(starts_at, tzid) <= AHEAD
    assert is_time(starts_at, tzid, reminder_at(starts_at, tzid))
    assert not is_time(starts_at, tzid, reminder_at(starts_at, tzid) - timedelta(seconds=1))
    assert not is_time(starts_at, tzid, starts_at - timedelta(hours=1))


def test_everybody_with_a_seat_is_reminded_once_however_often_the_worker_runs(
    date: OccurrenceView, app_settings: Settings
) -> None:
    booked = service.book(date.public_id, family("Amira"))
    service.book(date.public_id, family("Bruno"))
    drained(app_settings)
    assert at(due(date) - timedelta(seconds=1)) == 0
    assert [at(due(date) + timedelta(minutes=minutes)) for minutes in (0, 1, 600)] == [1, 1, 1]
    with clock.frozen(due(date) + timedelta(minutes=1)):
        (mail,) = drained(app_settings)
    assert (mail["To"], f"/bookings/{booked.token}/cancel?lang=it" in plain(mail)) == (
        "amira@example.org",
        True,
    )
    assert "Ci vediamo domani alle 10:00" in str(mail["Subject"])
    assert list(mail.iter_attachments()) == []


def test_a_clock_that_is_set_back_reminds_nobody_again(date: OccurrenceView) -> None:
    service.book(date.public_id, family("Amira"))
    assert at(due(date) + timedelta(hours=3)) == 1
    assert at(due(date)) == 1


def test_a_worker_that_was_down_reminds_late_but_not_in_the_last_hour(date: OccurrenceView) -> None:
    service.book(date.public_id, family("Amira"))
    assert at(date.starts_at - timedelta(minutes=59)) == 0
    assert at(date.starts_at - timedelta(minutes=61)) == 1


def test_who_books_after_the_reminder_was_due_has_just_heard_of_the_date(date: OccurrenceView) -> None:
    with clock.frozen(due(date) + timedelta(minutes=5)):
        service.book(date.public_id, family("Amira"))
    assert at(due(date) + timedelta(minutes=10)) == 0


def test_a_date_that_is_put_off_is_reminded_of_again_and_one_that_is_off_is_not(date: OccurrenceView) -> None:
    service.book(date.public_id, family("Amira"))
    assert at(due(date)) == 1
    later = timedelta(days=7)
    events.move_occurrence(date.public_id, date.starts_at + later, date.ends_at + later)
    assert at(due(date) + timedelta(minutes=1)) == 1
    assert at(reminder_at(date.starts_at + later, date.tzid)) == 2
    events.cancel_occurrence(date.public_id)
    assert at(date.starts_at + later - timedelta(hours=2)) == 2


def test_a_reminder_is_not_sent_to_whoever_gave_back_meanwhile(
    date: OccurrenceView, app_settings: Settings
) -> None:
    booked = service.book(date.public_id, family("Amira"))
    assert at(due(date)) == 1
    service.cancel(booked.token)
    assert not any("Ci vediamo" in str(mail["Subject"]) for mail in drained(app_settings))
