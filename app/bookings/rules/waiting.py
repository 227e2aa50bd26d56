"""Who moves up when seats are given back: in order of arrival, and no seat stays empty for long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.bookings.rules.admission import Seats

MOST_PASSES = 2
KEPT_UNTIL = timedelta(hours=24)  # before the date begins


@dataclass(frozen=True)
class Waiting:
    """One family in the queue; `seats` ≥ 1; `passed`: how many who came later were let in before it."""

    booking_id: int
    seats: int
    passed: int = 0


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, in order, and how often each of the others has been passed after that (those passed now).

    `overtaking`: those among the admitted who pass somebody, since they fit and whoever is before them does not.
    """

    admitted: tuple[int, ...]
    passed: dict[int, int]
    overtaking: frozenset[int] = frozenset()


def keeps_seats(starts_at: datetime, now: datetime) -> bool:
    """Whether free seats are still kept for a family that was passed twice: until 24 hours before the beginning."""
    return starts_at - now > KEPT_UNTIL


def next_in_line(seats: Seats, queue: Iterable[Waiting], *, keeps: bool) -> Turn:
    """The families whose turn it is now. `queue` is in order of arrival.

    A family is taken whole or not at all. A smaller one passes only while the free seats cannot serve those before it,
    and each family is passed at most twice; then, as long as `keeps`, free seats wait until they suffice for it. A
    family that is larger than the whole room (which has become smaller) can never fit and keeps nobody.

    >>> waiting = [Waiting(1, 2), Waiting(2, 3), Waiting(3, 1), Waiting(4, 1)]
    >>> next_in_line(Seats(capacity=8, taken=5), waiting, keeps=True)
    Turn(admitted=(1, 3), passed={2: 1}, overtaking=frozenset({3}))
    >>> next_in_line(Seats(capacity=8, taken=6), [Waiting(2, 3, passed=2), Waiting(4, 1)], keeps=True)
    Turn(admitted=(), passed={}, overtaking=frozenset())
    >>> next_in_line(Seats(capacity=8, taken=6), [Waiting(2, 3, passed=2), Waiting(4, 1)], keeps=False)
    Turn(admitted=(4,), passed={2: 3}, overtaking=frozenset({4}))
    """
    free, admitted, overtaking = seats.free, list[int](), set[int]()
    ahead: dict[int, int] = {}
    passed: dict[int, int] = {}
    for family in queue:
        if family.seats > seats.capacity:
            continue
        if family.seats > free:
            ahead[family.booking_id] = family.passed
            continue
        if keeps and any(times >= MOST_PASSES for times in ahead.values()):
            break
        free -= family.seats
        admitted.append(family.booking_id)
        overtaking |= {family.booking_id} if ahead else set()
        ahead = {booking_id: times + 1 for booking_id, times in ahead.items()}
        passed |= ahead
    return Turn(tuple(admitted), passed, frozenset(overtaking))


def all_who_fit(seats: Seats, queue: Iterable[Waiting]) -> tuple[int, ...]:
    """Each family that the free seats could take, alone: in the last hours all of them are asked at once.

    >>> all_who_fit(Seats(capacity=8, taken=6), [Waiting(1, 2), Waiting(2, 3), Waiting(3, 1)])
    (1, 3)
    """
    return tuple(family.booking_id for family in queue if family.seats <= seats.free)
