"""A free seat is offered to whoever is next, for some waking hours; in the last hours to all, and the first has it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.core.errors import Conflict

WAKING_HOURS = timedelta(hours=12)
WAKE, SLEEP = time(8), time(21)  # on the clock of the place
LAST_HOURS = timedelta(hours=6)  # before the date begins


class OfferStatus(StrEnum):
    """Open until it is answered, its time is up, or it is withdrawn: its date is off, or another family was faster."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


ALLOWED_MOVES: dict[OfferStatus, frozenset[OfferStatus]] = {
    OfferStatus.OPEN: frozenset(
        {OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.EXPIRED, OfferStatus.WITHDRAWN}
    ),
    OfferStatus.ACCEPTED: frozenset(),
    OfferStatus.DECLINED: frozenset(),
    OfferStatus.EXPIRED: frozenset(),
    OfferStatus.WITHDRAWN: frozenset(),
}


class OfferReason(StrEnum):
    """Why this family: it was first; those before it need more seats than are free; or all are asked at once."""

    FIRST = "first"
    FITS = "fits"
    LAST_HOURS = "last_hours"


class OfferEnded(Conflict):
    """Nobody answered in time, so the seats went on to the next family."""


class SomebodyWasFaster(Conflict):
    """The seats that were offered to several families are taken; this one still waits."""


@dataclass(frozen=True)
class Terms:
    """Until when a family may answer (aware), and whether its seats are kept until then."""

    ends_at: datetime
    is_held: bool


def terms(now: datetime, starts_at: datetime, tzid: str) -> Terms:
    """What an offer made now says, of a date that begins at `starts_at`; aware datetimes, `tzid` of the place.

    Seats are kept for 12 waking hours, but no longer than until six hours before the beginning; from then on they are
    for whoever of those who wait takes them first.
    """
    last_hours = starts_at - LAST_HOURS
    if now >= last_hours:
        return Terms(starts_at, is_held=False)
    return Terms(min(after_waking_hours(now, WAKING_HOURS, tzid), last_hours), is_held=True)


def after_waking_hours(now: datetime, hours: timedelta, tzid: str) -> datetime:
    """The moment at which so much time between 8:00 and 21:00 on the clock of `tzid` has passed; aware UTC.

    >>> from datetime import UTC
    >>> evening = datetime(2026, 11, 26, 19, tzinfo=UTC)  # 20:00 in Rome: one hour today, the rest tomorrow
    >>> after_waking_hours(evening, timedelta(hours=12), "Europe/Rome").isoformat()
    '2026-11-27T18:00:00+00:00'
    """
    zone = ZoneInfo(tzid)
    day = now.astimezone(zone).date()
    left = hours
    while True:
        wakes = datetime.combine(day, WAKE, zone).astimezone(now.tzinfo)
        sleeps = datetime.combine(day, SLEEP, zone).astimezone(now.tzinfo)
        begins = max(now, wakes)
        if begins < sleeps:
            if begins + left <= sleeps:
                return begins + left
            left -= sleeps - begins
        day += timedelta(days=1)
