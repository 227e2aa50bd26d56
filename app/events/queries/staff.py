"""What those who look after places ask: the dates there, published or not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.columns import UtcDateTime
from app.core.database import db
from app.core.text import fold
from app.events.facts import OccurrenceView
from app.events.models import Event, Occurrence
from app.events.queries.programme import IN_ORDER, JOINED, LONGEST, view_of
from app.events.rules.vocabulary import OccurrenceStatus

HALF_A_DAY = timedelta(hours=12)
MOST_ALIKE = 50
_NOT_OVER = (
    Occurrence.starts_at > sa.bindparam("since", type_=UtcDateTime),
    Occurrence.ends_at > sa.bindparam("now", type_=UtcDateTime),
)
_TURNS = (
    sa.select(
        Occurrence.id,
        sa.func.row_number().over(partition_by=Occurrence.place_id, order_by=IN_ORDER).label("turn"),
    )
    .where(Occurrence.place_id.in_(sa.bindparam("place_ids", expanding=True)), *_NOT_OVER)
    .subquery()
)
_FIRST_OF_PLACES: sa.Select[*tuple[Any, ...]] = JOINED.where(
    Occurrence.id.in_(sa.select(_TURNS.c.id).where(_TURNS.c.turn <= sa.bindparam("each", type_=sa.Integer)))
).order_by(*IN_ORDER)


def occurrence_for_staff(public_id: str) -> OccurrenceView | None:
    """One date by its public id."""
    row = db.session.execute(JOINED.where(Occurrence.public_id == public_id)).one_or_none()
    return None if row is None else view_of(row)


def dates_for_staff(public_ids: Collection[str]) -> list[OccurrenceView]:
    """Some dates by their public ids, in order of time."""
    query = JOINED.where(Occurrence.public_id.in_(public_ids)).order_by(*IN_ORDER)
    return [view_of(row) for row in db.session.execute(query)]


def first_date_of(event_public_id: str, *, from_at: datetime) -> OccurrenceView | None:
    """The first date of an event that is not over."""
    query = JOINED.where(Event.public_id == event_public_id, Occurrence.ends_at > from_at)
    row = db.session.execute(query.order_by(*IN_ORDER).limit(1)).one_or_none()
    return None if row is None else view_of(row)


def coming_for_staff(event_id: int, *, from_at: datetime, limit: int) -> list[OccurrenceView]:
    """The first dates of an event that are not over, published or not."""
    query = JOINED.where(Occurrence.event_id == event_id, Occurrence.ends_at > from_at)
    return [view_of(row) for row in db.session.execute(query.order_by(*IN_ORDER).limit(limit))]


def first_of_places(
    place_ids: Collection[int], *, from_at: datetime, each: int
) -> dict[int, list[OccurrenceView]]:
    """The first `each` dates at each of these places that are not over; one statement for all.

    Every place has its list, empty where nothing is planned.
    """
    found: dict[int, list[OccurrenceView]] = {place_id: [] for place_id in place_ids}
    values = {"place_ids": list(found), "since": from_at - LONGEST, "now": from_at, "each": each}
    for view in map(view_of, db.session.execute(_FIRST_OF_PLACES, values) if found else ()):
        found[view.place.id].append(view)
    return found


def dates_of_place(place_id: int, *, from_at: datetime, limit: int, offset: int) -> list[OccurrenceView]:
    """The dates at one place that are not over, earliest first."""
    query = JOINED.where(Occurrence.place_id == place_id, *_NOT_OVER).order_by(*IN_ORDER)
    rows = db.session.execute(query.limit(limit).offset(offset), _from(from_at))
    return [view_of(row) for row in rows]


def number_before(date: OccurrenceView, *, from_at: datetime) -> int:
    """How many of `dates_of_place` come before this one."""
    earlier = sa.tuple_(*IN_ORDER) < sa.tuple_(
        sa.bindparam("starts_at", type_=UtcDateTime), sa.bindparam("key", type_=sa.Integer)
    )
    query = sa.select(sa.func.count()).where(Occurrence.place_id == date.place.id, earlier, *_NOT_OVER)
    values = {"starts_at": date.starts_at, "key": date.id, **_from(from_at)}
    return db.session.scalar(query, values) or 0


def dates_beside(date: OccurrenceView) -> dict[str, int]:
    """Of the same event: how many dates come after this one ("following"), and how many are still to come ("coming")."""
    now = clock.now()
    here = sa.select(sa.func.count()).where(Occurrence.event_id == date.event_id)
    following = db.session.scalar(here.where(Occurrence.recurrence_id > date.recurrence_id)) or 0
    coming = db.session.scalar(here.where(Occurrence.recurrence_id >= now)) or 0
    return {"following": following, "coming": coming}


@dataclass(frozen=True)
class Span:
    """How many dates of an event are still to come and take place, and when the last one begins."""

    number: int
    last_at: datetime


def coming_span(event_id: int, now: datetime) -> Span | None:
    """None where nothing is to come."""
    on = Occurrence.status == OccurrenceStatus.SCHEDULED
    number, last_at = db.session.execute(
        sa.select(sa.func.count(), sa.func.max(Occurrence.starts_at, type_=UtcDateTime)).where(
            Occurrence.event_id == event_id, Occurrence.starts_at > now, on
        )
    ).one()
    return Span(number, last_at) if number else None


def alike(place_id: int, title: str, starts_at: datetime, *, but: str) -> OccurrenceView | None:
    """A date at this place within half a day of that moment, of an event with the same title in some language.

    `but` is the source key of the event that is being written, or how all keys of its source begin: pressing twice is no
    second event, and a calendar may hold two of a name.
    """
    near = (Occurrence.starts_at > starts_at - HALF_A_DAY, Occurrence.starts_at < starts_at + HALF_A_DAY)
    others = sa.or_(Event.source_key.is_(None), ~Event.source_key.startswith(but, autoescape=True))
    rows = db.session.execute(
        JOINED.where(Occurrence.place_id == place_id, *near, others).order_by(*IN_ORDER).limit(MOST_ALIKE)
    )
    same = (view_of(row) for row in rows)
    return next((view for view in same if fold(title) in map(fold, view.title.texts.values())), None)


def coming_counts(place_ids: Collection[int], *, from_at: datetime) -> dict[int, int]:
    """How many published dates are coming at each of these places and take place; places without one are left out."""
    query = (
        sa.select(Occurrence.place_id, sa.func.count())
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            Occurrence.place_id.in_(place_ids),
            Occurrence.status != OccurrenceStatus.CANCELLED,
            Event.is_published,
            *_NOT_OVER,
        )
        .group_by(Occurrence.place_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query, _from(from_at))}


def _from(from_at: datetime) -> dict[str, datetime]:
    return {"since": from_at - LONGEST, "now": from_at}
