"""The programme: dates and events as everybody sees them, answered with the values of facts.py."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core.cache import until_change
from app.core.columns import UtcDateTime
from app.core.database import db
from app.core.local_text import Text
from app.events.facts import (
    CalendarSource,
    Course,
    EventView,
    OccurrenceDate,
    OccurrenceView,
    PlaceOfEvent,
)
from app.events.models import Event, EventTopic, Occurrence
from app.events.queries.words import variants_of
from app.events.rules.bodies import Speaker
from app.events.rules.filters import EventFilters
from app.events.rules.schedule import Schedule, read_local
from app.events.rules.vocabulary import OccurrenceStatus, ProposedBy
from app.places.models import Place, PlaceSlug, PlaceTerritory
from app.territories.models import Territory

LONGEST = timedelta(minutes=20_160)
MOST_COUNTED = 1_000
_LEAD, _OTHER = sa.orm.aliased(Occurrence), sa.orm.aliased(Occurrence)
# Of a course: what the fullest of its dates leaves. Asked for those dates alone.
_FREE_SEATS = sa.case(
    (
        Occurrence.lead_id.is_not(None),
        sa.select(sa.func.min(_OTHER.capacity - _OTHER.seats_taken))
        .where(_OTHER.event_id == Occurrence.event_id, _OTHER.lead_id == Occurrence.lead_id)
        .where(_OTHER.status != OccurrenceStatus.CANCELLED)
        .scalar_subquery(),
    )
)
_COLUMNS = (
    Occurrence.id, Occurrence.public_id, Occurrence.event_id, Occurrence.recurrence_id, Occurrence.starts_at,
    Occurrence.ends_at, Occurrence.status, Occurrence.capacity, Occurrence.seats_taken, Occurrence.has_queue,
    Occurrence.sequence, Occurrence.updated_at, Occurrence.previous_starts_at, Occurrence.cancel_reason,
    Occurrence.cancel_reason_language, sa.and_(Event.is_published, Place.is_published).label("is_published"),
    Event.max_party, Event.public_id.label("event_public_id"), Event.slug.label("event_slug"), Event.title,
    Event.kind, Event.languages, Event.age_from_months, Event.age_to_months, Event.price, Event.tzid, Event.is_demo,
    Occurrence.place_id, Place.public_id.label("place_public_id"), Place.slug.label("place_slug"), Place.name,
    Place.name_language, Place.street_address, Place.postal_code, Place.locality, Place.country,
    Event.email_optional, sa.func.coalesce(Occurrence.room, Event.room).label("room"),
    Event.counts_babies, Event.pushchairs, Event.childcare, Event.opens_days, Event.closes_minutes,
    Event.asks_ages, Event.asks_needs, Occurrence.lead_id, _LEAD.public_id.label("lead_public_id"),
    _LEAD.starts_at.label("lead_starts_at"), _LEAD.has_queue.label("lead_has_queue"),
    _FREE_SEATS.label("free_seats_of_course"),
)  # fmt: skip
# Asked row by row: conditions on the joined tables would make SQLite read them whole before the first date.
_EVENT, _PLACE = sa.orm.aliased(Event), sa.orm.aliased(Place)
_PUBLISHED = (
    sa.exists().where(_EVENT.id == Occurrence.event_id, _EVENT.is_published.is_(True)),
    sa.exists().where(_PLACE.id == Occurrence.place_id, _PLACE.is_published.is_(True)),
)
# Statements that pages of places and lists ask are built once: building one costs more than running it.
JOINED: sa.Select[*tuple[Any, ...]] = (
    sa.select(*_COLUMNS)
    .join(Event, Event.id == Occurrence.event_id)
    .join(Place, Place.id == Occurrence.place_id)
    .outerjoin(_LEAD, _LEAD.id == Occurrence.lead_id)
)
_SELECT: sa.Select[*tuple[Any, ...]] = JOINED.where(*_PUBLISHED)
_PUBLISHED_DATE = _SELECT.where(Occurrence.public_id == sa.bindparam("public_id"))
_BY_KEY = JOINED.where(Occurrence.id == sa.bindparam("key", type_=sa.Integer))
IN_ORDER = (Occurrence.starts_at, Occurrence.id)
_OF_PLACE: sa.Select[*tuple[Any, ...]] = (
    _SELECT.where(
        Occurrence.place_id == sa.bindparam("place_id"),
        Occurrence.starts_at > sa.bindparam("since", type_=UtcDateTime),
        Occurrence.ends_at > sa.bindparam("now", type_=UtcDateTime),
    )
    .order_by(*IN_ORDER)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_RANKED = (
    sa.select(
        Occurrence.id,
        sa.func.row_number().over(partition_by=Occurrence.place_id, order_by=IN_ORDER).label("turn"),
    )
    .join(Event, Event.id == Occurrence.event_id)
    .where(
        Occurrence.place_id.in_(sa.bindparam("place_ids", expanding=True)),
        Occurrence.starts_at >= sa.bindparam("now", type_=UtcDateTime),
        Occurrence.status == OccurrenceStatus.SCHEDULED,
        Event.is_published,
    )
    .subquery()
)
_NEXT_OF_PLACES: sa.Select[*tuple[Any, ...]] = _SELECT.where(
    Occurrence.id.in_(sa.select(_RANKED.c.id).where(_RANKED.c.turn == 1))
)


def occurrence_view(public_id: str) -> OccurrenceView | None:
    """One published date by its public id."""
    row = db.session.execute(_PUBLISHED_DATE, {"public_id": public_id}).one_or_none()
    return None if row is None else view_of(row)


def occurrence_by_id(occurrence_id: int) -> OccurrenceView | None:
    """One date by its key, published or not: for those who booked it and those who look after it."""
    row = db.session.execute(_BY_KEY, {"key": occurrence_id}).one_or_none()
    return None if row is None else view_of(row)


def dates_of_course(date: OccurrenceView) -> list[OccurrenceView]:
    """All dates that are booked with this one, past and cancelled ones too, earliest first; [] where it is booked alone."""
    if date.course is None:
        return []
    whole = (Occurrence.event_id == date.event_id, Occurrence.lead_id == date.course.lead_id)
    query = JOINED.where(*whole).order_by(*IN_ORDER)
    return [view_of(row) for row in db.session.execute(query)]


def upcoming(
    filters: EventFilters | None = None,
    *,
    from_at: datetime,
    to_at: datetime | None = None,
    place_ids: Collection[int] | None = None,
    event_id: int | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[OccurrenceView]:
    """Dates that are not over at `from_at` and start before `to_at`, earliest first; cancelled ones too.

    `event_id` asks for an event and for those that were one series with it.
    One statement whatever the number. A filter that names an unknown place or territory finds nothing.
    """
    chosen = _conditions(filters or EventFilters(), from_at, to_at, place_ids, event_id)
    query = _SELECT.where(*chosen).order_by(*IN_ORDER).limit(limit).offset(offset)
    return [view_of(row) for row in db.session.execute(query)]


def upcoming_of_place(place_id: int, *, from_at: datetime, limit: int) -> list[OccurrenceView]:
    """The dates at one place that `upcoming` would give."""
    values = {"place_id": place_id, "since": from_at - LONGEST, "now": from_at, "limit": limit}
    return [view_of(row) for row in db.session.execute(_OF_PLACE, values)]


def count_upcoming(filters: EventFilters, *, from_at: datetime, to_at: datetime | None = None) -> int:
    """How many dates `upcoming` would give without a limit, counted up to MOST_COUNTED + 1 (then: more than that).

    Remembered for the minute until something changes; 50,000 dates took 40 ms to count after each booking.
    """
    minute = from_at.replace(second=0, microsecond=0)

    def count() -> int:
        chosen = _conditions(filters, minute, to_at, None, None)
        found = (
            sa.select(Occurrence.id)
            .join(Event, Event.id == Occurrence.event_id)
            .where(*_PUBLISHED, *chosen)
            .limit(MOST_COUNTED + 1)
        )
        return db.session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0

    return until_change(("events.count", filters, minute, to_at), count)


def next_of_places(place_ids: Collection[int], at: datetime) -> dict[int, OccurrenceView]:
    """The next scheduled date of each of these places; places without one are left out. One statement."""
    if not place_ids:
        return {}
    rows = db.session.execute(_NEXT_OF_PLACES, {"place_ids": list(place_ids), "now": at})
    return {view.place.id: view for view in map(view_of, rows)}


def event_by_slug(slug: str) -> EventView | None:
    """One published event by its slug."""
    return _event(Event.slug == slug, Event.is_published.is_(True), Place.is_published.is_(True))


def event_by_public_id(public_id: str) -> EventView | None:
    """One event by its public id, published or not: for those who look after it."""
    return _event(Event.public_id == public_id)


def event_by_id(event_id: int) -> EventView | None:
    """One event by its key, published or not."""
    return _event(Event.id == event_id)


def event_ids_of_place(place_id: int) -> list[int]:
    """Keys of all events at a place, for those who keep something per event."""
    return list(db.session.scalars(sa.select(Event.id).where(Event.place_id == place_id).order_by(Event.id)))


def calendar_source(event_id: int) -> CalendarSource | None:
    """Everything that a feed needs of one event, dates in order of their recurrence id; None if it is gone."""
    event = event_by_id(event_id)
    if event is None:
        return None
    rows = db.session.execute(
        sa.select(
            Occurrence.public_id, Occurrence.recurrence_id, Occurrence.starts_at, Occurrence.ends_at,
            Occurrence.status, Occurrence.sequence, Occurrence.updated_at, Occurrence.room,
            Occurrence.cancel_reason,
        )
        .where(Occurrence.event_id == event_id)
        .order_by(Occurrence.recurrence_id)
    )  # fmt: skip
    dates = tuple(OccurrenceDate(*row) for row in rows)
    return CalendarSource(event, dates, tuple(sorted(territory_ids_of(event.place.id))))


def territory_ids_of(place_id: int) -> frozenset[int]:
    """The territories that a place lies in."""
    rows = db.session.scalars(
        sa.select(PlaceTerritory.territory_id).where(PlaceTerritory.place_id == place_id)
    )
    return frozenset(rows)


def languages_spoken() -> list[str]:
    """The languages in which anything published is held, in alphabetical order of their codes."""

    def read() -> list[str]:
        # As texts: a thousand events have a handful of lists, and few rows are read as JSON.
        lists = db.session.scalars(
            sa.select(sa.cast(Event.languages, sa.Text)).where(Event.is_published).distinct()
        )
        return sorted({code for codes in lists for code in json.loads(codes)})

    return until_change("events.languages", read)


def _conditions(
    filters: EventFilters,
    from_at: datetime,
    to_at: datetime | None,
    place_ids: Collection[int] | None,
    event_id: int | None,
) -> list[sa.ColumnElement[bool]]:
    """The first condition lets the index on `starts_at` be used; the second keeps what is going on now."""
    chosen = [Occurrence.starts_at > from_at - LONGEST, Occurrence.ends_at > from_at]
    if to_at is not None:
        chosen.append(Occurrence.starts_at < to_at)
    if place_ids is not None:
        chosen.append(Occurrence.place_id.in_(place_ids))
    if event_id is not None:
        chosen.append(sa.or_(Occurrence.event_id == event_id, Occurrence.event_id.in_(_siblings(event_id))))
    return [*chosen, *_where(filters), *_about(filters)]


def _siblings(event_id: int) -> sa.Select[int]:
    """The events that were one series with this one until it changed from some date on."""
    own, other = sa.orm.aliased(Event), sa.orm.aliased(Event)
    return sa.select(other.id).join(own, own.series_key == other.series_key).where(own.id == event_id)


def _where(filters: EventFilters) -> list[sa.ColumnElement[bool]]:
    chosen: list[sa.ColumnElement[bool]] = []
    if filters.place:
        known = sa.select(PlaceSlug.place_id).where(PlaceSlug.slug == filters.place)
        chosen.append(Occurrence.place_id.in_(known))
    if filters.territory:
        inside = sa.select(PlaceTerritory.place_id).join(
            Territory, Territory.id == PlaceTerritory.territory_id
        )
        chosen.append(Occurrence.place_id.in_(inside.where(Territory.code == filters.territory)))
    return chosen


def _about(filters: EventFilters) -> list[sa.ColumnElement[bool]]:
    chosen = [
        sa.or_(*(Event.search_text.contains(text, autoescape=True) for text in texts))
        for texts in variants_of(filters.words)
    ]
    if filters.topic is not None:
        chosen.append(Event.id.in_(sa.select(EventTopic.event_id).where(EventTopic.topic == filters.topic)))
    if filters.age is not None:
        chosen.append(sa.or_(Event.age_from_months.is_(None), Event.age_from_months <= filters.age))
        chosen.append(sa.or_(Event.age_to_months.is_(None), Event.age_to_months >= filters.age))
    if filters.language:
        spoken = sa.cast(Event.languages, sa.Text)
        chosen.append(spoken.contains(f'"{filters.language}"', autoescape=True))
    if filters.free:
        chosen.append(Event.price == "")
    if filters.proposed_by_residents:
        chosen.append(Event.proposed_by == ProposedBy.RESIDENTS)
    return chosen


def view_of(row: sa.Row[Any]) -> OccurrenceView:
    """One row of JOINED as a value."""
    reason = row.cancel_reason and Text(row.cancel_reason, row.cancel_reason_language)
    place = PlaceOfEvent(
        row.place_id, row.place_public_id, row.place_slug, Text(row.name, row.name_language), row.street_address,
        row.postal_code, row.locality, row.country,
    )  # fmt: skip
    return OccurrenceView(
        id=row.id, public_id=row.public_id, event_id=row.event_id, event_public_id=row.event_public_id,
        event_slug=row.event_slug, title=row.title, kind=row.kind, languages=tuple(row.languages),
        age_from_months=row.age_from_months, age_to_months=row.age_to_months, price=row.price, tzid=row.tzid,
        recurrence_id=row.recurrence_id, starts_at=row.starts_at, ends_at=row.ends_at, status=row.status,
        capacity=row.capacity, seats_taken=row.seats_taken, has_queue=row.has_queue, max_party=row.max_party,
        sequence=row.sequence, updated_at=row.updated_at, is_demo=row.is_demo, place=place,
        is_published=row.is_published, cancel_reason=reason, previous_starts_at=row.previous_starts_at,
        email_optional=row.email_optional, room=row.room, counts_babies=row.counts_babies,
        opens_days=row.opens_days, closes_minutes=row.closes_minutes, asks_ages=row.asks_ages, asks_needs=row.asks_needs, pushchairs=row.pushchairs, childcare=row.childcare,
        course=_course(row),
    )  # fmt: skip


def _course(row: sa.Row[Any]) -> Course | None:
    if row.lead_public_id is None:
        return None
    return Course(
        row.lead_id, row.lead_public_id, row.lead_starts_at, row.free_seats_of_course, row.lead_has_queue,
    )  # fmt: skip


def _event(*conditions: sa.ColumnElement[bool]) -> EventView | None:
    """Two statements: event with place, and topics."""
    query = sa.select(Event, Place).join(Place, Place.id == Event.place_id).where(*conditions)
    row = db.session.execute(query).one_or_none()
    return None if row is None else _event_view(row[0], row[1])


def _event_view(event: Event, place: Place) -> EventView:
    return EventView(
        id=event.id, public_id=event.public_id, uid=event.uid, slug=event.slug, kind=event.kind, title=event.title,
        description=event.description, bring=event.bring, languages=tuple(event.languages),
        age_from_months=event.age_from_months, age_to_months=event.age_to_months, price=event.price,
        organisers=tuple(event.organisers), partners=tuple(event.partners),
        speakers=tuple(Speaker(**one) for one in event.speakers), proposed_by=event.proposed_by,
        proposer=event.proposer, room=event.room, capacity=event.capacity, counted_as=event.counted_as,
        counts_babies=event.counts_babies, pushchairs=event.pushchairs, childcare=event.childcare,
        max_party=event.max_party, email_optional=event.email_optional,
        opens_days=event.opens_days, closes_minutes=event.closes_minutes, one_per_email=event.one_per_email, booked_whole=event.booked_whole, confirms_email=event.confirms_email, asks_ages=event.asks_ages, asks_needs=event.asks_needs,
        topics=tuple(sorted(topic.topic for topic in event.topics)), sequence=event.sequence,
        created_at=event.created_at, updated_at=event.updated_at, is_demo=event.is_demo,
        is_published=event.is_published, place=place_of(place), location=place.location,
        access_notes=place.access_notes, picture=place.picture, picture_alt=place.picture_alt,
        schedule=schedule_of(event), place_kind=place.kind, series_key=event.series_key,
    )  # fmt: skip


def place_of(place: Place) -> PlaceOfEvent:
    """The facts of a place that cards and calendar entries say."""
    return PlaceOfEvent(
        place.id, place.public_id, place.slug, Text(place.name, place.name_language), place.street_address,
        place.postal_code, place.locality, place.country,
    )  # fmt: skip


def schedule_of(event: Event) -> Schedule:
    """The stored schedule as a value."""
    return Schedule(
        starts_local=read_local(event.starts_local), duration=timedelta(minutes=event.duration_minutes),
        tzid=event.tzid, rrule=event.rrule, rdates=_locals(event.rdates), exdates=_locals(event.exdates),
    )  # fmt: skip


def _locals(texts: Sequence[str]) -> tuple[datetime, ...]:
    return tuple(read_local(text) for text in texts)
