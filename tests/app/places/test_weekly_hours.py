"""What a host writes in the form is what everybody reads, and comes back into the form as it was written."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.rules.hours import Locale, intervals, is_readable, is_uncertain
from app.places.rules.weekly_hours import LEAP_YEAR, Closure, SpansOverlap, WeeklyHours, check, read, written

ROME = ZoneInfo("Europe/Rome")
MILAN = Locale("Europe/Rome", "IT", "MI")
FEASTS = (date(2026, 12, 7), date(2026, 12, 8))  # Sant'Ambrogio in Milan, and the day after
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30)]


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[time, time], ...]:
    """None, one (perhaps into the night) or two stretches of one day."""
    cuts = sorted(draw(st.lists(st.sampled_from(QUARTERS[1:]), min_size=0, max_size=4, unique=True)))
    if len(cuts) < 2:
        return ()
    if len(cuts) == 3:
        return ((max(cuts[2], time(18)), min(cuts[0], time(6))),)
    return tuple((cuts[at], cuts[at + 1]) for at in range(0, len(cuts) - 1, 2))


@st.composite
def closures(draw: st.DrawFn) -> Closure:
    """A few days, once or every year."""
    is_yearly = draw(st.booleans())
    year = LEAP_YEAR if is_yearly else 2026
    first = date(year, 1, 1) + timedelta(days=draw(st.integers(0, 330)))
    return Closure(first, first + timedelta(days=draw(st.integers(0, 25))), is_yearly)


weeks = st.builds(
    WeeklyHours, st.tuples(*[spans()] * 7), st.booleans(), st.lists(closures(), max_size=3).map(tuple)
)


@given(weeks)
def test_what_is_written_is_read_back(hours: WeeklyHours) -> None:
    text = written(hours)
    if hours.is_empty:
        assert text == ""
    else:
        assert read(text) == hours
        assert is_readable(text)
        assert not is_uncertain(text)


def plainly(hours: WeeklyHours, first: date, days: int) -> set[datetime]:
    """Open quarters of an hour by the plainest reading: each day opens by its own hours, unless it is closed."""
    found = set()
    for day in (first + timedelta(days=n) for n in range(days)):
        if _is_closed(hours, day):
            continue
        for begin, end in hours.days[day.weekday()]:
            last = day if begin < end else day + timedelta(days=1)
            at = datetime.combine(day, begin, ROME)
            until = datetime.combine(last, end, ROME)
            while at < until:
                found.add(at.astimezone(UTC))
                at += timedelta(minutes=15)
    return found


def _is_closed(hours: WeeklyHours, day: date) -> bool:
    if day in FEASTS and not hours.on_holidays:
        return True
    for one in hours.closures:
        first, last = one.first_on, one.last_on
        if not one.is_yearly and first <= day <= last:
            return True
        if one.is_yearly and _is_between(
            (first.month, first.day), (day.month, day.day), (last.month, last.day)
        ):
            return True
    return False


def _is_between(first: tuple[int, int], day: tuple[int, int], last: tuple[int, int]) -> bool:
    """Days of a year, which may run over its end."""
    return first <= day <= last if first <= last else day >= first or day <= last


@given(weeks)
def test_the_reader_understands_it_as_it_was_meant(hours: WeeklyHours) -> None:
    """Two weeks without a change of the clocks, with a public holiday; nights out of a closed day are left out."""
    first, days = date(2026, 11, 30), 14
    begin = datetime.combine(first + timedelta(days=1), time(0), ROME).astimezone(UTC)
    end = datetime.combine(first + timedelta(days=days - 1), time(0), ROME).astimezone(UTC)
    text = written(hours)
    if not text:
        return
    read_as = set()
    for one in intervals(text, begin - timedelta(days=1), end, MILAN):
        at = max(one.starts_at, begin)
        while at < min(one.ends_at, end):
            read_as.add(at)
            at += timedelta(minutes=15)
    meant = {at for at in plainly(hours, first, days + 1) if begin <= at < end}
    shut = [day for day in (first + timedelta(days=n) for n in range(days + 1)) if _is_closed(hours, day)]
    touched = {day + timedelta(days=n) for day in shut for n in (0, 1)}
    unlike = {
        at
        for at in read_as ^ meant
        if at.astimezone(ROME).date() not in touched or at.astimezone(ROME).hour > 11
    }
    assert not unlike, text


@pytest.mark.parametrize(
    "text",
    ["Mo-Fr sunrise-sunset", "Mo-Fr 08:00+", "PH off; Mo-Fr 08:00-12:00", "Mo[1] 08:00-12:00", "Mo-Fr 8-12", 'Mo "by appointment"',
     "Mo 08:00-10:00,11:00-12:00,13:00-14:00", "Fr-Mo 08:00-12:00", "2026 Feb 30 off", "<script>", "week 1-10 Mo 08:00-12:00"],
)  # fmt: skip
def test_what_the_form_cannot_show_is_left_as_it_is(text: str) -> None:
    assert read(text) is None


def test_always_open_is_every_whole_day() -> None:
    assert written(read("24/7")) == "Mo-Su 00:00-24:00"


@pytest.mark.parametrize(
    "day",
    [
        ((time(8), time(12)), (time(11), time(14))),
        ((time(8), time(12)), (time(12), time(14))),
        ((time(20), time(2)), (time(22), time(23))),
        ((time(8), time(0)), (time(9), time(10))),
    ],
)
def test_stretches_of_one_day_may_not_meet(day: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(SpansOverlap):
        check(WeeklyHours((day, (), (), (), (), (), ())))
