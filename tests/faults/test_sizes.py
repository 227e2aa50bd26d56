"""Too much and too little: rules of ten thousand dates or none, a family larger than the room."""

# ruff: noqa: DTZ001  # wall-clock times: the zone stands beside them

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.core.actor import Grant, Role
from app.events.labels import refusal
from app.events.rules.schedule import MAX_DATES, NoDates, TooManyDates
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import all_dates, in_days, make_date, make_event, make_place
from tests.client import CheckingClient
from tests.faults.families import bookings

TEN_THOUSAND = 10_000


def test_a_rule_of_ten_thousand_dates_keeps_those_within_reach(app: Flask) -> None:
    with app.app_context():
        make_event(rrule=f"FREQ=DAILY;COUNT={TEN_THOUSAND}")
        assert 500 < len(all_dates()) < MAX_DATES


@pytest.mark.parametrize(
    ("schedule", "error"),
    [
        ({"rdates": tuple(in_days(3) + timedelta(minutes=number) for number in range(TEN_THOUSAND))}, TooManyDates),
        ({"starts_local": datetime(2020, 3, 4, 10), "rrule": "FREQ=WEEKLY;COUNT=4"}, NoDates),
    ],
)  # fmt: skip
def test_too_many_dates_or_none_are_refused_in_a_sentence_and_nothing_is_stored(
    app: Flask, schedule: dict[str, Any], error: type[Exception]
) -> None:
    with app.test_request_context("/?lang=en"):
        with pytest.raises(error) as refused:
            make_event(**schedule)
        assert refusal(refused.value).endswith(".")  # type: ignore[arg-type]  # one of ours
        assert all_dates() == []


def test_a_host_whose_series_gives_no_date_reads_so_and_keeps_what_was_typed(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        place = make_place()
    enter(app, client, Grant(Role.OPERATOR))
    answer = submit(
        client, f"/studio/places/{place}/events/new?lang=en", title="Fiabe sotto il glicine", day="2020-01-01",
        hour="10:00", minutes="45", capacity="8", weeks="4", age="0-36", kind="reading", language="it",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "choose a later one" in answer.text
    assert "Fiabe sotto il glicine" in answer.text


def test_a_family_larger_than_the_room_is_told_the_room_s_size_and_keeps_what_was_typed(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        date = make_date(capacity=3, max_party=8)
    typed = {"name": "Famiglia grande", "email": "ada@example.org", "adults": "2", "children": "3"}
    answer = submit(client, f"/occurrences/{date.public_id}/book?lang=en", **typed)
    assert answer.status_code == 422
    assert "Famiglia grande" in answer.text
    assert 'role="alert"' in answer.text
    assert bookings(app) == 0
