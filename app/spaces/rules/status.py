"""The kinds of spaces, the states of a reservation and the moves between them."""

from enum import StrEnum


class SpaceKind(StrEnum):
    """A hall is reserved for some steps in a row, an advice desk for one slot. A feeding corner is neither."""

    HALL = "hall"
    DESK = "desk"


class ReservationStatus(StrEnum):
    """Requested and confirmed reservations hold their time; a skipped date of a series waits to be taken up."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    EXPIRED = "expired"


SLOT_MINUTES: dict[SpaceKind, tuple[int, ...]] = {
    SpaceKind.HALL: (30, 60),
    SpaceKind.DESK: (15, 20, 30, 45, 60),
}
HOLDING = frozenset({ReservationStatus.REQUESTED, ReservationStatus.CONFIRMED})
ALLOWED_MOVES: dict[ReservationStatus, frozenset[ReservationStatus]] = {
    ReservationStatus.REQUESTED: frozenset(
        {
            ReservationStatus.CONFIRMED,
            ReservationStatus.DECLINED,
            ReservationStatus.CANCELLED,
            ReservationStatus.EXPIRED,
        }
    ),
    ReservationStatus.CONFIRMED: frozenset({ReservationStatus.CANCELLED}),
    ReservationStatus.SKIPPED: frozenset({ReservationStatus.CONFIRMED}),
    ReservationStatus.DECLINED: frozenset(),
    ReservationStatus.CANCELLED: frozenset(),
    ReservationStatus.EXPIRED: frozenset(),
}


def may_move(current: ReservationStatus, new: ReservationStatus) -> bool:
    """Whether a reservation in one state may take another.

    >>> may_move(ReservationStatus.DECLINED, ReservationStatus.CONFIRMED)
    False
    """
    return new in ALLOWED_MOVES[current]
