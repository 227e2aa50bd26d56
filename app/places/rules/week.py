"""The next seven days of a place, in its own zone, from the stored stretches of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.places.rules.intervals import Interval, merged

DAYS_SHOWN = 7
LONGEST_SHIFT = timedelta(hours=24)


@dataclass(frozen=True)
class DayHours:
    """One local day and its stretches as wall-clock times; the whole day is (00:00, 00:00)."""

    day: date
    stretches: tuple[tuple[time, time], ...]

    @property
    def is_whole_day(self) -> bool:
        """Open from midnight to midnight."""
        return self.stretches == ((time(0), time(0)),)


def week_bounds(at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the local midnight before a moment to the one that ends the seventh day, in UTC."""
    first = at.astimezone(zone).date()
    return _midnight(first, zone), _midnight(first + timedelta(days=DAYS_SHOWN), zone)


def week(rows: Iterable[Interval], at: datetime, zone: ZoneInfo) -> tuple[DayHours, ...]:
    """Seven days from the local day of `at`. A night shift belongs to the day it begins; longer ones are cut at midnight."""
    first = at.astimezone(zone).date()
    days: dict[date, list[tuple[time, time]]] = {first + timedelta(days=n): [] for n in range(DAYS_SHOWN)}
    for interval in merged(rows):
        for part in _by_day(interval, zone):
            opens, closes = part.starts_at.astimezone(zone), part.ends_at.astimezone(zone)
            if opens.date() in days:
                days[opens.date()].append((opens.time(), closes.time()))
    return tuple(DayHours(day, tuple(stretches)) for day, stretches in days.items())


def _by_day(interval: Interval, zone: ZoneInfo) -> Iterable[Interval]:
    if interval.length < LONGEST_SHIFT:
        yield interval
        return
    start = interval.starts_at
    while start < interval.ends_at:
        next_midnight = _midnight(start.astimezone(zone).date() + timedelta(days=1), zone)
        yield Interval(start, min(next_midnight, interval.ends_at))
        start = next_midnight


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)
