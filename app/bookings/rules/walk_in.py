"""A family that comes without having booked: the host adds it, with a seat while there is one."""

from dataclasses import dataclass

from app.core.errors import Conflict

MOST_PEOPLE = 99


class NoSeatForThem(Conflict):
    """Fewer seats are free than the family needs. `details`: "free", "wanted", "is_here" (it may come in anyway)."""


@dataclass(frozen=True)
class Room:
    """What is free for who comes now: `capacity` None where nobody books; what a queue waits for is not free.

    >>> Room(capacity=8, taken=6, is_kept=False).free, Room(capacity=8, taken=6, is_kept=True).free
    (2, 0)
    """

    capacity: int | None
    taken: int
    is_kept: bool

    @property
    def free(self) -> int | None:
        """Seats; None where they are not counted."""
        if self.capacity is None:
            return None
        return 0 if self.is_kept else max(0, self.capacity - self.taken)


def seats_for(room: Room, wanted: int, *, comes_anyway: bool, is_here: bool) -> int:
    """The seats of a family that is added: all it needs, or none where the host lets it in above what is free.

    Who is let in above takes no seat: what was sold stays within the capacity, and the door counts the heads.

    >>> seats_for(Room(8, 6, False), 2, comes_anyway=False, is_here=True)
    2
    >>> seats_for(Room(8, 6, False), 3, comes_anyway=True, is_here=True)
    0
    """
    if room.free is None or wanted <= room.free:
        return wanted
    if comes_anyway and is_here:
        return 0
    raise NoSeatForThem(free=room.free, wanted=wanted, is_here=is_here)
