"""What those who look after places ask: their places, and the dates there, published or not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.columns import UtcDateTime
from app.core.database import db
from app.core.local_text import Text
from app.core.text import fold
from app.events.facts import OccurrenceView, StaffPlace
from app.events.models import Event, Occurrence
from app.events.queries.programme import IN_ORDER, JOINED, LONGEST, view_of
from app.events.rules.vocabulary import OccurrenceStatus
from app.places.models import Place, PlaceTerritory

MOST_WORDS = 6


@dataclass(frozen=True)
class Scope:
    """The places that somebody looks after, and which of them they look for.

    `q` holds words of a name or an address, `territory_id` a part of the city.
    """

    place_ids: frozenset[int]
    territory_ids: frozenset[int]
    everything: bool = False
    q: str = ""
    territory_id: int | None = None


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


def first_date_of(event_public_id: str, *, from_at: datetime) -> OccurrenceView | None:
    """The first date of an event that is not over."""
    query = JOINED.where(Event.public_id == event_public_id, Occurrence.ends_at > from_at)
    row = db.session.execute(query.order_by(*IN_ORDER).limit(1)).one_or_none()
    return None if row is None else view_of(row)


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


def staff_place(public_id: str) -> StaffPlace | None:
    """A place for those who look after it, published or not."""
    found = _staff_places([Place.public_id == public_id], limit=1, offset=0)
    return found[0] if found else None


def places_looked_after(scope: Scope, *, limit: int, offset: int = 0) -> list[StaffPlace]:
    """The places of a scope, by name. Two statements."""
    return _staff_places(_inside(scope), limit=limit, offset=offset)


def count_places(scope: Scope) -> int:
    """How many `places_looked_after` would give without a limit."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Place).where(*_inside(scope))) or 0


def territories_inside(scope: Scope) -> list[int]:
    """Keys of the territories that places of this scope lie in."""
    inside = sa.select(Place.id).where(*_inside(scope))
    query = sa.select(PlaceTerritory.territory_id).where(PlaceTerritory.place_id.in_(inside)).distinct()
    return list(db.session.scalars(query))


def _from(from_at: datetime) -> dict[str, datetime]:
    return {"since": from_at - LONGEST, "now": from_at}


def _inside(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """A place that a person hosts, or that lies in a territory of theirs; any for an operator."""
    chosen: list[sa.ColumnElement[bool]] = []
    if not scope.everything:
        chosen.append(sa.or_(Place.id.in_(scope.place_ids), Place.id.in_(_lying_in(scope.territory_ids))))
    if scope.territory_id is not None:
        chosen.append(Place.id.in_(_lying_in([scope.territory_id])))
    return chosen + [_speaks_of(word) for word in fold(scope.q).split()[:MOST_WORDS]]


def _lying_in(territory_ids: Collection[int]) -> sa.Select[int]:
    return sa.select(PlaceTerritory.place_id).where(PlaceTerritory.territory_id.in_(territory_ids))


def _speaks_of(word: str) -> sa.ColumnElement[bool]:
    """The slug holds the name without accents, as `fold` writes the word; names in other scripts have none."""
    return sa.or_(
        Place.slug.contains(word, autoescape=True),
        Place.name.icontains(word, autoescape=True),
        Place.street_address.icontains(word, autoescape=True),
    )


def _staff_places(conditions: list[sa.ColumnElement[bool]], *, limit: int, offset: int) -> list[StaffPlace]:
    """Two statements: the places, and their territories."""
    columns = (
        Place.id, Place.public_id, Place.slug, Place.name, Place.name_language, Place.tzid, Place.is_published,
    )  # fmt: skip
    query = sa.select(*columns).where(*conditions).order_by(Place.name, Place.id).limit(limit).offset(offset)
    rows = db.session.execute(query).all()
    lies_in: dict[int, set[int]] = {row.id: set() for row in rows}
    pairs = sa.select(PlaceTerritory.place_id, PlaceTerritory.territory_id)
    for place_id, territory_id in db.session.execute(pairs.where(PlaceTerritory.place_id.in_(lies_in))):
        lies_in[place_id].add(territory_id)
    return [
        StaffPlace(
            row.id, row.public_id, row.slug, Text(row.name, row.name_language), row.tzid,
            frozenset(lies_in[row.id]), row.is_published,
        )
        for row in rows
    ]  # fmt: skip
