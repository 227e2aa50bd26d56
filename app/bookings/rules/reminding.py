"""When a family is reminded: at five in the afternoon of the day before, on the clock of the place."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

AT = time(17)
# From the earliest reminder to the latest beginning: 17:00 until midnight of the day after, on the longest of days.
AHEAD = timedelta(hours=32)
TOO_LATE = timedelta(hours=1)  # before the beginning: whoever is not on the way by then needs no mail


def reminder_at(starts_at: datetime, tzid: str) -> datetime:
    """The moment of the reminder, in the zone of `starts_at` (aware); `tzid` is that of the place.

    >>> from datetime import UTC
    >>> reminder_at(datetime(2026, 11, 26, 9, tzinfo=UTC), "Europe/Rome").isoformat()
    '2026-11-25T16:00:00+00:00'
    """
    zone = ZoneInfo(tzid)
    day_before = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day_before, AT, zone).astimezone(starts_at.tzinfo)


def is_time(starts_at: datetime, tzid: str, now: datetime) -> bool:
    """Whether a date's families are reminded now; late rather than not at all, until an hour before."""
    return reminder_at(starts_at, tzid) <= now < starts_at - TOO_LATE
