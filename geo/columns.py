"""Geometry columns that present our own values: the same on SpatiaLite and PostGIS (WGS84, spatial index).

Values travel as WKB, so every bit of a coordinate comes back.
"""

import struct
from collections.abc import Callable
from typing import Any

import shapely  # before any connection loads SpatiaLite: the GEOS that comes first serves both
from geoalchemy2 import Geometry
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy import func
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.elements import BindParameter, ColumnElement

from geo.point import Point

SRID = 4326
_POINT = 1


class _WkbColumn(Geometry):
    """A geometry column written and read as WKB; subclasses say what the Python value is."""

    cache_ok = True
    as_binary = "ST_AsBinary"
    kind = "GEOMETRY"

    def __init__(self) -> None:
        super().__init__(self.kind, srid=SRID, dimension=2, spatial_index=True)

    def bind_expression(self, bindvalue: BindParameter[Any]) -> ColumnElement[Any]:
        """WKB becomes a geometry inside the database."""
        return func.ST_GeomFromWKB(bindvalue, SRID, type_=self)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], bytes | None]:
        """From the Python value to WKB."""
        return lambda value: None if value is None else self.to_wkb(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """From WKB to the Python value."""
        return lambda value: None if value is None else self.from_wkb(bytes(value))

    def to_wkb(self, value: Any) -> bytes:
        """WKB of a shapely geometry."""
        if not isinstance(value, BaseGeometry):
            raise TypeError(f"a {self.kind} column takes a shapely geometry, not {type(value).__name__}")
        return bytes(shapely.to_wkb(shapely.force_2d(value), output_dimension=2, byte_order=1))

    def from_wkb(self, value: bytes) -> Any:
        """The shapely geometry of some WKB."""
        return shapely.from_wkb(value)


class PointColumn(_WkbColumn):
    """POINT, presented as geo.point.Point."""

    cache_ok = True
    kind = "POINT"

    def to_wkb(self, value: Any) -> bytes:
        """WKB of a Point, little-endian."""
        if not isinstance(value, Point):
            raise TypeError(f"a POINT column takes a Point, not {type(value).__name__}")
        return struct.pack("<BIdd", 1, _POINT, value.lon, value.lat)

    def from_wkb(self, value: bytes) -> Point:
        """The Point of some WKB of either byte order."""
        return Point(*struct.unpack_from("<dd" if value[0] else ">dd", value, 5))


class MultiPolygonColumn(_WkbColumn):
    """MULTIPOLYGON, presented as a shapely MultiPolygon; a Polygon is taken as one of one part."""

    cache_ok = True
    kind = "MULTIPOLYGON"

    def to_wkb(self, value: Any) -> bytes:
        """WKB of a MultiPolygon."""
        return super().to_wkb(MultiPolygon([value]) if isinstance(value, shapely.Polygon) else value)


class GeometryColumn(_WkbColumn):
    """Any geometry, presented as shapely's."""

    cache_ok = True
