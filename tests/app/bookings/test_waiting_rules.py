"""The waiting list: never oversold, no seat idle while somebody may have it, nobody passed for ever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.bookings.rules.admission import Seats
from app.bookings.rules.waiting import KEPT_UNTIL, MOST_PASSES, Waiting, keeps_seats, next_in_line

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@st.composite
def rooms(draw: st.DrawFn) -> tuple[Seats, list[Waiting], bool]:
    """A room, a queue of families that could each come, and whether seats are still kept."""
    capacity = draw(st.integers(1, 30))
    seats = Seats(capacity, draw(st.integers(0, capacity)))
    families = draw(st.lists(st.tuples(st.integers(1, capacity), st.integers(0, MOST_PASSES)), max_size=12))
    queue = [Waiting(number, size, passed) for number, (size, passed) in enumerate(families, 1)]
    return seats, queue, draw(st.booleans())


@given(rooms())
def test_the_room_is_never_oversold_and_larger_families_are_not_split(
    room: tuple[Seats, list[Waiting], bool],
) -> None:
    seats, queue, keeps = room
    turn = next_in_line(seats, queue, keeps=keeps)
    sizes = {family.booking_id: family.seats for family in queue}
    assert seats.taken + sum(sizes[one] for one in turn.admitted) <= seats.capacity
    assert list(turn.admitted) == sorted(set(turn.admitted))


@given(rooms())
def test_nobody_passes_a_family_that_fits(room: tuple[Seats, list[Waiting], bool]) -> None:
    seats, queue, keeps = room
    turn = next_in_line(seats, queue, keeps=keeps)
    free = seats.free
    for family in queue:
        if family.booking_id in turn.admitted:
            free -= family.seats
        elif any(later > family.booking_id for later in turn.admitted):
            assert family.seats > free


@given(rooms())
def test_no_seat_stays_idle_but_for_a_family_that_was_passed_twice(
    room: tuple[Seats, list[Waiting], bool],
) -> None:
    seats, queue, keeps = room
    turn = next_in_line(seats, queue, keeps=keeps)
    now = [replace(one, passed=turn.passed.get(one.booking_id, one.passed)) for one in queue]
    left = seats.free - sum(one.seats for one in now if one.booking_id in turn.admitted)
    waiting = [one for one in now if one.booking_id not in turn.admitted]
    assert_nobody_waits_in_vain(left, waiting, keeps=keeps)


@given(rooms())
def test_once_more_changes_nothing(room: tuple[Seats, list[Waiting], bool]) -> None:
    seats, queue, keeps = room
    turn = next_in_line(seats, queue, keeps=keeps)
    sizes = {family.booking_id: family.seats for family in queue}
    waiting = [
        replace(one, passed=turn.passed.get(one.booking_id, one.passed))
        for one in queue
        if one.booking_id not in turn.admitted
    ]
    taken = seats.taken + sum(sizes[one] for one in turn.admitted)
    assert next_in_line(Seats(seats.capacity, taken), waiting, keeps=keeps).admitted == ()


def assert_nobody_waits_in_vain(free: int, waiting: list[Waiting], *, keeps: bool) -> None:
    """Whoever fits waits only behind a family that was passed twice, and only while seats are kept."""
    for number, family in enumerate(waiting):
        if family.seats <= free:
            assert keeps
            assert any(one.passed >= MOST_PASSES for one in waiting[:number])


def test_a_family_that_can_never_fit_does_not_block_the_others() -> None:
    assert next_in_line(Seats(4, 0), [Waiting(1, 6, MOST_PASSES), Waiting(2, 2)], keeps=True).admitted == (2,)


def test_seats_are_kept_until_a_day_before() -> None:
    assert keeps_seats(NOW + KEPT_UNTIL + timedelta(seconds=1), NOW)
    assert not keeps_seats(NOW + KEPT_UNTIL, NOW)
    assert not keeps_seats(NOW, NOW)
