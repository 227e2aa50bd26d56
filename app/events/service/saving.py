"""Create and update events, alone or in batches; their dates are rows in the same transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import free_slug, public_id
from app.core.text import clean_line, fold
from app.events.commands import SaveEvent
from app.events.models import Event, EventTopic
from app.events.rules.course import check_course
from app.events.rules.event import check_event
from app.events.rules.schedule import Schedule, Slot, check, slots, window_at, write_local
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service.courses import change_whole, fit_course
from app.events.service.dates import Changes, add_dates, lay_out_again, left_out
from app.events.service.occurrences import cancel_locked, told
from app.events.service.reviews import ask_review
from app.events.signals import event_saved, occurrence_moved, seats_freed
from app.places.models import Place

BATCH_SECONDS = 0.05
SCHEDULE_FIELDS = ("place_id", "tzid", "starts_local", "duration_minutes", "rrule", "rdates", "exdates")


@dataclass(frozen=True)
class Outcome:
    """What became of one command of a batch: "new", "changed" or "unchanged"."""

    source_key: str | None
    outcome: str
    public_id: str


@dataclass(frozen=True)
class _Where:
    id: int
    public_id: str
    name: str
    tzid: str
    is_demo: bool


@dataclass(frozen=True)
class _Prepared:
    """A checked command with its place and its dates, ready to be written without thinking."""

    command: SaveEvent
    place: _Where
    slots: list[Slot]


@patiently
def create_event(command: SaveEvent) -> str:
    """A new event with its dates for 18 months; returns its public id. The same source_key again is the same event.

    Raises NotFound (place), EventNotValid, RuleNotUnderstood, NoDates, TooFarAhead, TooManyDates, ScheduleOutOfRange,
    CourseWithoutEnd, Busy.
    """
    prepared = _prepare([command], clock.now(), check)[0]
    with transaction():
        _hold_place(prepared.place.id)
        key = command.source_key
        known = key and db.session.scalar(sa.select(Event.public_id).where(Event.source_key == key))
        if known:
            return str(known)
        event = _create(prepared)
        if command.asks_review:
            ask_review(event, command.asks_review)
        return event.public_id


@patiently
def update_event(event_public_id: str, command: SaveEvent, *, cancels_left_out: bool = False) -> int:
    """Change an event; returns how many families are told. Raises as create_event, and CourseIsBooked.

    Dates that its schedule no longer gives, and that somebody booked, stay, or are cancelled if asked so.
    """
    prepared = _prepare([command], clock.now(), slots)[0]
    with transaction():
        event = locked_event(event_public_id)
        changes = _update(event, prepared)
        if command.asks_review:
            ask_review(event, command.asks_review)
        staying = changes.staying if changes and cancels_left_out else []
        off = [
            date
            for date in staying
            if date.status is not OccurrenceStatus.CANCELLED and date.starts_at > clock.now()
        ]
        number = (changes.told if changes else 0) + sum(cancel_locked(date, None) for date in off)
        return number + (fit_course(event) if off else 0)


def booked_dates_left_out(event_public_id: str, command: SaveEvent) -> list[str]:
    """The public ids of the coming dates that the command would leave out although somebody booked them.

    Nothing is changed. Raises as create_event.
    """
    prepared = _prepare([command], clock.now(), slots)[0]
    with transaction():
        dates = left_out(locked_event(event_public_id), prepared.slots, clock.now())
        return [date.public_id for date in dates]


def locked_event(event_public_id: str) -> Event:
    """Hold an event until the transaction ends; raises NotFound."""
    event = db.session.scalar(sa.select(Event).where(Event.public_id == event_public_id).with_for_update())
    if event is None:
        raise NotFound
    return event


def save_events(commands: Sequence[SaveEvent]) -> list[Outcome]:
    """Create or update many events by their source_key; saving the same again changes nothing.

    Commits in batches of about 50 ms, so that bookings can pass between them. Raises as create_event, before writing;
    Busy between two batches, when the first ones are saved: saving the same again does the rest.
    """
    waiting = _prepare(commands, clock.now(), slots)
    outcomes: list[Outcome] = []
    while len(outcomes) < len(waiting):
        outcomes += _save_batch(waiting[len(outcomes) :])
    return outcomes


@patiently
def _save_batch(waiting: Sequence[_Prepared]) -> list[Outcome]:
    """As many as fit into one transaction, at least one."""
    outcomes: list[Outcome] = []
    with transaction():
        begun = clock.monotonic()
        _hold_place(waiting[0].place.id)
        for prepared in waiting:
            outcomes.append(_save(prepared))
            if clock.monotonic() - begun > BATCH_SECONDS:
                break
    return outcomes


def _prepare(commands: Sequence[SaveEvent], now: datetime, lay_out: Any) -> list[_Prepared]:
    """Everything that needs no lock: rules, places, dates."""
    places = _places({command.place_id for command in commands})
    window = window_at(now)
    prepared = []
    for command in commands:
        check_event(command)
        if command.place_id not in places:
            raise NotFound
        place = places[command.place_id]
        dates = lay_out(_schedule(command, place.tzid), window)
        if command.booked_whole:
            check_course(command.rrule, len(dates))
        prepared.append(_Prepared(command, place, dates))
    return prepared


def _places(public_ids: Iterable[str]) -> dict[str, _Where]:
    columns = (Place.id, Place.public_id, Place.name, Place.tzid, Place.is_demo)
    rows = db.session.execute(sa.select(*columns).where(Place.public_id.in_(public_ids)))
    return {row.public_id: _Where(*row) for row in rows}


def _schedule(command: SaveEvent, tzid: str) -> Schedule:
    duration = timedelta(minutes=command.duration_minutes)
    return Schedule(command.starts_local, duration, tzid, command.rrule, command.rdates, command.exdates)


def _hold_place(place_id: int) -> None:
    """One writer of events at a place at a time: slugs and source keys are then free when they look free."""
    db.session.execute(sa.select(Place.id).where(Place.id == place_id).with_for_update(key_share=True))


def _save(prepared: _Prepared) -> Outcome:
    key = prepared.command.source_key
    event = None if key is None else db.session.scalar(sa.select(Event).where(Event.source_key == key))
    if event is None:
        return Outcome(key, "new", _create(prepared).public_id)
    return Outcome(key, "unchanged" if _update(event, prepared) is None else "changed", event.public_id)


def _create(prepared: _Prepared) -> Event:
    now = clock.now()
    command = prepared.command
    own_id = public_id()
    event = Event(
        public_id=own_id, uid=f"{own_id}@isole-di-wendy", slug=_slug(prepared), sequence=0,
        source_key=command.source_key, created_at=now, updated_at=now, **_fields(prepared),
    )  # fmt: skip
    event.topics = [EventTopic(topic=topic) for topic in sorted(command.topics)]
    if command.series_of is not None:
        event.series_key = _join_series(command.series_of)
    db.session.add(event)
    db.session.flush()
    add_dates(event, prepared.slots, now)
    fit_course(event)
    event_saved.send(event_id=event.id)
    return event


def _join_series(event_public_id: str) -> str:
    """The key of the series that this event belongs to, or begins. Raises NotFound."""
    first = locked_event(event_public_id)
    first.series_key = first.series_key or first.public_id
    return first.series_key


def _update(event: Event, prepared: _Prepared) -> Changes | None:
    """Write what differs; returns what became of the dates, None where nothing differs."""
    wanted = _fields(prepared)
    different = [name for name, value in wanted.items() if getattr(event, name) != value]
    topics = prepared.command.topics
    if not different and {topic.topic for topic in event.topics} == topics:
        return None
    for name in different:
        setattr(event, name, wanted[name])
    if any(name in SCHEDULE_FIELDS for name in different):
        event.sequence += 1
    event.updated_at = clock.now()
    event.topics = [row for row in event.topics if row.topic in topics] + [
        EventTopic(topic=topic) for topic in sorted(topics - {row.topic for row in event.topics})
    ]
    db.session.flush()
    return _update_dates(event, prepared.slots, different)


def _update_dates(event: Event, new_slots: list[Slot], different: list[str]) -> Changes:
    changes, is_new_capacity = Changes(), "capacity" in different
    if "booked_whole" in different:
        change_whole(event)
    if is_new_capacity or any(name in SCHEDULE_FIELDS for name in different):
        changes = lay_out_again(event, new_slots, event.updated_at, is_new_capacity=is_new_capacity)
    for occurrence_id in changes.moved:
        changes.told += told(occurrence_moved.send(occurrence_id=occurrence_id))
    changes.told += fit_course(event)
    if changes.resized:
        seats_freed.send(occurrence_ids=changes.resized)
    event_saved.send(event_id=event.id)
    return changes


def _fields(prepared: _Prepared) -> dict[str, Any]:
    """Column values that a command decides."""
    command, place = prepared.command, prepared.place
    return {
        "place_id": place.id, "tzid": place.tzid, "kind": command.kind, "title": command.title,
        "description": command.description or None, "bring": command.bring or None,
        "languages": list(command.languages), "age_from_months": command.age_from_months,
        "age_to_months": command.age_to_months, "price": clean_line(command.price),
        **_bodies(command), "proposed_by": command.proposed_by, "room": clean_line(command.room),
        "capacity": command.capacity, "counted_as": command.counted_as, "max_party": command.max_party,
        "counts_babies": command.counts_babies, "pushchairs": command.pushchairs, "childcare": command.childcare,
        "email_optional": command.email_optional, "opens_days": command.opens_days,
        "closes_minutes": command.closes_minutes, "one_per_email": command.one_per_email, "booked_whole": command.booked_whole, "confirms_email": command.confirms_email, "asks_ages": command.asks_ages, "asks_needs": command.asks_needs,
        "starts_local": write_local(command.starts_local), "duration_minutes": command.duration_minutes,
        "rrule": command.rrule, "rdates": sorted(map(write_local, command.rdates)),
        "exdates": sorted(map(write_local, command.exdates)),
        # What takes place at a made-up place is made up, whoever publishes it: nobody must turn up.
        "is_demo": command.is_demo or place.is_demo,
        "is_published": command.is_published, "search_text": _search_text(command, place.name),
    }  # fmt: skip


def _bodies(command: SaveEvent) -> dict[str, Any]:
    return {
        "organisers": list(command.organisers),
        "partners": list(command.partners),
        "speakers": [asdict(speaker) for speaker in command.speakers],
        "proposer": clean_line(command.proposer),
    }


def _search_text(command: SaveEvent, place_name: str) -> str:
    texts = [
        *command.title.texts.values(),
        *(command.description.texts.values() if command.description else ()),
    ]
    people = (*command.organisers, *command.partners, *(speaker.name for speaker in command.speakers))
    return fold(" ".join((*texts, *people, place_name)))


def _slug(prepared: _Prepared) -> str:
    """Title and place together are seldom taken; slugs never change afterwards."""
    title = prepared.command.title.within(prepared.command.title.original).value

    def is_taken(slug: str) -> bool:
        return db.session.scalar(sa.select(Event.id).where(Event.slug == slug)) is not None

    return free_slug(f"{title[:40]} {prepared.place.name}", is_taken, fallback="evento")
