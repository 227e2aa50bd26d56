"""The dates of a series, on the clocks of the place: every Thursday at 17 stays at 17 when the clocks change."""

from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule

MOST_DATES = 60


class Every(StrEnum):
    """How often a series comes back (RFC 5545's FREQ and INTERVAL)."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


RULES: dict[Every, tuple[Any, int]] = {
    Every.WEEK: (WEEKLY, 1),
    Every.FORTNIGHT: (WEEKLY, 2),
    Every.MONTH: (MONTHLY, 1),
}


def series_starts(first: datetime, every: Every, until: date, tzid: str) -> list[datetime]:
    """Starts in UTC from an aware first one until a last day, at most 60; months without that day are left out."""
    zone = ZoneInfo(tzid)
    local = first.astimezone(zone)
    frequency, interval = RULES[every]
    wall = local.replace(tzinfo=None)
    dates = rrule(frequency, dtstart=wall, interval=interval)
    starts = []
    for moment in islice(dates, MOST_DATES):
        if moment.date() > until:
            break
        starts.append(moment.replace(tzinfo=zone).astimezone(UTC))
    return starts
