"""What those who look after places ask: which they are, published or not."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.database import db
from app.core.local_text import Text
from app.core.text import fold
from app.places.models import Place, PlaceTerritory

MOST_WORDS = 6


@dataclass(frozen=True)
class StaffPlace:
    """A place that somebody looks after, with what permissions ask about it."""

    id: int
    public_id: str
    slug: str
    name: Text
    tzid: str
    territory_ids: frozenset[int]
    is_published: bool = True
    is_demo: bool = False


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


def staff_place(public_id: str) -> StaffPlace | None:
    """A place for those who look after it, published or not."""
    found = _staff_places([Place.public_id == public_id], limit=1, offset=0)
    return found[0] if found else None


def staff_place_by_id(place_id: int) -> StaffPlace | None:
    """The same by key."""
    found = _staff_places([Place.id == place_id], limit=1, offset=0)
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


def _inside(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """A place that a person hosts, or that lies in a territory of theirs; any for an operator."""
    chosen: list[sa.ColumnElement[bool]] = []
    if not scope.everything:
        chosen.append(sa.or_(Place.id.in_(scope.place_ids), Place.id.in_(_lying_in(scope.territory_ids))))
    if scope.territory_id is not None:
        chosen.append(Place.id.in_(_lying_in([scope.territory_id])))
    return chosen + [_speaks_of(word) for word in fold(scope.q).split()[:MOST_WORDS]]


def territory_ids(place_id: int) -> list[int]:
    """Keys of the territories the place lies in: who looks after them looks after it."""
    lies_in = sa.select(PlaceTerritory.territory_id).where(PlaceTerritory.place_id == place_id)
    return list(db.session.scalars(lies_in))


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
        Place.is_demo,
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
            frozenset(lies_in[row.id]), row.is_published, row.is_demo,
        )
        for row in rows
    ]  # fmt: skip
