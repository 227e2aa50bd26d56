"""The dates of a series, on the clocks of the place: every Thursday at 17 stays at 17 when the clocks change."""

from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule

from app.spaces.rules.refusals import TooManyDates

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
    """Starts in UTC from an aware first one until a last day; months without that day have none. Raises TooManyDates."""
    zone = ZoneInfo(tzid)
    local = first.astimezone(zone)
    frequency, interval = RULES[every]
    wall = local.replace(tzinfo=None)
    dates = rrule(frequency, dtstart=wall, interval=interval)
    starts: list[datetime] = []
    for moment in takewhile(lambda one: one.date() <= until, dates):
        if len(starts) == MOST_DATES:
            raise TooManyDates(most=MOST_DATES)
        starts.append(moment.replace(tzinfo=zone).astimezone(UTC))
    return starts
