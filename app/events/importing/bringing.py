"""Bring a calendar that was read into a place: what is new, what differs, what it no longer holds."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.core import clock
from app.core.errors import ApplicationError
from app.core.local_text import LocalText
from app.events import queries, service
from app.events.commands import SaveEvent
from app.events.facts import EventView
from app.events.forms.edit import as_saved
from app.events.importing.reading import Change, ReadCalendar, ReadEvent, Refused
from app.events.queries.imported import imported_events
from app.events.rules.occurrence import Scope
from app.events.rules.recurrence import first_instant
from app.events.rules.schedule import slots, window_at
from app.events.rules.vocabulary import EventKind, OccurrenceStatus
from app.places.queries import StaffPlace


@dataclass
class Report:
    """What became of each event. `alike`: left out, since the same stands at the place already. `gone`: public ids of events with coming dates that the calendar no longer holds."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    over: int = 0
    alike: int = 0
    refused: list[Refused] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def bring(
    place: StaffPlace,
    calendar: ReadCalendar,
    source: str,
    *,
    kind: EventKind = EventKind.WORKSHOP,
    is_dry: bool = False,
) -> Report:
    """Save what differs; bringing the same again changes nothing. `source` names the calendar: its address, or its file;
    `kind` is what its new events are.

    What hosts have added to an imported event (places, ages, price) stays; its words and times are the calendar's.
    """
    prefix = f"ics:{_short(place.public_id + source, 16)}:"
    known = imported_events(prefix)
    report = Report(refused=list(calendar.refused))
    kept = set()
    for event in calendar.events:
        key = prefix + _short(event.uid, 32)
        if event.is_cancelled:
            continue
        kept.add(key)
        _bring_one(place, event, key, known.get(key), report, kind=kind, is_dry=is_dry)
    report.gone = [known[key] for key in sorted(known.keys() - kept) if _is_coming(known[key])]
    return report


def call_off(event_ids: Iterable[str]) -> int:
    """Cancel what a calendar no longer holds, once somebody has said so; returns how many families are told."""
    told = 0
    for event_id in event_ids:
        date = _first_coming(event_id)
        if date is not None:
            told += service.cancel_series(date, Scope.ALL)
    return told


def _bring_one(
    place: StaffPlace,
    event: ReadEvent,
    key: str,
    public_id: str | None,
    report: Report,
    *,
    kind: EventKind,
    is_dry: bool,
) -> None:
    try:
        has_dates = bool(slots(event.schedule, window_at(clock.now())))
        if not has_dates and public_id is None:
            report.over += 1
            return
        if public_id is None and _is_there(place, event, key):
            report.alike += 1
            return
        stored = queries.event_by_public_id(public_id) if public_id else None
        command = _command(place, event, key, stored, kind)
        if is_dry:
            outcome = "new" if stored is None else "unchanged" if command == as_saved(stored) else "changed"
        else:
            (saved,) = service.save_events([command])
            outcome = (
                "changed" if _follow(saved.public_id, event) and saved.outcome != "new" else saved.outcome
            )
    except ApplicationError as error:
        report.refused.append(Refused(event.line, event.title, type(error).__name__))
        return
    setattr(report, outcome, getattr(report, outcome) + 1)


def _is_there(place: StaffPlace, event: ReadEvent, key: str) -> bool:
    """Whether somebody has published the same at the same time, by hand or from another calendar."""
    source = key[: key.rindex(":") + 1]
    (first, *_) = slots(event.schedule, window_at(clock.now()))
    return queries.alike(place.id, event.title, first.recurrence_id, but=source) is not None


def _command(
    place: StaffPlace, event: ReadEvent, key: str, stored: EventView | None, kind: EventKind
) -> SaveEvent:
    language, schedule = place.name.lang, event.schedule
    if stored is None:
        base = SaveEvent(
            place.public_id, LocalText.of(language), schedule.starts_local, 60, kind=kind, source_key=key
        )
    else:
        base = replace(as_saved(stored), source_key=key)
    return replace(
        base, title=_edited(base.title, language, event.title) or LocalText.of(language, **{language: event.title}),
        description=_edited(base.description, language, event.description),
        starts_local=schedule.starts_local, duration_minutes=int(schedule.duration.total_seconds() // 60),
        rrule=schedule.rrule, rdates=schedule.rdates, exdates=schedule.exdates,
    )  # fmt: skip


def _edited(known: LocalText | None, language: str, text: str) -> LocalText | None:
    """The calendar's words in the place's language; translations that hosts added stay beside them."""
    edited = (known or LocalText.of(language)).edited(language, text)
    return edited or None


def _follow(event_id: str, event: ReadEvent) -> bool:
    """Move and call off single dates as the calendar says; whether any was."""
    stored = queries.event_by_public_id(event_id)
    source = queries.calendar_source(stored.id) if stored and event.changes else None
    if source is None:
        return False
    tzid = event.schedule.tzid
    by_name = {date.recurrence_id: date for date in source.dates}
    followed = False
    for change in event.changes:
        date = by_name.get(first_instant(change.recurrence_local, tzid))
        if date is not None and date.starts_at > clock.now():
            followed |= _follow_one(date.public_id, date.starts_at, date.ends_at, date.status, change, tzid)
    return followed


def _follow_one(
    public_id: str,
    starts_at: datetime,
    ends_at: datetime,
    status: OccurrenceStatus,
    change: Change,
    tzid: str,
) -> bool:
    if change.starts_local is None:
        return status is not OccurrenceStatus.CANCELLED and service.cancel_occurrence(public_id) is not None
    begins = first_instant(change.starts_local, tzid)
    if (begins, begins + change.duration) == (starts_at, ends_at) or begins <= clock.now():
        return False
    if status is OccurrenceStatus.CANCELLED:
        service.reinstate_occurrence(public_id)
    return service.move_occurrence(public_id, begins, begins + change.duration) is not None


def _is_coming(event_id: str) -> bool:
    return _first_coming(event_id) is not None


def _first_coming(event_id: str) -> str | None:
    """The public id of the next date of an event that still takes place."""
    stored = queries.event_by_public_id(event_id)
    source = queries.calendar_source(stored.id) if stored else None
    dates = source.dates if source else ()
    coming = (
        date
        for date in dates
        if date.starts_at > clock.now() and date.status is not OccurrenceStatus.CANCELLED
    )
    return next((date.public_id for date in coming), None)


def _short(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
