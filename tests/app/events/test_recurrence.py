"""Rules are read strictly and laid out as RFC 5545 says; an independent reader agrees."""

# ruff: noqa: DTZ001  # wall-clock times: the zone stands beside them

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from app.events.rules.recurrence import RuleNotUnderstood, months_later, read_recurrence, wall_clock_dates
from app.events.rules.schedule import (
    NoDates,
    Schedule,
    ScheduleOutOfRange,
    TooFarAhead,
    TooManyDates,
    Window,
    check,
    slots,
    window_at,
)

ROME = "Europe/Rome"
YEAR = Window(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC))


def rome(starts: datetime, rrule: str = "", **more: tuple[datetime, ...]) -> Schedule:
    return Schedule(starts, timedelta(minutes=45), ROME, rrule, **more)


@pytest.mark.parametrize(
    "rule",
    [
        "", "WEEKLY", "FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=3;UNTIL=20270101", "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;UNTIL=soon", "FREQ=DAILY;UNTIL=20271399", "freq=daily", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;DTSTART=20270101",
        "FREQ=DAILY\nFREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=99", "RRULE:FREQ=DAILY", "FREQ=DAILY;" + "X" * 400,
        "FREQ=DAILY;INTERVAL=99999999999999999999",
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_kept_is_refused(rule: str) -> None:
    with pytest.raises(RuleNotUnderstood):
        read_recurrence(rule)


def test_the_first_date_counts_even_where_the_pattern_leaves_it_out() -> None:
    thursday = datetime(2027, 3, 4, 10)
    found = list(wall_clock_dates(read_recurrence("FREQ=WEEKLY;BYDAY=MO;COUNT=3"), thursday, ROME))
    assert found == [thursday, datetime(2027, 3, 8, 10), datetime(2027, 3, 15, 10)]


def test_until_in_utc_is_the_moment_it_says() -> None:
    """20:00 UTC on 24 March is 21:00 in Rome: that day's 21:00 is in, the next day's is out."""
    daily = rome(datetime(2027, 3, 23, 21), "FREQ=DAILY;UNTIL=20270324T200000Z")
    assert [slot.recurrence_id.day for slot in slots(daily, YEAR)] == [23, 24]
    assert len(slots(rome(datetime(2027, 3, 23, 21), "FREQ=DAILY;UNTIL=20270324T195959Z"), YEAR)) == 1


@pytest.mark.parametrize("until", ["20270325", "20270325T210000", "20270325T210000Z"])
def test_until_may_be_a_day_a_wall_clock_time_or_a_moment(until: str) -> None:
    assert len(slots(rome(datetime(2027, 3, 23, 21), f"FREQ=DAILY;UNTIL={until}"), YEAR)) == 3


def test_a_time_skipped_in_spring_moves_forward() -> None:
    nights = rome(datetime(2027, 3, 27, 2, 30), "FREQ=DAILY;COUNT=3")
    assert [slot.recurrence_id.isoformat() for slot in slots(nights, YEAR)] == [
        "2027-03-27T01:30:00+00:00",
        "2027-03-28T01:30:00+00:00",
        "2027-03-29T00:30:00+00:00",
    ]


def test_a_time_that_comes_twice_in_autumn_is_the_first() -> None:
    nights = rome(datetime(2027, 10, 30, 2, 30), "FREQ=DAILY;COUNT=3")
    assert [slot.recurrence_id.isoformat() for slot in slots(nights, YEAR)] == [
        "2027-10-30T00:30:00+00:00",
        "2027-10-31T00:30:00+00:00",
        "2027-11-01T01:30:00+00:00",
    ]


def test_exceptions_take_dates_out_and_add_them() -> None:
    start = datetime(2027, 3, 4, 10)
    extra = datetime(2027, 3, 6, 15)
    schedule = rome(start, "FREQ=WEEKLY;COUNT=3", rdates=(extra, extra), exdates=(datetime(2027, 3, 11, 10),))
    assert [slot.recurrence_id.day for slot in slots(schedule, YEAR)] == [4, 6, 18]


def test_too_many_dates_and_none_at_all_are_refused() -> None:
    with pytest.raises(TooFarAhead):
        check(rome(datetime(2029, 1, 1, 10), "FREQ=WEEKLY"), YEAR)
    with pytest.raises(NoDates):
        check(rome(datetime(2026, 3, 4, 10)), YEAR)
    with pytest.raises(NoDates):
        check(rome(datetime(2027, 3, 4, 10), exdates=(datetime(2027, 3, 4, 10),)), YEAR)
    many = tuple(datetime(2027, 1, 1) + timedelta(minutes=5 * number) for number in range(1100))
    with pytest.raises(TooManyDates):
        check(rome(datetime(2027, 3, 4, 10), rdates=many), YEAR)


@pytest.mark.parametrize("start", [datetime(1899, 1, 1), datetime(2101, 1, 1)])
def test_a_year_that_cannot_be_meant_is_refused(start: datetime) -> None:
    with pytest.raises(ScheduleOutOfRange):
        slots(rome(start), YEAR)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ScheduleOutOfRange):
        slots(Schedule(datetime(2027, 1, 1), timedelta(hours=1), "Mars/Olympus"), YEAR)


def test_a_rule_that_never_gives_a_date_ends() -> None:
    assert len(slots(rome(datetime(2027, 3, 4, 10), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), YEAR)) == 1


@given(st.dates(datetime(2024, 1, 1).date(), datetime(2030, 1, 1).date()), st.integers(0, 30))
def test_months_later_is_that_many_months_later(day: object, months: int) -> None:
    found = months_later(day, months)  # type: ignore[arg-type]  # hypothesis gives dates
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months  # type: ignore[attr-defined]  # the same


days = st.lists(
    st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True
)
rules = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={};COUNT={}".format, st.integers(1, 9), st.integers(1, 40)),
    st.builds(lambda n, d, c: f"FREQ=WEEKLY;INTERVAL={n};BYDAY={','.join(d)};COUNT={c}", st.integers(1, 3), days, st.integers(1, 30)),
    st.builds("FREQ=MONTHLY;BYDAY={}{};COUNT={}".format, st.sampled_from([1, 2, -1]), st.sampled_from(["MO", "TH"]), st.integers(1, 12)),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={};COUNT={}".format, st.integers(1, 31), st.integers(1, 9)),
)  # fmt: skip


@given(st.datetimes(datetime(2027, 1, 1), datetime(2027, 6, 30)), rules, st.integers(4, 23))
def test_an_independent_reader_gives_the_same_dates(start: datetime, rule: str, hour: int) -> None:
    """recurring-ical-events reads our rule from a calendar. It starts on a date of the pattern, as the RFC asks."""
    pattern = read_recurrence(rule.rsplit(";COUNT=", 1)[0])
    start = start.replace(hour=hour, second=0, microsecond=0)
    start = next(islice(wall_clock_dates(pattern, start, ROME), 1, 2))
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:t\r\nBEGIN:VEVENT\r\nUID:a\r\n"
        f"DTSTART;TZID=Europe/Rome:{start:%Y%m%dT%H%M%S}\r\nDURATION:PT45M\r\nRRULE:{rule}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    read = recurring_ical_events.of(Calendar.from_ical(text)).between(
        datetime(2027, 1, 1), datetime(2027, 12, 30)
    )
    theirs = sorted(entry["DTSTART"].dt.astimezone(UTC) for entry in read)
    ours = [slot.recurrence_id for slot in slots(rome(start, rule), YEAR)]
    assert [moment for moment in ours if moment < datetime(2027, 12, 29, tzinfo=UTC)] == [
        moment for moment in theirs if moment < datetime(2027, 12, 29, tzinfo=UTC)
    ]


def test_the_window_reaches_180_days_back_and_18_months_ahead() -> None:
    window = window_at(datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert window.begins_at.date().isoformat() == "2026-05-26"
    assert window.ends_at.date().isoformat() == "2028-05-22"
