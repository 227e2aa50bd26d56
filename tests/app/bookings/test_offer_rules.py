"""How long a family has to answer: twelve waking hours, never into the last six before the beginning."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bookings.rules import offers, status
from app.bookings.rules.offers import LAST_HOURS, SLEEP, WAKE, Terms, after_waking_hours, terms

ROME = ZoneInfo("Europe/Rome")
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
zones = st.sampled_from(
    ["Europe/Rome", "Africa/Cairo", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu"]
)


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("2026-11-26T08:00", "2026-11-26T20:00"), ("2026-11-26T03:00", "2026-11-26T20:00"),
        ("2026-11-26T09:30", "2026-11-27T08:30"), ("2026-11-26T20:59", "2026-11-27T19:59"),
        ("2026-11-26T21:00", "2026-11-27T20:00"), ("2026-11-26T23:30", "2026-11-27T20:00"),
        ("2026-03-28T20:00", "2026-03-29T19:00"), ("2026-10-24T20:00", "2026-10-25T19:00"),
        ("2028-02-28T20:00", "2028-02-29T19:00"),
    ],
)  # fmt: skip
def test_nights_do_not_count(asked: str, until: str) -> None:
    assert after_waking_hours(rome(asked), timedelta(hours=12), "Europe/Rome") == rome(until)


@given(moments, st.integers(1, 72), zones)
def test_the_waking_time_in_between_is_what_was_promised(now: datetime, hours: int, tzid: str) -> None:
    end = after_waking_hours(now, timedelta(hours=hours), tzid)
    zone = ZoneInfo(tzid)
    assert awake(now, end, zone) == timedelta(hours=hours)
    assert WAKE < end.astimezone(zone).time() <= SLEEP


def awake(begin: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Time between 8:00 and 21:00, day by day."""
    total, day = timedelta(), begin.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        wakes, sleeps = (datetime.combine(day, clock, zone).astimezone(UTC) for clock in (WAKE, SLEEP))
        total += max(min(end, sleeps) - max(begin, wakes), timedelta())
        day += timedelta(days=1)
    return total


@given(moments, st.integers(1, 60 * 24 * 30), zones)
def test_seats_are_kept_for_nobody_in_the_last_hours(now: datetime, minutes: int, tzid: str) -> None:
    starts_at = now + timedelta(minutes=minutes)
    asked = terms(now, starts_at, tzid)
    assert asked.ends_at > now
    if asked.is_held:
        assert asked.ends_at <= starts_at - LAST_HOURS
    else:
        assert (now >= starts_at - LAST_HOURS, asked.ends_at) == (True, starts_at)


def test_the_very_second_at_which_the_last_hours_begin() -> None:
    starts_at = rome("2026-11-26T20:00")
    last = starts_at - LAST_HOURS
    assert terms(last, starts_at, "Europe/Rome") == Terms(starts_at, is_held=False)
    assert terms(last - timedelta(seconds=1), starts_at, "Europe/Rome") == Terms(last, is_held=True)


def test_every_state_has_its_row_and_only_known_states_follow() -> None:
    for table, states in (
        (status.ALLOWED_MOVES, status.BookingStatus),
        (offers.ALLOWED_MOVES, offers.OfferStatus),
    ):
        assert set(table) == set(states)
        assert all(after <= set(states) for after in table.values())
