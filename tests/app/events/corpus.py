"""Calendars of others: the recurring events of 363 real and test files, each as our schedule and by itself as a calendar."""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.error import BrokenCalendarProperty

from app.events.rules.schedule import Schedule, Window, slots

FILE = Path(__file__).resolve().parents[4] / "shared" / "data" / "ics" / "ics_corpus.tar.gz"
YEAR = timedelta(days=366)
ZONES = available_timezones()
NAMED = ("DTSTART", "RRULE", "RDATE", "EXDATE")


class NotComparable(ValueError):
    """The event cannot be read by icalendar, has several rules, or a zone that only its own file knows."""


@dataclass(frozen=True)
class Recurring:
    """One event: as a schedule of ours, and alone in a calendar for the other reader."""

    file: str
    schedule: Schedule
    calendar: Calendar
    first: date

    @property
    def window(self) -> Window:
        """A year and a day from its first date on."""
        begins_at = self.schedule.starts_local.replace(tzinfo=ZoneInfo(self.schedule.tzid)).astimezone(UTC)
        return Window(begins_at, begins_at + YEAR)

    def ours(self) -> list[datetime]:
        """Starts as we lay them out (UTC)."""
        return [slot.recurrence_id for slot in slots(self.schedule, self.window)]

    def theirs(self) -> list[datetime]:
        """Starts as recurring-ical-events gives them; a day begins at midnight UTC, as in `schedule`."""
        around = (self.first - timedelta(days=2), self.first + YEAR + timedelta(days=2))
        found = recurring_ical_events.of(self.calendar).between(*around)
        starts = {_moment(entry["DTSTART"].dt) for entry in found}
        return sorted(start for start in starts if self.window.begins_at <= start <= self.window.ends_at)


def recurring_events() -> Iterator[Recurring | NotComparable]:
    """Every VEVENT that has an RRULE."""
    with tarfile.open(FILE) as corpus:
        for member in corpus.getmembers():
            content = corpus.extractfile(member).read() if member.name.endswith(".ics") else b""
            if b"RRULE" in content:
                yield from _events_of(Path(member.name).name, content)


def _events_of(file: str, content: bytes) -> Iterator[Recurring | NotComparable]:
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except ValueError as error:
        yield NotComparable(str(error))
        return
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            if "RRULE" in event:
                yield _read(file, event)


def _read(file: str, event: Any) -> Recurring | NotComparable:
    try:
        first = event["DTSTART"].dt
        local, tzid = _wall_clock(first)
        added, left_out = (_locals(event.get(name), tzid) for name in ("RDATE", "EXDATE"))
        rule = event["RRULE"].to_ical().decode()
    except (KeyError, AttributeError, BrokenCalendarProperty) as error:  # a list of rules has no to_ical
        return NotComparable(str(error))
    if tzid not in ZONES:
        return NotComparable(tzid)
    alone, only = Event(), Calendar()
    for name in NAMED:
        if name in event:
            alone[name] = event[name]
    alone.add("uid", "a")
    only.add_component(alone)
    return Recurring(file, Schedule(local, timedelta(minutes=45), tzid, rule, added, left_out), only, first)


def _wall_clock(first: date) -> tuple[datetime, str]:
    """A floating time and a day are read as if their place had no summer time."""
    if not isinstance(first, datetime):
        return datetime.combine(first, time()), "UTC"
    return first.replace(tzinfo=None), getattr(first.tzinfo, "key", None) or str(first.tzinfo or "UTC")


def _locals(lists: Any, tzid: str) -> tuple[datetime, ...]:
    """RDATE or EXDATE, once or several times, on the wall clock; of a period its start."""
    if lists is None:
        return ()
    values = [value.dt for one in (lists if isinstance(lists, list) else [lists]) for value in one.dts]
    moments = [_moment(value[0] if isinstance(value, tuple) else value, tzid) for value in values]
    return tuple(moment.astimezone(ZoneInfo(tzid)).replace(tzinfo=None) for moment in moments)


def _moment(value: date, tzid: str = "UTC") -> datetime:
    whole = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (whole if whole.tzinfo else whole.replace(tzinfo=ZoneInfo(tzid))).astimezone(UTC)
