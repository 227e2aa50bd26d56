"""From an event as stored to what its calendar entry says, in one language. Links come from PUBLIC_URL alone."""

from datetime import datetime

from app.core.http import absolute
from app.core.i18n import DEFAULT_LANGUAGE
from app.core.translation import force_locale
from app.events.facts import CalendarSource, EventView, OccurrenceDate, PlaceOfEvent
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.topic_names import topic_text
from app.feeds import labels
from app.feeds.rules.vevent import CalendarEvent, Change, ChangedDate, one_date, vevents

UID_DOMAIN = "isole-di-wendy"


def content(source: CalendarSource, place_updated_at: datetime, language: str) -> bytes:
    """The VEVENT blocks that are stored."""
    with force_locale(language):
        return vevents(_event(source, place_updated_at, language), labels.words())


def single_date(source: CalendarSource, place_updated_at: datetime, public_id: str, language: str) -> bytes:
    """One date to be added once, under a UID of its own that stays whatever becomes of the series."""
    date = next(date for date in source.dates if date.public_id == public_id)
    with force_locale(language):
        event = _event(source, place_updated_at, language, uid=f"{public_id}@{UID_DOMAIN}")
        return one_date(event, _changed(date, source.event, language), labels.words())


def _event(
    source: CalendarSource, place_updated_at: datetime, language: str, *, uid: str | None = None
) -> CalendarEvent:
    event = source.event
    return CalendarEvent(
        uid=uid or event.uid,
        title=event.title.within(language),
        description=labels.description(event, language),
        url=_link("events.detail", language, slug=event.slug),
        location=_location(event.room, event.place),
        point=event.location,
        categories=tuple(topic_text(topic) for topic in event.topics),
        sequence=event.sequence,
        updated_at=max(event.updated_at, place_updated_at),
        schedule=event.schedule,
        changed=tuple(_changed(date, event, language) for date in source.dates if _is_changed(date, event)),
        related_uid=_related_uid(event),
        is_demo=event.is_demo,
    )


def _related_uid(event: EventView) -> str:
    key = event.series_key
    return f"{key}@{UID_DOMAIN}" if key and key != event.public_id else ""


def _is_changed(date: OccurrenceDate, event: EventView) -> bool:
    """Not as the rule says, or put back so since the series was last saved (then its own SEQUENCE counts)."""
    is_as_planned = (
        date.status is OccurrenceStatus.SCHEDULED
        and date.starts_at == date.recurrence_id
        and date.room is None
    )
    return not is_as_planned or (date.sequence > 0 and date.updated_at > event.updated_at)


def _changed(date: OccurrenceDate, event: EventView, language: str) -> ChangedDate:
    change = _change(date)
    return ChangedDate(
        recurrence_id=date.recurrence_id,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        change=change,
        sequence=date.sequence,
        updated_at=date.updated_at,
        url=_link("events.occurrence", language, occurrence_id=date.public_id),
        note=_note(date, change, event.schedule.tzid),
        location="" if date.room is None else _location(date.room, event.place),
    )


def _note(date: OccurrenceDate, change: Change, tzid: str) -> str:
    """Where a moved date was before; why one that is off is."""
    if change is Change.MOVED:
        return labels.planned_for(date.recurrence_id, tzid)
    return date.reason or ""


def _change(date: OccurrenceDate) -> Change:
    if date.status is OccurrenceStatus.CANCELLED:
        return Change.CANCELLED
    if date.status is OccurrenceStatus.POSTPONED:
        return Change.POSTPONED
    return Change.CONFIRMED if date.starts_at == date.recurrence_id else Change.MOVED


def _location(room: str, place: PlaceOfEvent) -> str:
    town = " ".join(part for part in (place.postal_code, place.locality) if part)
    return ", ".join(part for part in (room, place.name.value, place.street_address, town) if part)


def _link(endpoint: str, language: str, **values: str) -> str:
    """An absolute link to a page in the feed's language; Italian is what pages without a choice speak."""
    if language == DEFAULT_LANGUAGE:
        return absolute(endpoint, **values)
    return absolute(endpoint, **values, lang=language)
