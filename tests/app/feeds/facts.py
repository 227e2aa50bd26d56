"""Events as calendars get them, made in memory."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from app.core.local_text import Text
from app.events.rules.schedule import Schedule, read_local
from app.feeds.rules.calendar import Heading, join
from app.feeds.rules.vevent import CalendarEvent, Change, ChangedDate, Words, vevents
from geo.point import Point

WORDS = Words(
    cancelled="Annullato: %(title)s",
    moved="Nuova data: %(title)s",
    postponed="Rinviato: %(title)s",
    demo_title="%(title)s (dimostrazione)",
    demo_notice="Rete dimostrativa.",
)
SAVED_AT = datetime(2026, 10, 1, 8, 30, 15, 123456, tzinfo=UTC)
CHANGED_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
THURSDAYS = Schedule(
    starts_local=read_local("2026-10-08T10:00"),
    duration=timedelta(minutes=45),
    tzid="Europe/Rome",
    rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=8",
    exdates=(read_local("2026-11-12T10:00"),),
)
ONCE = replace(THURSDAYS, rrule="", exdates=())


def event(**changes: Any) -> CalendarEvent:
    """A weekly reading of eight Thursdays across the change of clocks, one of them left out."""
    values: dict[str, Any] = {
        "uid": "0123456789@isole-di-wendy",
        "title": Text("Lettura 0-3", "it"),
        "description": "Storie e filastrocche.",
        "url": "http://localhost:8000/events/lettura-0-3",
        "location": "La Lucciola, Via Negroli 7, 20133 Milano",
        "point": Point(lon=9.2264123, lat=45.4654321),
        "categories": ("Lettura",),
        "sequence": 2,
        "updated_at": SAVED_AT,
        "schedule": THURSDAYS,
    }
    return CalendarEvent(**{**values, **changes})


def changed(day: datetime, change: Change, *, to: datetime | None = None, sequence: int = 1) -> ChangedDate:
    """A change to the date that the rule gives at `day` (aware)."""
    starts_at = to or day
    return ChangedDate(
        recurrence_id=day.astimezone(UTC),
        starts_at=starts_at.astimezone(UTC),
        ends_at=(starts_at + timedelta(minutes=45)).astimezone(UTC),
        change=change,
        sequence=sequence,
        updated_at=CHANGED_AT,
        url="http://localhost:8000/occurrences/abcdefghjk",
    )


def calendar(*events: CalendarEvent, tzid: str = "Europe/Rome") -> bytes:
    """A whole calendar of these events."""
    heading = Heading(
        name="Isole di Wendy",
        description="Eventi",
        source_url="http://localhost:8000/feeds/network.ics",
        page_url="http://localhost:8000/events",
        tzid=tzid,
        changed_at=SAVED_AT,
    )
    return join(
        heading, {one.schedule.tzid for one in events}, [vevents(one, WORDS) for one in events], year=2026
    )


def parse(content: bytes) -> Any:
    """icalendar's reading of a calendar; its types say less than the standard."""
    return Calendar.from_ical(content)
