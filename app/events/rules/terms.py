"""From when and until when a date is booked: counted on the clocks of its place, back from where it begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.events.rules.recurrence import first_instant
from app.events.rules.schedule import to_local

MAX_OPENS_DAYS = 365
MAX_CLOSES_MINUTES = 14 * 24 * 60


@dataclass(frozen=True)
class BookingTimes:
    """Aware UTC; `opens_at` None: at once. Nobody books before it opens, or from `closes_at` on."""

    opens_at: datetime | None
    closes_at: datetime


def booking_times(
    starts_at: datetime, tzid: str, opens_days: int | None, closes_minutes: int
) -> BookingTimes:
    """Booking opens some days before, at the hour at which the date begins, and closes so many minutes before.

    A week before a reading at ten is ten o'clock, also across the night on which the clocks change:

    >>> from datetime import UTC
    >>> april = datetime(2027, 4, 1, 8, tzinfo=UTC)
    >>> booking_times(april, "Europe/Rome", 7, 60).opens_at.isoformat()
    '2027-03-25T09:00:00+00:00'
    """
    opens_at = None
    if opens_days is not None:
        opens_at = first_instant(to_local(starts_at, tzid) - timedelta(days=opens_days), tzid)
    return BookingTimes(opens_at, starts_at - timedelta(minutes=closes_minutes))
