"""Which territories there are, and in which of them a point lies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import shapely
import sqlalchemy as sa

from app.core.cache import until_change
from app.core.database import db
from app.territories.models import Territory
from app.territories.rules import TerritoryKind
from geo.bbox import BBox
from geo.polygon import PolygonIndex
from geo.queries import extent

Stamp = tuple[tuple[int, str], ...]
# Boroughs before neighbourhoods, then in the order people count.
ORDER = (Territory.kind, sa.func.length(Territory.code), Territory.code)


@dataclass(frozen=True)
class TerritoryView:
    """A territory without its polygon."""

    id: int
    public_id: str
    code: str
    kind: TerritoryKind
    name: str
    is_demo: bool
    updated_at: datetime


_COLUMNS = (
    Territory.id, Territory.public_id, Territory.code, Territory.kind, Territory.name, Territory.is_demo,
    Territory.updated_at,
)  # fmt: skip


def all_territories() -> list[TerritoryView]:
    """Every territory: municipi by number, then neighbourhoods by number."""
    return until_change("territories.all", _load_all)


def by_code(code: str) -> TerritoryView | None:
    """The territory with a code such as "nil-48"."""
    return next((territory for territory in all_territories() if territory.code == code), None)


def extent_of(territory_id: int) -> BBox | None:
    """The smallest box around a territory."""
    return extent(db.session(), Territory.area, where=[Territory.id == territory_id])


def by_ids(ids: Iterable[int]) -> list[TerritoryView]:
    """Territories of these keys, in the order of all_territories; unknown keys are left out."""
    wanted = frozenset(ids)
    return [territory for territory in all_territories() if territory.id in wanted]


def polygon_index() -> PolygonIndex[int]:
    """All territories as an index; never stale (saving asks it), and made again only when an area changed."""
    return _index_of(_stamp())


def _load_all() -> list[TerritoryView]:
    rows = db.session.execute(sa.select(*_COLUMNS).order_by(*ORDER))
    return [TerritoryView(*row) for row in rows]


def _stamp() -> Stamp:
    """Keys and fingerprints: says which areas are stored without reading them."""
    rows = db.session.execute(sa.select(Territory.id, Territory.fingerprint).order_by(*ORDER))
    return tuple((row[0], row[1]) for row in rows)


@lru_cache(maxsize=4)
def _index_of(stamp: Stamp) -> PolygonIndex[int]:
    """The areas hold exactly what the stamp's fingerprints say, so the stamp is a sufficient key."""
    areas = {row[0]: row[1] for row in db.session.execute(sa.select(Territory.id, Territory.area))}
    return PolygonIndex((key, areas[key]) for key, _ in stamp)


def area_of(territory_id: int) -> shapely.MultiPolygon:
    """The stored polygon of one territory."""
    return db.session.execute(sa.select(Territory.area).where(Territory.id == territory_id)).scalar_one()
