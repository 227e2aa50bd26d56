"""The territories in which places lie: found when a place is saved, and again when an area changed."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.core.database import db
from app.places.models import Place, PlaceTerritory
from app.territories import queries as territories
from geo.bbox import BBox
from geo.point import Point
from geo.polygon import PolygonIndex
from geo.queries import in_bbox

# A place's key and point, the index that was asked before anything was locked, and its answer.
Found = tuple[int, Point, PolygonIndex[int], Sequence[int]]


def assign_points(found: Sequence[Found]) -> None:
    """Store the territories of places, found anew where a border changed since; call it inside a transaction."""
    index = territories.polygon_index()
    db.session.execute(
        sa.delete(PlaceTerritory)
        .where(PlaceTerritory.place_id.in_([place_id for place_id, *_ in found]))
        .execution_options(synchronize_session=False)
    )
    _insert(
        [
            (place_id, key)
            for place_id, point, known_index, keys in found
            for key in (keys if known_index is index else index.containing(point))
        ]
    )


def assign_territory(territory_id: int) -> None:
    """Find all places in one new or changed territory; call it inside that change's transaction."""
    area = territories.area_of(territory_id)
    west, south, east, north = area.bounds
    near = db.session.execute(
        sa.select(Place.id, Place.location).where(in_bbox(Place.location, BBox(west, south, east, north)))
    )
    index = PolygonIndex([(territory_id, area)])
    inside = [(row[0], territory_id) for row in near if index.containing(row[1])]
    db.session.execute(
        sa.delete(PlaceTerritory)
        .where(PlaceTerritory.territory_id == territory_id)
        .execution_options(synchronize_session=False)
    )
    _insert(inside)


def _insert(pairs: list[tuple[int, int]]) -> None:
    if pairs:
        values = [{"place_id": place_id, "territory_id": territory_id} for place_id, territory_id in pairs]
        db.session.execute(sa.insert(PlaceTerritory), values)
