"""How a place stands now, how fresh a fact is, which hours the week shows."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.places.rules.freshness import Decay, Freshness, confirmation
from app.places.rules.intervals import Interval
from app.places.rules.opening import Opening, opening_state
from app.places.rules.plain_hours import plain_rules, schema_hours
from app.places.rules.week import week, week_bounds

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
READABLE = ("Mo-Fr 08:30-19:30",)
ROME = ZoneInfo("Europe/Rome")


def around(start_minutes: int, end_minutes: int) -> Interval:
    return Interval(NOW + timedelta(minutes=start_minutes), NOW + timedelta(minutes=end_minutes))


def test_open_says_until_when() -> None:
    state = opening_state([around(-60, 120)], NOW)
    assert (state.state, state.until) == (Opening.OPEN, NOW + timedelta(hours=2))


def test_touching_rows_are_one_opening() -> None:
    state = opening_state([around(-60, 60), around(60, 180)], NOW)
    assert state.until == NOW + timedelta(hours=3)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(30, Opening.CLOSING), (31, Opening.OPEN), (1, Opening.CLOSING)]
)
def test_the_last_half_hour_is_closing_soon(minutes: int, expected: Opening) -> None:
    assert opening_state([around(-60, minutes)], NOW).state is expected


def test_the_moment_of_closing_is_closed_and_that_of_opening_open() -> None:
    assert opening_state([around(-60, 0)], NOW, texts=READABLE).state is Opening.CLOSED
    assert opening_state([around(0, 60)], NOW).state is Opening.OPEN


def test_rows_of_a_day_each_are_round_the_clock() -> None:
    rows = [around(-600, 840), around(840, 2280), around(2280, 3720)]
    state = opening_state(rows, NOW)
    assert (state.state, state.until, state.is_open) == (Opening.ALWAYS, None, True)


def test_closed_says_when_it_opens_next() -> None:
    state = opening_state([around(90, 120), around(300, 400)], NOW, texts=READABLE)
    assert (state.state, state.next_opens_at) == (Opening.CLOSED, NOW + timedelta(minutes=90))
    later = NOW + timedelta(days=5)
    assert opening_state([], NOW, texts=READABLE, next_opens_at=later).next_opens_at == later


@pytest.mark.parametrize(
    "texts", [(), ("",), ("LUNEDI CHIUSO",), ('Mo-Fr 09:00-12:00; Sa "ask"',), ("24/7", "chiedere")]
)
def test_hours_that_do_not_say_closed_are_unknown(texts: tuple[str, ...]) -> None:
    assert opening_state([], NOW, texts=texts).state is Opening.UNKNOWN


@pytest.mark.parametrize(
    ("days", "freshness"),
    [(0, Freshness.FRESH), (90, Freshness.FRESH), (91, Freshness.TO_CONFIRM), (180, Freshness.TO_CONFIRM),
     (181, Freshness.UNSURE)],
)  # fmt: skip
def test_a_confirmation_ages(days: int, freshness: Freshness) -> None:
    today = date(2026, 11, 23)
    assert confirmation(today - timedelta(days=days), today, Decay()).freshness is freshness


def test_a_confirmation_from_another_zones_tomorrow_is_from_today() -> None:
    assert confirmation(date(2026, 11, 24), date(2026, 11, 23), Decay()).days == 0
    assert confirmation(None, date(2026, 11, 23), Decay()).freshness is Freshness.NEVER


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=ROME).astimezone(UTC)


def test_the_week_begins_today_in_the_places_zone() -> None:
    at = datetime(2026, 10, 20, 22, 30, tzinfo=UTC)  # 21 October, half past midnight in Rome
    days = week([Interval(local(21, 9), local(21, 13)), Interval(local(21, 22), local(22, 6))], at, ROME)
    assert days[0].day == date(2026, 10, 21)
    assert len(days) == 7
    assert days[0].stretches == ((time(9), time(13)), (time(22), time(6)))
    assert days[1].stretches == ()


def test_round_the_clock_is_whole_days_even_when_clocks_change() -> None:
    at = local(23, 12)
    start, end = week_bounds(at, ROME)
    rows = [Interval(start - timedelta(days=1), end + timedelta(days=1))]
    assert all(day.is_whole_day for day in week(rows, at, ROME))


@pytest.mark.parametrize(
    "text", ["", "Mo-Fr 09:00-12:00; PH off", "sunrise-sunset", "Mo[1] 09:00-12:00", 'Mo "x"']
)
def test_hours_that_say_more_than_days_and_times_are_not_plain(text: str) -> None:
    assert plain_rules(text) is None
    assert schema_hours(text) is None


def test_plain_hours_are_said_to_search_engines() -> None:
    assert schema_hours("Mo-We,Fr 09:00-12:00; Sa 10:00-11:00") == ["Mo-We,Fr 09:00-12:00", "Sa 10:00-11:00"]
    assert schema_hours("24/7") == ["Mo-Su 00:00-24:00"]
