"""What a family, or the host at the door, asks, already typed."""

from dataclasses import dataclass
from datetime import datetime

from app.bookings.rules.status import BookingStatus


@dataclass(frozen=True)
class Book:
    """Seats for a party. `idempotency_key` and `email` make a double press one booking; `language` is that of its mails.

    `browser_key` is a secret that only this browser has: from it, the very same family again (the back button, a form
    opened anew) is the same booking, unless `is_another`. `accepts_waiting`: it rather waits than comes with fewer.
    `email` None where the event lets it be empty.
    """

    name: str
    email: str | None
    adults: int
    children: int
    idempotency_key: str
    language: str
    browser_key: str = ""
    is_another: bool = False
    accepts_waiting: bool = False


@dataclass(frozen=True)
class Mark:
    """A family came, did not come, or neither is known; `booking` is the id in addresses."""

    occurrence_id: int
    booking: str
    status: BookingStatus


@dataclass(frozen=True)
class ChangeParty:
    """Whoever holds a personal link comes in more or fewer."""

    token: str
    adults: int
    children: int


@dataclass(frozen=True)
class MarkLate:
    """The same, made at `made_at` (aware) on a phone that perhaps had no network; `id` names the mark itself."""

    id: str
    booking: str
    status: BookingStatus
    made_at: datetime


@dataclass(frozen=True)
class AddFamily:
    """A family that comes without having booked. `comes_anyway`: it is let in although no seat is left for it."""

    occurrence_id: int
    name: str
    adults: int
    children: int
    idempotency_key: str
    language: str
    comes_anyway: bool = False
