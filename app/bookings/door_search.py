"""Find a family at the door by its code, by the address in its QR code, or by a part of its name."""

from dataclasses import dataclass
from enum import StrEnum

from app.bookings import queries
from app.bookings.queries import BookingView
from app.bookings.rules.status import BookingStatus
from app.core.text import fold
from app.events.facts import OccurrenceView

# Signs that Crockford's alphabet leaves out because people read them as others.
_READ_AS = str.maketrans("oil", "011")
CODE_LENGTH = 10
LEAST_OF_A_NAME = 2


class Found(StrEnum):
    """What a code or name leads to; only EXPECTED can be checked in."""

    EXPECTED = "expected"
    ALREADY = "already"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    OTHER_DATE = "other_date"
    SEVERAL = "several"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Finding:
    """`booking` where one was found; `several` where the host must choose."""

    found: Found
    booking: BookingView | None = None
    several: tuple[BookingView, ...] = ()


_STATES = {
    BookingStatus.ATTENDED: Found.ALREADY,
    BookingStatus.WAITLISTED: Found.WAITING,
    BookingStatus.OFFERED: Found.WAITING,
    BookingStatus.CANCELLED: Found.CANCELLED,
}


def seek(date: OccurrenceView, sought: str, named_date: str | None = None) -> Finding:
    """Who is meant by a code or a part of a name; `named_date` is the date that the address of a ticket names."""
    code = code_of(sought)
    known = queries.booking_by_code(code, date.id) if len(code) == CODE_LENGTH else None
    if known is not None:
        return _finding(date, known)
    if named_date is not None and named_date != date.public_id:
        return Finding(Found.OTHER_DATE)
    people = queries.people_of(date.id) if len(fold(sought)) >= LEAST_OF_A_NAME else []
    matching = tuple(one for one in people if answers(one, sought))
    if len(matching) > 1:
        return Finding(Found.SEVERAL, several=matching)
    return _finding(date, matching[0]) if matching else Finding(Found.NOBODY)


def answers(booking: BookingView, sought: str) -> bool:
    """Whether every word looked for begins a word of the name, or the code begins so (0 and O, 1, I and L are one)."""
    typed = fold(sought)
    if not typed:
        return True
    names = fold(booking.name).split()
    return booking.code.startswith(code_of(sought)) or all(
        any(name.startswith(word) for name in names) for word in typed.split()
    )


def code_of(typed: str) -> str:
    """A code as it is stored, however it was read out and typed."""
    return fold(typed).replace(" ", "").translate(_READ_AS)


def _finding(date: OccurrenceView, booking: BookingView) -> Finding:
    if booking.occurrence_id != date.id:
        return Finding(Found.OTHER_DATE, booking)
    return Finding(_STATES.get(booking.status, Found.EXPECTED), booking)
