"""The states of a booking and the moves between them."""

from enum import StrEnum


class BookingStatus(StrEnum):
    """Confirmed bookings hold seats; waitlisted ones wait their turn; offered ones are asked whether they come.

    Unconfirmed: seats are held until somebody answers the mail to the address. Expired: the family was asked, or was to
    confirm, and did not answer in time.
    """

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    ATTENDED = "attended"
    NO_SHOW = "no_show"


class BookingSource(StrEnum):
    """Who wrote a booking down: the family itself, or the host of the date."""

    FAMILY = "family"
    HOST = "host"


ALLOWED_MOVES: dict[BookingStatus, frozenset[BookingStatus]] = {
    # Whoever stands at the door has answered.
    BookingStatus.UNCONFIRMED: frozenset(
        {
            BookingStatus.CONFIRMED,
            BookingStatus.CANCELLED,
            BookingStatus.EXPIRED,
            BookingStatus.ATTENDED,
            BookingStatus.NO_SHOW,
        }
    ),
    BookingStatus.WAITLISTED: frozenset(
        {BookingStatus.CONFIRMED, BookingStatus.OFFERED, BookingStatus.CANCELLED}
    ),
    # Waitlisted again: another family was faster, or the date is off and takes place after all.
    BookingStatus.OFFERED: frozenset(
        {
            BookingStatus.CONFIRMED,
            BookingStatus.WAITLISTED,
            BookingStatus.CANCELLED,
            BookingStatus.EXPIRED,
        }
    ),
    BookingStatus.CONFIRMED: frozenset(
        {BookingStatus.CANCELLED, BookingStatus.ATTENDED, BookingStatus.NO_SHOW}
    ),
    # A mark at the door is put right as easily as it is made.
    BookingStatus.ATTENDED: frozenset({BookingStatus.NO_SHOW, BookingStatus.CONFIRMED}),
    BookingStatus.NO_SHOW: frozenset({BookingStatus.ATTENDED, BookingStatus.CONFIRMED}),
    # Only with its date: what was cancelled with it comes back with it, as its family stands on the rest of its course.
    BookingStatus.CANCELLED: frozenset(
        {
            BookingStatus.CONFIRMED,
            BookingStatus.WAITLISTED,
            BookingStatus.OFFERED,
            BookingStatus.UNCONFIRMED,
        }
    ),
    # Only where an address is confirmed late, and a seat is free that nobody waits for.
    BookingStatus.EXPIRED: frozenset({BookingStatus.CONFIRMED}),
}


# Those who have a seat, whether they come or not.
HOLDING = frozenset(
    {BookingStatus.UNCONFIRMED, BookingStatus.CONFIRMED, BookingStatus.ATTENDED, BookingStatus.NO_SHOW}
)
# Those whose booking stands: it can be given back, and they hear of every change.
STANDING = frozenset(
    {BookingStatus.UNCONFIRMED, BookingStatus.CONFIRMED, BookingStatus.WAITLISTED, BookingStatus.OFFERED}
)
# Those who wait, or are asked whether they come.
WAITING = frozenset({BookingStatus.WAITLISTED, BookingStatus.OFFERED})


def may_move(current: BookingStatus, new: BookingStatus) -> bool:
    """Whether a booking in one state may take another.

    >>> may_move(BookingStatus.EXPIRED, BookingStatus.WAITLISTED)
    False
    """
    return new in ALLOWED_MOVES[current]
