"""A series in two parts gives the dates of the whole; a series moved as a whole keeps its rhythm."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.rules.schedule import Schedule, Window, slots
from app.events.rules.series import SeriesNotMovable, ended_after, shift, split

ROME = "Europe/Rome"
WHOLE = Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
RULES = (
    "FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=12", "FREQ=WEEKLY;INTERVAL=2;COUNT=9", "FREQ=WEEKLY;BYDAY=TH;COUNT=20",
    "FREQ=WEEKLY;UNTIL=20270630T220000Z", "FREQ=DAILY;COUNT=30", "FREQ=MONTHLY;COUNT=8", "FREQ=MONTHLY;BYDAY=-1TH;COUNT=9",
    "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270301", "FREQ=YEARLY;COUNT=3", "",
)  # fmt: skip
START = datetime(2026, 11, 26, 10)  # noqa: DTZ001  # wall clock


def wall(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(ROME)).replace(tzinfo=None)


schedules = st.builds(
    Schedule,
    st.just(START),
    st.just(timedelta(minutes=45)),
    st.just(ROME),
    st.sampled_from(RULES),
    st.lists(st.integers(1, 400).map(lambda days: START + timedelta(days=days, hours=3)), max_size=3).map(
        tuple
    ),
    st.lists(st.integers(1, 30).map(lambda weeks: START + timedelta(weeks=weeks)), max_size=3).map(tuple),
)


@given(schedules, st.data())
def test_two_parts_give_the_dates_of_the_whole(schedule: Schedule, data: st.DataObject) -> None:
    dates = slots(schedule, WHOLE)
    if len(dates) < 2:
        return
    at = data.draw(st.sampled_from(dates[1:]))
    before, after = split(schedule, wall(at.recurrence_id))
    assert slots(before, WHOLE) == [slot for slot in dates if slot < at]
    assert slots(after, WHOLE) == [slot for slot in dates if slot >= at]


@given(schedules, st.integers(-10, 10), st.integers(-5, 5))
def test_moved_as_a_whole_each_date_moves_as_much(schedule: Schedule, days: int, hours: int) -> None:
    by = timedelta(days=days, hours=hours)
    if any(name in schedule.rrule for name in ("MONTHLY", "YEARLY")) and days:
        return  # the 31st of a month has no twin in the next
    try:
        moved = shift(schedule, by)
    except SeriesNotMovable:
        assert (days, "BYDAY=" in schedule.rrule) != (0, False)
        return
    wanted = [wall(slot.recurrence_id) + by for slot in slots(schedule, WHOLE)]
    inside = timedelta(days=20)
    found = [wall(slot.recurrence_id) for slot in slots(moved, WHOLE)]
    last = wall(WHOLE.ends_at) - inside
    assert [one for one in found if one < last] == [one for one in wanted if one < last]


def test_thursdays_become_fridays_and_finer_rules_keep_their_days() -> None:
    weekly = Schedule(START, timedelta(hours=1), ROME, "FREQ=WEEKLY;BYDAY=TH;COUNT=3")
    assert shift(weekly, timedelta(days=1)).rrule == "FREQ=WEEKLY;BYDAY=FR;COUNT=3"
    assert shift(weekly, timedelta(hours=1)).rrule == "FREQ=WEEKLY;BYDAY=TH;COUNT=3"
    monthly = Schedule(START, timedelta(hours=1), ROME, "FREQ=MONTHLY;BYDAY=-1TH;COUNT=3")
    with pytest.raises(SeriesNotMovable):
        shift(monthly, timedelta(days=1))


def test_an_ended_series_gives_nothing_more() -> None:
    endless = Schedule(START, timedelta(hours=1), ROME, "FREQ=WEEKLY;BYDAY=TH")
    last = slots(endless, WHOLE)[4]
    assert slots(ended_after(endless, last.recurrence_id), WHOLE) == slots(endless, WHOLE)[:5]
