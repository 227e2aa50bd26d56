"""Territories as polygons: reading them, and asking which ones hold a point."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from geo.errors import GeometryError
from geo.geometry import parse_geometry
from geo.point import Point

Key = TypeVar("Key", bound=Hashable)


def parse_polygon(geometry: Mapping[str, Any] | None) -> MultiPolygon:
    """A Polygon or MultiPolygon of GeoJSON as a valid, flat MultiPolygon (GeometryError when it is none)."""
    parsed = parse_geometry(geometry)
    if not isinstance(parsed, Polygon | MultiPolygon):
        raise GeometryError(f"A territory needs a polygon, not a {parsed.geom_type}.")
    return as_multipolygon(shapely.make_valid(parsed))


def as_multipolygon(geometry: BaseGeometry) -> MultiPolygon:
    """The areas of a geometry; lines and points that repairing left over are dropped (GeometryError if none)."""
    parts = [
        part for part in shapely.get_parts(geometry).tolist() if isinstance(part, Polygon | MultiPolygon)
    ]
    polygons = [piece for part in parts for piece in shapely.get_parts(part).tolist() if not piece.is_empty]
    if not polygons:
        raise GeometryError("The polygon encloses no area.")
    return MultiPolygon(polygons)


class PolygonIndex(Generic[Key]):
    """Which of many polygons hold a point: a tree of boxes, then prepared polygons (microseconds a question)."""

    def __init__(self, items: Iterable[tuple[Key, BaseGeometry]]) -> None:
        pairs = list(items)
        self._keys = [key for key, _ in pairs]
        geometries = [geometry for _, geometry in pairs]
        for geometry in geometries:
            shapely.prepare(geometry)
        self._geometries = geometries
        self._tree = STRtree(geometries)

    def __len__(self) -> int:
        return len(self._keys)

    def containing(self, point: Point) -> list[Key]:
        """The keys of all polygons that hold the point or touch it, in the order they were given."""
        place = shapely.Point(point.lon, point.lat)
        near = sorted(self._tree.query(place).tolist())
        return [self._keys[index] for index in near if self._geometries[index].intersects(place)]
