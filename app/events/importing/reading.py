"""From a calendar of others to schedules of ours: series, exceptions, dates that were moved or called off (RFC 5545)."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from app.core.errors import Invalid
from app.core.text import clean, clean_line
from app.events.importing.blocks import Block, Blocks, CalendarRefused, read_blocks
from app.events.rules.event import MAX_TEXT, MAX_TITLE
from app.events.rules.recurrence import read_recurrence
from app.events.rules.schedule import YEARS, Schedule

DEFAULT_MINUTES, LEAST_MINUTES, MOST_MINUTES = 60, 5, 20_160
WHOLE_DAY = timedelta(days=1)
# What the library raises for a component that breaks the RFC.
BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    ArithmeticError,
    LookupError,
)


class EventRefused(Invalid):
    """One event cannot be taken: `cause` is a code of Cause."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause=cause)
        self.cause = cause


@dataclass(frozen=True)
class Change:
    """One date of a series that differs: wall clock of the place; `starts_local` None: it does not take place."""

    recurrence_local: datetime
    starts_local: datetime | None
    duration: timedelta


@dataclass(frozen=True)
class ReadEvent:
    """One event of a calendar. `uid` is its own, or made of what it says where it has none."""

    uid: str
    title: str
    description: str
    schedule: Schedule
    is_cancelled: bool = False
    changes: tuple[Change, ...] = ()
    line: int = 0
    sequence: int = 0


@dataclass(frozen=True)
class Refused:
    """What was left out: where it begins, what it is called, and why."""

    line: int
    title: str
    cause: str


@dataclass(frozen=True)
class ReadCalendar:
    """All of a file: what can be taken, and what cannot."""

    name: str
    events: tuple[ReadEvent, ...]
    refused: tuple[Refused, ...] = field(default=())


@dataclass(frozen=True)
class _Part:
    """One VEVENT, either a whole event or one date of it."""

    event: ReadEvent
    recurrence_local: datetime | None


def read_calendar(content: bytes, tzid: str, untitled: str = "–") -> ReadCalendar:
    """Read a file for a place in this zone; times without a zone are those of the place.

    Raises CalendarRefused; single events that cannot be taken are listed instead.
    """
    blocks = read_blocks(content)
    name = clean_line(blocks.properties.get("X-WR-CALNAME", blocks.properties.get("NAME", "")))[:MAX_TITLE]
    parts, refused = [], []
    for block in blocks.events:
        try:
            parts.append(_part(block, blocks, tzid, name or untitled))
        except EventRefused as error:
            refused.append(Refused(block.line, _title_of(block), error.cause))
    return ReadCalendar(name, tuple(_put_together(parts)), tuple(refused))


def _part(block: Block, blocks: Blocks, tzid: str, untitled: str) -> _Part:
    component = _component(block, blocks.zones)
    try:
        return _read(component, block, tzid, untitled)
    except EventRefused:
        raise
    except Invalid as error:
        raise EventRefused("rule" if "Rule" in type(error).__name__ else "out of range") from error
    except BROKEN as error:
        raise EventRefused("broken") from error


def _component(block: Block, zones: Iterable[Block]) -> Any:
    """The event alone, with the zones that it names and only its file knows."""
    text = "\n".join(block.lines)
    own = [zone for zone in zones if (tzid := _tzid_of(zone)) and tzid in text and not _is_known(tzid)]
    lines = ["BEGIN:VCALENDAR", *(line for zone in own for line in zone.lines), *block.lines, "END:VCALENDAR"]
    try:
        return next(iter(Calendar.from_ical("\r\n".join(lines)).walk("VEVENT")))
    except BROKEN as error:
        raise EventRefused("broken") from error
    except StopIteration as error:
        raise EventRefused("broken") from error


def _read(component: Any, block: Block, tzid: str, untitled: str) -> _Part:
    if "DTSTART" not in component:
        raise EventRefused("no start")
    start = component["DTSTART"].dt
    if not isinstance(start, date):
        raise EventRefused("broken")
    starts_local = _local(start, tzid)
    if starts_local.year not in YEARS:
        raise EventRefused("out of range")
    schedule = Schedule(
        starts_local, _duration(component, start), tzid, _rule(component),
        _locals(component, "RDATE", starts_local, tzid), _locals(component, "EXDATE", starts_local, tzid),
    )  # fmt: skip
    title = clean_line(str(component.get("SUMMARY", "")))[:MAX_TITLE] or untitled
    event = ReadEvent(
        uid=_uid(component, title, starts_local), title=title,
        description=clean(str(component.get("DESCRIPTION", "")))[:MAX_TEXT], schedule=schedule,
        is_cancelled=str(component.get("STATUS", "")).upper() == "CANCELLED", line=block.line,
        sequence=int(component.get("SEQUENCE", 0)),
    )  # fmt: skip
    return _Part(event, _recurrence(component, tzid))


def _recurrence(component: Any, tzid: str) -> datetime | None:
    named = component.get("RECURRENCE-ID")
    if named is None:
        return None
    if str(named.params.get("RANGE", "")).upper() == "THISANDFUTURE":
        raise EventRefused("this and future")
    return _local(named.dt, tzid)


def _rule(component: Any) -> str:
    rule = component.get("RRULE")
    if rule is None:
        return ""
    if isinstance(rule, list):
        raise EventRefused("several rules")
    text = str(rule.to_ical().decode())
    read_recurrence(text)
    return text


def _duration(component: Any, start: date) -> timedelta:
    """From its start to its end; a day is a day, an hour where nothing is said, never less than five minutes."""
    is_day = not isinstance(start, datetime)
    if "DTEND" in component:
        end = component["DTEND"].dt
        length = _instant(end) - _instant(start)
    elif "DURATION" in component:
        length = component["DURATION"].dt
    else:
        length = WHOLE_DAY if is_day else timedelta(minutes=DEFAULT_MINUTES)
    if length < timedelta():
        raise EventRefused("ends before it begins")
    minutes = max(LEAST_MINUTES, int(length.total_seconds() // 60))
    if minutes > MOST_MINUTES:
        raise EventRefused("too long")
    return timedelta(minutes=minutes)


def _locals(component: Any, name: str, first: datetime, tzid: str) -> tuple[datetime, ...]:
    """RDATE or EXDATE, once or several times, on the wall clock; of a period its start, of a day the usual hour."""
    lists = component.get(name)
    if lists is None:
        return ()
    values = [value.dt for one in (lists if isinstance(lists, list) else [lists]) for value in one.dts]
    starts = [value[0] if isinstance(value, tuple) else value for value in values]
    found = {
        _local(one, tzid) if isinstance(one, datetime) else datetime.combine(one, first.time())
        for one in starts
    }
    return tuple(sorted(found))


def _local(moment: date, tzid: str) -> datetime:
    """The wall clock of the place, to the minute; without a zone it is that already."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(tzid)).replace(tzinfo=None)
    return moment.replace(second=0, microsecond=0)


def _instant(moment: date) -> datetime:
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return whole if whole.tzinfo else whole.replace(tzinfo=UTC)


def _uid(component: Any, title: str, starts_local: datetime) -> str:
    """Its own; without one, the same event again is told by what it is called and when it begins."""
    own = clean_line(str(component.get("UID", "")))
    return own or hashlib.sha256(f"{title}\n{starts_local.isoformat()}".encode()).hexdigest()[:32]


def _put_together(parts: Iterable[_Part]) -> Iterator[ReadEvent]:
    """Series with their changed dates; of an event that stands twice the newer one; a date without its series is one."""
    wholes: dict[str, ReadEvent] = {}
    changed: dict[str, list[_Part]] = {}
    for part in parts:
        uid = part.event.uid
        if part.recurrence_local is not None:
            changed.setdefault(uid, []).append(part)
        elif uid not in wholes or part.event.sequence >= wholes[uid].sequence:
            wholes[uid] = part.event
    for uid, event in wholes.items():
        own = sorted(changed.pop(uid, []), key=lambda part: part.event.sequence)
        changes = {part.recurrence_local: _change(part) for part in own if part.recurrence_local}
        yield replace(event, changes=tuple(changes[key] for key in sorted(changes)))
    for uid, lonely in changed.items():
        for part in lonely:
            stamp = part.recurrence_local or part.event.schedule.starts_local
            once = replace(part.event.schedule, rrule="", rdates=(), exdates=())
            yield replace(part.event, uid=f"{uid}#{stamp:%Y%m%dT%H%M}", schedule=once)


def _change(part: _Part) -> Change:
    event, named = part.event, part.recurrence_local or part.event.schedule.starts_local
    starts_local = None if event.is_cancelled else event.schedule.starts_local
    return Change(named, starts_local, event.schedule.duration)


def _title_of(block: Block) -> str:
    found = next((line for line in block.lines if line.upper().startswith("SUMMARY")), "")
    return clean_line(found.partition(":")[2])[:MAX_TITLE]


def _tzid_of(zone: Block) -> str:
    return next(
        (line.partition(":")[2].strip() for line in zone.lines if line.upper().startswith("TZID")), ""
    )


def _is_known(tzid: str) -> bool:
    try:
        return bool(ZoneInfo(tzid))
    except (ValueError, OSError, LookupError):
        return False


__all__ = ["CalendarRefused", "Change", "ReadCalendar", "ReadEvent", "Refused", "read_calendar"]
