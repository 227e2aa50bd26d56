"""What a family, or the host at the door, asks, already typed."""

from dataclasses import dataclass

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
