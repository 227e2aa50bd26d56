"""Who moves up when seats are given back: the heads of the queue, in order, while they fit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.bookings.rules.admission import Seats


@dataclass(frozen=True)
class Waiting:
    """One family in the queue; `seats` ≥ 1."""

    booking_id: int
    seats: int


def next_in_line(seats: Seats, queue: Iterable[Waiting]) -> Iterator[Waiting]:
    """The families that are confirmed now. `queue` is in order of arrival.

    A family is taken whole or not at all, and nobody overtakes: the first that does not fit stops the queue. Only a
    family that is larger than the whole room (which has become smaller) is passed over, since it can never fit.

    >>> [
    ...     w.booking_id
    ...     for w in next_in_line(Seats(capacity=8, taken=5), [Waiting(1, 2), Waiting(2, 2), Waiting(3, 1)])
    ... ]
    [1]
    """
    free = seats.free
    for family in queue:
        if family.seats > seats.capacity:
            continue
        if family.seats > free:
            return
        free -= family.seats
        yield family
