"""The next seven days of a place, in its own zone, from the stored stretches of time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.places.rules.intervals import Interval, merged

DAYS_SHOWN = 7
LONGEST_SHIFT = timedelta(hours=24)


@dataclass(frozen=True)
class DayHours:
    """One local day and its stretches as wall-clock times; the whole day is (00:00, 00:00).

    `until`: when the night shift ends that began the day before and still runs.
    """

    day: date
    stretches: tuple[tuple[time, time], ...]
    until: time | None = None

    @property
    def is_whole_day(self) -> bool:
        """Open from midnight to midnight."""
        return self.stretches == ((time(0), time(0)),)


def week_bounds(at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the local midnight before a moment to the one that ends the seventh day, in UTC."""
    first = at.astimezone(zone).date()
    return midnight(first, zone), midnight(first + timedelta(days=DAYS_SHOWN), zone)


def week(rows: Iterable[Interval], at: datetime, zone: ZoneInfo) -> tuple[DayHours, ...]:
    """Seven days from the local day of `at`; the first one also says until when the night before it lasts."""
    times, first = merged(rows), at.astimezone(zone).date()
    today, *others = daily_hours(times, first, DAYS_SHOWN, zone)
    running = (part for interval in times for part in _by_day(interval, zone) if part.contains(at))
    night = next((part for part in running if part.starts_at < midnight(first, zone)), None)
    return (today if night is None else replace(today, until=night.ends_at.astimezone(zone).time()), *others)


def daily_hours(rows: Iterable[Interval], first: date, count: int, zone: ZoneInfo) -> tuple[DayHours, ...]:
    """So many days in a row. A night shift belongs to the day it begins; longer ones are cut at midnight."""
    days: dict[date, list[tuple[time, time]]] = {first + timedelta(days=n): [] for n in range(count)}
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
        tomorrow = midnight(start.astimezone(zone).date() + timedelta(days=1), zone)
        yield Interval(start, min(tomorrow, interval.ends_at))
        start = tomorrow


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a local day begins, in UTC."""
    return datetime.combine(day, time(0), zone).astimezone(UTC)
