"""One event with its schedule and its exceptions as VEVENT bytes (RFC 5545, 7986): folded, CRLF, ready to join."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from icalendar import Event as VEvent
from icalendar import vRecur

from app.core.local_text import Text
from app.core.text import clean, clean_line
from app.events.rules.schedule import Schedule
from geo.point import Point


class Change(Enum):
    """What happened to one date. A date cancelled and then held again is CONFIRMED, with a higher SEQUENCE."""

    CONFIRMED = "CONFIRMED"
    MOVED = "CONFIRMED, at another time"
    CANCELLED = "CANCELLED"
    POSTPONED = "TENTATIVE"

    @property
    def status(self) -> str:
        """The word of RFC 5545, 3.8.1.11; there is none for a postponed date."""
        return "CONFIRMED" if self is Change.MOVED else self.value


@dataclass(frozen=True)
class ChangedDate:
    """One date that is not as its rule says; `url` is its own page, `note` says more, `location` where it is if not where the event is. Moments are aware UTC."""

    recurrence_id: datetime
    starts_at: datetime
    ends_at: datetime
    change: Change
    sequence: int
    updated_at: datetime
    url: str
    note: str = ""
    location: str = ""


@dataclass(frozen=True)
class Words:
    """What the reader's language puts around a title (`%(title)s`) and says of demo records."""

    cancelled: str
    moved: str
    postponed: str
    demo_title: str
    demo_notice: str


@dataclass(frozen=True)
class CalendarEvent:
    """Everything a calendar shows of an event in one language; `description` is plain text.

    `related_uid`: the event that its series began as (RFC 5545, 3.8.4.5).
    """

    uid: str
    title: Text
    description: str
    url: str
    location: str
    point: Point | None
    categories: tuple[str, ...]
    sequence: int
    updated_at: datetime
    schedule: Schedule
    changed: tuple[ChangedDate, ...] = ()
    related_uid: str = ""
    is_demo: bool = False


def is_recurring(schedule: Schedule) -> bool:
    """Whether exceptions need a RECURRENCE-ID."""
    return bool(schedule.rrule or schedule.rdates)


def vevents(event: CalendarEvent, words: Words) -> bytes:
    """The series and its exceptions, ordered by RECURRENCE-ID; the same facts always give the same bytes."""
    ordered = sorted(event.changed, key=lambda date: date.recurrence_id)
    if is_recurring(event.schedule):
        components = [_series(event, words), *(_exception(event, date, words) for date in ordered)]
    else:
        components = [_single(event, words)]
    return b"".join(component.to_ical() for component in components)


def one_date(event: CalendarEvent, date: ChangedDate, words: Words) -> bytes:
    """A single date on its own, to be added to a calendar once; the caller gives `event` that date's UID."""
    return bytes(_dated(event, date, words).to_ical())


def _series(event: CalendarEvent, words: Words) -> VEvent:
    component = _common(event, event.updated_at, words, Change.CONFIRMED, event.url)
    schedule = event.schedule
    zone = ZoneInfo(schedule.tzid)
    start = schedule.starts_local.replace(tzinfo=zone)
    _add_times(component, start, start.astimezone(UTC) + schedule.duration)
    component.add("sequence", event.sequence)
    if schedule.rrule:
        component.add("rrule", _rule(schedule.rrule, zone))
    for name, dates in (("rdate", schedule.rdates), ("exdate", schedule.exdates)):
        if dates:
            component.add(name, [date.replace(tzinfo=zone) for date in sorted(dates)])
    return component


def _exception(event: CalendarEvent, date: ChangedDate, words: Words) -> VEvent:
    component = _dated(event, date, words)
    component.add("recurrence-id", date.recurrence_id.astimezone(ZoneInfo(event.schedule.tzid)))
    return component


def _single(event: CalendarEvent, words: Words) -> VEvent:
    """An event with one date has no RECURRENCE-ID: what happens to the date happens to the event."""
    start = event.schedule.starts_local.replace(tzinfo=ZoneInfo(event.schedule.tzid))
    date = next((date for date in event.changed if date.recurrence_id == start.astimezone(UTC)), None)
    if date is not None:
        return _dated(event, date, words)
    component = _common(event, event.updated_at, words, Change.CONFIRMED, event.url)
    _add_times(component, start, start.astimezone(UTC) + event.schedule.duration)
    component.add("sequence", event.sequence)
    return component


def _dated(event: CalendarEvent, date: ChangedDate, words: Words) -> VEvent:
    updated_at = max(event.updated_at, date.updated_at)
    here = replace(event, location=date.location or event.location)
    component = _common(here, updated_at, words, date.change, date.url, date.note)
    _add_times(component, date.starts_at.astimezone(ZoneInfo(event.schedule.tzid)), date.ends_at)
    component.add("sequence", event.sequence + date.sequence)
    return component


def _common(
    event: CalendarEvent, updated_at: datetime, words: Words, change: Change, url: str, note: str = ""
) -> VEvent:
    component = VEvent()
    component.add("uid", event.uid)
    for name in ("dtstamp", "last-modified"):
        component.add(name, updated_at.astimezone(UTC).replace(microsecond=0))
    component.add("summary", summary(event, words, change), parameters={"LANGUAGE": event.title.lang})
    component.add("status", change.status)
    component.add("transp", "TRANSPARENT")
    component.add("url", url)
    component.add("description", clean("\n\n".join(_paragraphs(event, words, note, url))))
    if event.location:
        component.add("location", clean_line(event.location))
    if event.point is not None:
        component.add("geo", (round(event.point.lat, 6), round(event.point.lon, 6)))
    if event.categories:
        component.add("categories", [clean_line(category) for category in event.categories])
    if event.related_uid:
        component.add("related-to", event.related_uid, parameters={"RELTYPE": "SIBLING"})
    if event.is_demo:
        component.add("x-wendy-demo", "TRUE")
    return component


def summary(event: CalendarEvent, words: Words, change: Change) -> str:
    """The title as lists of dates show it: a change and a demo record are said in words."""
    title = clean_line(event.title.value)
    around = {
        Change.CANCELLED: words.cancelled,
        Change.MOVED: words.moved,
        Change.POSTPONED: words.postponed,
        Change.CONFIRMED: "%(title)s",
    }[change]
    title = around % {"title": title}
    return words.demo_title % {"title": title} if event.is_demo else title


def _paragraphs(event: CalendarEvent, words: Words, note: str, url: str) -> Iterator[str]:
    if event.is_demo:
        yield words.demo_notice
    for part in (note, event.description):
        if part:
            yield part
    yield url


def _add_times(component: VEvent, start: datetime, ends_at: datetime) -> None:
    """DTSTART and DTEND on the wall clock; what an hour that comes twice would make ambiguous is said otherwise."""
    end = ends_at.astimezone(start.tzinfo)
    component.add("dtstart", start.astimezone(UTC) if start.fold else start)
    if end.fold or start.fold:
        component.add("duration", ends_at.astimezone(UTC) - start.astimezone(UTC))
    else:
        component.add("dtend", end)


def _rule(text: str, zone: ZoneInfo) -> vRecur:
    """The rule with UNTIL in UTC, as RFC 5545 (3.3.10) asks where DTSTART has a zone; a date means its whole day."""
    rule: vRecur = vRecur.from_ical(text)
    until = rule.get("UNTIL")
    if until:
        rule["UNTIL"] = [_until(moment, zone) for moment in until]
    return rule


def _until(moment: object, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.fromisoformat(f"{moment}T23:59:59")
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC)
