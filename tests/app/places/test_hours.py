"""Opening hours become stretches of time, and what cannot be known is never guessed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.rules.hours import (
    Locale,
    Unreadable,
    corner_intervals,
    intervals,
    is_readable,
    is_uncertain,
)
from app.places.rules.intervals import LONGEST_ROW, Interval, crossed, cut, merged
from geo.point import Point

ROME = ZoneInfo("Europe/Rome")
MILAN = Locale("Europe/Rome", "IT", "MI", Point(lon=9.19, lat=45.46))


def times(text: str, start: str, end: str, locale: Locale = MILAN) -> list[str]:
    """Intervals as local wall-clock texts."""
    zone = ZoneInfo(locale.tzid)
    first, last = (
        datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(UTC) for moment in (start, end)
    )
    return [
        f"{i.starts_at.astimezone(zone):%d %H:%M}-{i.ends_at.astimezone(zone):%d %H:%M}"
        for i in intervals(text, first, last, locale)
    ]


def test_split_hours_of_two_days() -> None:
    assert times("Mo-Fr 08:30-12:30,15:30-19:30", "2026-11-23", "2026-11-25") == [
        "23 08:30-23 12:30", "23 15:30-23 19:30", "24 08:30-24 12:30", "24 15:30-24 19:30",
    ]  # fmt: skip


def test_saint_ambrose_is_a_holiday_in_milan_and_not_in_rome() -> None:
    text = "Mo-Fr 09:00-18:00; PH off"
    rome = Locale("Europe/Rome", "IT", "RM")
    assert times(text, "2026-12-07", "2026-12-08") == []
    assert times(text, "2026-12-07", "2026-12-08", rome) == ["07 09:00-07 18:00"]
    assert times(text, "2026-12-08", "2026-12-09", rome) == []


def test_holidays_may_have_hours_of_their_own() -> None:
    text = "Mo-Sa 09:00-19:30; Su,PH 09:30-18:00"
    assert times(text, "2026-12-06", "2026-12-09") == ["06 09:30-06 18:00", "07 09:30-07 18:00", "08 09:30-08 18:00"]  # fmt: skip


def test_holidays_may_be_added_to_the_hours_of_the_day() -> None:
    text = "Mo-Fr 10:00-12:00, PH 14:00-15:00"
    assert times(text, "2026-12-07", "2026-12-08") == ["07 10:00-07 12:00", "07 14:00-07 15:00"]


def test_past_midnight_is_one_stretch() -> None:
    assert times("Fr 20:00-02:00", "2026-11-27", "2026-11-30") == ["27 20:00-28 02:00"]


def test_a_night_that_runs_into_the_day_of_an_earlier_rule_is_kept() -> None:
    assert times("Mo-Sa 18:00-04:00; Su 20:00-04:00", "2026-11-29T12:00", "2026-11-30T12:00") == ["29 20:00-30 04:00"]  # fmt: skip


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 7), ("2026-10-24", 9), ("2026-11-24", 8)])
def test_the_night_when_clocks_change_lasts_its_real_length(day: str, hours: int) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=ROME, hour=12).astimezone(UTC)
    (night,) = intervals("22:00-06:00", start, start + timedelta(hours=24), MILAN)
    assert night.length == timedelta(hours=hours)


def test_hours_inside_the_missing_hour_are_no_time_at_all() -> None:
    assert times("02:10-02:40", "2026-03-29", "2026-03-30") == []


def test_round_the_clock_is_one_stretch() -> None:
    (always,) = intervals(
        "24/7", datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 27, tzinfo=UTC), MILAN
    )
    assert always.length == timedelta(days=3)


def test_the_sun_decides_at_the_place_itself() -> None:
    (day,) = intervals(
        "sunrise-sunset", datetime(2026, 12, 6, tzinfo=UTC), datetime(2026, 12, 7, tzinfo=UTC), MILAN
    )
    assert day.starts_at.astimezone(ROME).hour == 7
    assert day.ends_at.astimezone(ROME).hour == 16


@pytest.mark.parametrize(
    "text",
    ["", "LUNEDI CHIUSO", "10-13 / 17-20 - LUNEDI CHIUSO", "Mo-Fr 10:00+", "SH off; Mo-Fr 09:00-12:00", "x" * 2000,
     "PH Mo-Fr 10:00-12:00", "Jun PH 10:00-12:00"],
)  # fmt: skip
def test_what_cannot_be_read_is_said_to_be_unreadable(text: str) -> None:
    assert not is_readable(text)
    with pytest.raises(Unreadable):
        times(text, "2026-11-23", "2026-11-24")


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ('Mo 09:00-12:00 "by appointment"', []),
        ("Mo 09:00-12:00 unknown", []),
        ('"ring the bell"', []),
        ('Mo 09:00-12:00 || "on call"', ["23 09:00-23 12:00"]),
        ('Mo 09:00-12:00; Tu 09:00-12:00 "ask"', ["23 09:00-23 12:00"]),
    ],
)
def test_what_is_only_said_in_words_is_not_open(text: str, sure: list[str]) -> None:
    assert is_uncertain(text)
    assert times(text, "2026-11-23", "2026-11-25") == sure


def test_days_with_a_blank_after_the_comma_are_a_list() -> None:
    assert times("Sa, Su 14:00-18:00", "2026-11-28", "2026-11-30") == [
        "28 14:00-28 18:00",
        "29 14:00-29 18:00",
    ]


def test_the_corner_is_open_inside_its_host() -> None:
    start, end = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    found = corner_intervals("Mo 08:30-12:30,15:30-19:30", "Mo 10:00-17:00", start, end, MILAN)
    assert [f"{i.starts_at.astimezone(ROME):%H:%M}" for i in found] == ["10:00", "15:30"]
    assert [f"{i.ends_at.astimezone(ROME):%H:%M}" for i in found] == ["12:30", "17:00"]


@pytest.mark.parametrize(("host", "corner"), [("", ""), ("LUNEDI", "Mo 10:00-12:00"), ("24/7", "chiedere")])
def test_the_corner_is_unknown_where_either_text_is(host: str, corner: str) -> None:
    with pytest.raises(Unreadable):
        corner_intervals(
            host, corner, datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC), MILAN
        )


moments = st.integers(0, 60 * 24 * 31).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
stretches = st.lists(
    st.builds(
        lambda start, minutes: Interval(start, start + timedelta(minutes=minutes)),
        moments,
        st.integers(1, 5000),
    ),
    max_size=12,
)


@given(stretches)
def test_cutting_changes_no_time_and_leaves_nothing_longer_than_a_day(found: list[Interval]) -> None:
    pieces = list(cut(merged(found)))
    assert merged(pieces) == merged(found)
    assert all(timedelta(0) < piece.length <= LONGEST_ROW for piece in pieces)


@given(stretches, stretches)
def test_crossed_time_lies_in_both(some: list[Interval], others: list[Interval]) -> None:
    common = crossed(some, others)
    assert common == crossed(others, some)
    for interval in common:
        middle = interval.starts_at + interval.length / 2
        assert any(one.contains(middle) for one in some)
        assert any(other.contains(middle) for other in others)


@given(st.text(alphabet='MoTuWeFrSaPH0123456789:-,; offunknown"|+[]/', max_size=40))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    try:
        found = intervals(text, start, start + timedelta(days=15), MILAN)
    except Unreadable:
        return
    assert all(start <= interval.starts_at < interval.ends_at for interval in found)
