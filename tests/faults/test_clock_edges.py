"""Nights on which the clocks change, 29 February, and the very second in which a date begins."""

# ruff: noqa: DTZ001  # wall-clock times: the zone stands beside them

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from flask import Flask

from app.core import clock
from app.events.rules.recurrence import read_recurrence, wall_clock_dates
from tests.app.events.browsing import hidden_values, submit
from tests.app.events.factory import ROME, all_dates, make_date, make_event
from tests.client import CheckingClient
from tests.faults.families import bookings

WINTER = datetime(2027, 1, 10, 9, tzinfo=UTC)
TYPED = {"name": "Ada", "email": "ada@example.org", "adults": "1", "children": "0"}
SPRING = datetime(2027, 3, 28, 2, 30)  # a time that no clock in Rome shows
AUTUMN = datetime(2027, 10, 31, 2, 30)  # a time that every clock in Rome shows twice


@pytest.mark.parametrize(
    ("night", "begins_at", "shown"),
    [
        (SPRING, datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "3:30"),
        (AUTUMN, datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "2:30"),
    ],
)
def test_a_date_in_the_night_of_the_change_is_booked_for_one_moment_until_that_moment(
    app: Flask, client: CheckingClient, night: datetime, begins_at: datetime, shown: str
) -> None:
    with clock.frozen(WINTER), app.app_context():
        date = make_date(starts_local=night)
    assert date.starts_at == begins_at
    form = f"/occurrences/{date.public_id}/book"
    with clock.frozen(begins_at - timedelta(seconds=1)):
        booked = submit(client, form, **TYPED)
        assert booked.status_code == 303
        assert shown in client.get(f"{booked.location}?lang=it").text
    with clock.frozen(begins_at):
        assert client.get(form).status_code == 409


def test_a_weekly_series_keeps_its_hour_across_both_changes(app: Flask) -> None:
    with clock.frozen(WINTER), app.app_context():
        make_event(starts_local=datetime(2027, 3, 21, 2, 30), rrule="FREQ=WEEKLY;COUNT=34")
        begins = [date.starts_at for date in all_dates()]
    hours = {moment.date().isoformat()[5:]: f"{moment:%H:%M}" for moment in begins}
    assert len(begins) == 34
    assert [hours[day] for day in ("03-21", "03-28", "04-04")] == ["01:30", "01:30", "00:30"]
    assert [hours[day] for day in ("10-24", "10-31", "11-07")] == ["00:30", "00:30", "01:30"]


def test_29_february_comes_every_fourth_year_and_is_never_moved_to_another_day(app: Flask) -> None:
    rule = read_recurrence("FREQ=YEARLY")
    found = islice(wall_clock_dates(rule, datetime(2096, 2, 29, 10), ROME), 2)
    assert [day.year for day in found] == [2096, 2104]  # 2100 is no leap year
    with clock.frozen(WINTER), app.app_context():
        make_event(starts_local=datetime(2024, 2, 29, 10), rrule="FREQ=YEARLY")
        assert [date.starts_at for date in all_dates()] == [datetime(2028, 2, 29, 9, tzinfo=UTC)]


def test_a_form_opened_in_time_and_sent_in_the_second_of_the_start_is_answered_in_words(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        date = make_date()
    form = f"/occurrences/{date.public_id}/book"
    with clock.frozen(date.starts_at - timedelta(seconds=1)):
        hidden = hidden_values(client.get(form).text)
    with clock.frozen(date.starts_at):
        answer = client.post(f"{form}?lang=en", data=hidden | TYPED)
    assert answer.status_code == 409
    assert bookings(app) == 0
