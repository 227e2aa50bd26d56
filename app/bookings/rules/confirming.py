"""An e-mail address that must be confirmed: the seats are held for a while, and go on if nobody answers."""

from datetime import datetime, timedelta

from app.bookings.rules.admission import BookingClosed

HELD_FOR = timedelta(minutes=30)


class AddressNotConfirmed(BookingClosed):
    """First the address, then everything else."""


class TooLateToConfirm(BookingClosed):
    """The time was over, and the seats went on."""


def confirm_by(now: datetime) -> datetime:
    """Until when the seats are held.

    >>> confirm_by(datetime(2026, 11, 26, 10)).isoformat()
    '2026-11-26T10:30:00'
    """
    return now + HELD_FOR
