"""Typed words against streets, stops, postcodes and neighbourhoods."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.core.database import db
from app.explore.models import GazetteerEntry
from app.explore.rules.street_words import compared
from app.explore.rules.where import Spot, WhereKind, ending
from app.territories.models import Territory
from app.territories.rules import TerritoryKind
from geo.point import Point

MAX_CANDIDATES = 200


def spots(words: Sequence[str]) -> list[Spot]:
    """Everything whose name has, for each word, a word that begins with it; at most 200 streets and stops."""
    return [*_entries(words), *_neighbourhoods(words)] if words else []


def _entries(words: Sequence[str]) -> list[Spot]:
    padded = sa.literal(" ") + GazetteerEntry.folded + sa.literal(" ")
    conditions = [padded.contains(f" {word}{ending(word)}", autoescape=True) for word in words]
    statement = sa.select(GazetteerEntry).where(*conditions)
    # Short names first: they are the closest, should there be more than we look at.
    statement = statement.order_by(sa.func.length(GazetteerEntry.folded), GazetteerEntry.id).limit(
        MAX_CANDIDATES
    )
    return [
        Spot(entry.name, entry.folded, WhereKind(entry.kind.value), entry.location)
        for entry in db.session.scalars(statement)
    ]


def _neighbourhoods(words: Sequence[str]) -> list[Spot]:
    """Neighbourhoods by name, at a point that surely lies inside; names are few, so they are compared here."""
    named = sa.select(Territory.id, Territory.name).where(Territory.kind == TerritoryKind.NEIGHBOURHOOD)
    found = {
        territory_id: (name, folded)
        for territory_id, name in db.session.execute(named)
        if _has_all(words, folded := compared(name))
    }
    if not found:
        return []
    inside = sa.func.ST_PointOnSurface(sa.type_coerce(sa.literal_column("territory.area"), sa.types.NullType))
    points = sa.select(Territory.id, sa.func.ST_X(inside), sa.func.ST_Y(inside)).where(
        Territory.id.in_(found)
    )
    return [
        Spot(*found[territory_id], WhereKind.NEIGHBOURHOOD, Point(lon=lon, lat=lat))
        for territory_id, lon, lat in db.session.execute(points)
    ]


def _has_all(words: Sequence[str], folded: str) -> bool:
    names = folded.split()
    return all(any(f"{name} ".startswith(word + ending(word)) for name in names) for word in words)
