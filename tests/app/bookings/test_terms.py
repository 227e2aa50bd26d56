"""From when, until when, how many: the host's terms hold to the second, on the clocks of the place."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.bookings import service
from app.bookings.commands import ChangeParty
from app.bookings.rules.admission import BookingOver, NotOpenYet, OnePerAddress, check_open
from app.core import clock
from app.core.actor import Grant, Role
from app.events.facts import OccurrenceView
from app.events.queries import event_by_public_id
from app.events.rules.event import EventNotValid
from app.events.rules.terms import booking_times
from app.events.rules.vocabulary import OccurrenceStatus
from tests.app.bookings.test_service import family, status
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import in_days, make_date
from tests.app.events.test_editing import edit
from tests.client import CheckingClient

ROME = "Europe/Rome"
SECOND = timedelta(seconds=1)


def at(date: OccurrenceView, now: datetime) -> None:
    check_open(
        starts_at=date.starts_at, status=OccurrenceStatus.SCHEDULED, is_bookable=True, now=now, times=date.booking_times
    )  # fmt: skip


@given(
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-01-01")),
    st.integers(0, 60),
    st.integers(0, 5000),
)
def test_it_opens_at_the_same_hour_of_an_earlier_day_and_closes_exactly_so_long_before(
    moment: datetime, days: int, minutes: int
) -> None:
    starts_at = moment.replace(tzinfo=UTC)
    times = booking_times(starts_at, ROME, days, minutes)
    assert times.opens_at is not None
    assert starts_at - times.closes_at == timedelta(minutes=minutes)
    local, opened = starts_at.astimezone(ZoneInfo(ROME)), times.opens_at.astimezone(ZoneInfo(ROME))
    assert (local.date() - opened.date()).days == days
    # The hour that a spring night skips is the only one that cannot be the same.
    assert opened.hour == local.hour or (local.hour, opened.hour) == (2, 3)


def test_a_week_before_is_the_same_hour_across_the_night_of_the_clocks() -> None:
    after = datetime(2027, 3, 30, 8, tzinfo=UTC)  # ten in Rome, in summer time
    assert booking_times(after, ROME, 7, 0).opens_at == datetime(2027, 3, 23, 9, tzinfo=UTC)


def test_at_the_second_of_the_cut_off_it_is_too_late_and_a_second_before_it_is_not(app: Flask) -> None:
    with app.app_context():
        date = make_date(closes_minutes=60, opens_days=1)
    at(date, date.starts_at - timedelta(hours=1) - SECOND)
    with pytest.raises(BookingOver):
        at(date, date.starts_at - timedelta(hours=1))
    opens_at = date.booking_times.opens_at
    assert opens_at is not None
    at(date, opens_at)
    with pytest.raises(NotOpenYet):
        at(date, opens_at - SECOND)


def test_before_it_opens_the_page_says_when_and_nothing_is_booked(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(starts_local=in_days(10), opens_days=3)
        with pytest.raises(NotOpenYet):
            service.book(date.public_id, family())
    shown = client.get(f"/occurrences/{date.public_id}?lang=en").text
    assert "You can book from" in shown
    assert f"/occurrences/{date.public_id}/book" not in shown
    closed = client.get(f"/occurrences/{date.public_id}/book")
    assert closed.status_code == 409
    assert "You can book from" in closed.text


def test_after_the_cut_off_nobody_books_or_grows_and_places_can_still_be_given_back(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        date = make_date(closes_minutes=24 * 60)
        token = service.book(date.public_id, family()).token
    assert "Book by" in client.get(f"/occurrences/{date.public_id}?lang=en").text
    late = date.starts_at - timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: late)
    with app.app_context():
        with pytest.raises(BookingOver):
            service.book(date.public_id, family("Bruno"))
        with pytest.raises(BookingOver):
            service.change_party(ChangeParty(token, 2, 1))
        service.change_party(ChangeParty(token, 1, 0))
        service.cancel(token)
        assert status(token) == "cancelled"


def test_one_booking_for_each_address_where_the_host_wants_it(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(one_per_email=True)
        first = service.book(date.public_id, family(key="a")).token
        with pytest.raises(OnePerAddress):
            service.book(date.public_id, family(key="b"))
    typed = {"name": "Ugo", "email": "AMIRA@example.org", "adults": "1", "children": "0"}
    refused = submit(client, f"/occurrences/{date.public_id}/book", **typed)
    assert refused.status_code == 409
    assert 'value="Ugo"' in refused.text
    with app.app_context():
        service.cancel(first)
        service.book(date.public_id, family(key="c"))


@pytest.mark.parametrize(
    "wrong", [{"opens_days": -1}, {"opens_days": 366}, {"closes_minutes": -1}, {"closes_minutes": 30_000}]
)
def test_terms_out_of_reach_are_refused(app: Flask, wrong: dict[str, Any]) -> None:
    with app.app_context(), pytest.raises(EventNotValid):
        make_date(**wrong)


def test_a_host_sets_the_terms_and_odd_ones_stay_as_they_are(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(opens_days=45, closes_minutes=90)
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    assert edit(client, date.event_public_id, max_party="3", one_per_email="y").status_code == 303
    with app.app_context():
        event = event_by_public_id(date.event_public_id)
        assert event is not None
        assert (event.opens_days, event.closes_minutes, event.max_party, event.one_per_email) == (
            45,
            90,
            3,
            True,
        )
    assert edit(client, date.event_public_id, opens_days="7", closes_minutes="60").status_code == 303
    for wrong in ({"max_party": "0"}, {"max_party": "many"}, {"opens_days": "8"}, {"closes_minutes": "soon"}):
        assert edit(client, date.event_public_id, **wrong).status_code == 422
