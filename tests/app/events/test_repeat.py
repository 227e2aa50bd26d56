"""What people say of a series, and the rule that it means, are the same thing both ways."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.rules.day_list import DayNotReadable, read_days, written_days
from app.events.rules.recurrence import read_recurrence, wall_clock_dates
from app.events.rules.repeat import Repeat, repeat_of, rule_for
from app.events.rules.schedule import Schedule

ROME = "Europe/Rome"
wall = datetime.fromisoformat
starts = st.datetimes(wall("2026-01-01T00:00"), wall("2028-12-31T00:00")).map(
    lambda moment: moment.replace(minute=0, second=0, microsecond=0)
)
said = st.sampled_from([Repeat.WEEK, Repeat.FORTNIGHT, Repeat.MONTH])


def schedule(start: datetime, rule: str) -> Schedule:
    return Schedule(start, timedelta(hours=1), ROME, rule)


@given(starts, said, st.none() | st.integers(0, 400))
def test_what_is_said_is_what_is_read_again(start: datetime, repeat: Repeat, days: int | None) -> None:
    until = None if days is None else start.date() + timedelta(days=days)
    assert repeat_of(schedule(start, rule_for(repeat, start, until, ROME))) == (repeat, until)


@given(starts, said, st.integers(0, 400))
def test_the_last_date_is_never_after_the_last_day_and_no_date_is_missing(
    start: datetime, repeat: Repeat, days: int
) -> None:
    until = start.date() + timedelta(days=days)
    rule = rule_for(repeat, start, until, ROME)
    dates = list(wall_clock_dates(read_recurrence(rule), start, ROME))
    assert dates[-1].date() <= until
    assert {one.weekday() for one in dates} == {start.weekday()}
    gaps = [later.date() - earlier.date() for earlier, later in pairwise(dates)]
    most = {Repeat.WEEK: 7, Repeat.FORTNIGHT: 14, Repeat.MONTH: 35}[repeat]
    assert all(gap.days <= most for gap in gaps)
    assert until - dates[-1].date() <= timedelta(days=most)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("", (Repeat.ONCE, None)),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=TH;WKST=MO", (Repeat.WEEK, None)),
        ("FREQ=WEEKLY;COUNT=4", (Repeat.WEEK, date(2026, 12, 17))),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20261224", (Repeat.FORTNIGHT, date(2026, 12, 24))),
        ("FREQ=MONTHLY;BYDAY=+4TH", (Repeat.MONTH, None)),
        ("FREQ=WEEKLY;BYDAY=MO,TH", (Repeat.OTHER, None)),
        ("FREQ=MONTHLY;BYMONTHDAY=26", (Repeat.OTHER, None)),
        ("FREQ=DAILY", (Repeat.OTHER, None)),
    ],
)
def test_rules_from_elsewhere_are_said_where_they_can_be(rule: str, expected: object) -> None:
    assert repeat_of(schedule(wall("2026-11-26T10:00"), rule)) == expected


@given(st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), unique=True, max_size=20))
def test_days_that_were_written_are_read_again(days: list[date]) -> None:
    assert read_days(written_days(tuple(sorted(days))), date(2026, 1, 1)) == tuple(sorted(days))


def test_a_leap_day_without_a_year_is_the_next_one_there_is() -> None:
    assert read_days("29/2", date(2026, 11, 26)) == (date(2028, 2, 29),)


@pytest.mark.parametrize(
    "text", ["soon", "1/1/0001", "9999-12-31", "31/2", "2026-13-01", "24/12/1", "1 2", "٣٠/٢"]
)
def test_what_is_no_day_is_named(text: str) -> None:
    with pytest.raises(DayNotReadable):
        read_days(text, date(2026, 11, 26))
