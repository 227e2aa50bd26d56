"""Slots lie inside the hours, never meet what is taken, and nights on which the clocks change have their own length."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.rules.hours import Locale
from app.places.rules.intervals import Interval
from app.spaces.rules.slots import (
    SlotRule,
    day_slots,
    free_slots,
    is_cut_possible,
    meets,
    nearest,
    open_times,
    place_days,
)
from app.spaces.rules.status import ALLOWED_MOVES, ReservationStatus, SpaceKind, may_move

ROME = Locale("Europe/Rome", "IT", "MI")
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def rule(kind: SpaceKind = SpaceKind.HALL, **changes: int) -> SlotRule:
    facts = {"slot_minutes": 60, "buffer_minutes": 0, "notice_hours": 0, "window_days": 365}
    return SlotRule(kind=kind, **(facts | changes))


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


stretches = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(1, 400)).map(lambda t: Interval(at(t[0]), at(t[0] + t[1]))),
    max_size=8,
)
rules = st.builds(
    rule,
    kind=st.sampled_from(SpaceKind),
    slot_minutes=st.sampled_from([15, 20, 30, 45, 60]),
    buffer_minutes=st.integers(0, 40),
    notice_hours=st.integers(0, 10),
    window_days=st.integers(1, 3),
)


@given(times=stretches, taken=stretches, cut=rules, steps=st.integers(1, 4))
def test_no_slot_meets_a_taken_one_and_each_lies_inside_the_hours(
    times: list[Interval], taken: list[Interval], cut: SlotRule, steps: int
) -> None:
    for slot in free_slots(times, taken, cut, steps, NOW):
        assert not meets(Interval(slot.starts_at, slot.ends_at + cut.buffer), taken)
        assert any(one.starts_at <= slot.starts_at and slot.ends_at <= one.ends_at for one in times)
        assert slot.length == cut.length(steps)
        assert at(60 * cut.notice_hours) <= slot.starts_at <= NOW + timedelta(days=cut.window_days)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-05-03", 24)])
def test_on_nights_when_the_clocks_change_the_hours_add_up(day: str, hours: int) -> None:
    slots = day_slots(["Su 00:00-24:00"], date.fromisoformat(day), ROME, [], rule(), 1, NOW)
    assert len(slots) == hours


def test_days_on_which_the_place_is_closed_have_no_slots() -> None:
    hours = ["Mo-Su 09:00-11:00", place_days("Mo-Fr 10:00-12:00; PH off; 2026 Mar 12 off")]
    open_on = {12: 0, 13: 2}
    for day, number in open_on.items():
        assert len(day_slots(hours, date(2026, 3, day), ROME, [], rule(), 1, NOW)) == number


def test_hours_for_everybody_lie_inside_the_hours_of_the_space() -> None:
    times = open_times(["Mo-Fr 09:00-18:00", "Th 16:00-20:00"], NOW, NOW + timedelta(days=7), ROME)
    assert [(time.starts_at.hour, time.length) for time in times] == [(15, timedelta(hours=2))]


def test_hours_that_cannot_be_read_give_no_slots() -> None:
    assert open_times(["ask at the bar"], NOW, NOW + timedelta(days=7), ROME) == ()
    assert open_times([""], NOW, NOW + timedelta(days=7), ROME) == ()


def test_a_buffer_lies_between_two_slots_of_a_desk() -> None:
    cut = rule(SpaceKind.DESK, slot_minutes=20, buffer_minutes=10)
    slots = list(free_slots([Interval(at(0), at(80))], [], cut, 1, NOW))
    assert [slot.starts_at for slot in slots] == [at(0), at(30), at(60)]


def test_the_nearest_slots_come_in_order() -> None:
    slots = [Interval(at(m), at(m + 30)) for m in (0, 60, 300, 600)]
    assert [slot.starts_at for slot in nearest(slots, at(280), 2)] == [at(60), at(300)]


def test_only_a_desk_has_short_slots_and_only_a_hall_several() -> None:
    assert not is_cut_possible(SpaceKind.HALL, 20)
    assert is_cut_possible(SpaceKind.DESK, 20)
    assert rule().allows(3)
    assert not rule(SpaceKind.DESK).allows(2)
    assert not rule().allows(0)


def test_what_has_ended_stays_ended() -> None:
    ended = {ReservationStatus.DECLINED, ReservationStatus.CANCELLED, ReservationStatus.EXPIRED}
    assert {state for state, moves in ALLOWED_MOVES.items() if not moves} == ended
    assert ALLOWED_MOVES.keys() == set(ReservationStatus)
    assert may_move(ReservationStatus.SKIPPED, ReservationStatus.CONFIRMED)
