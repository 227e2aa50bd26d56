"""Geometry columns that present our own values and work on SpatiaLite and PostGIS alike."""

import struct
from typing import Any

import shapely
from geoalchemy2 import Geometry
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator

from geo.point import Point

SRID = 4326
_EWKB_SRID_FLAG = 0x20000000


class PointColumn(TypeDecorator[Point]):
    """A POINT in WGS84 with a spatial index, as geo.point.Point."""

    impl = Geometry
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(geometry_type="POINT", srid=SRID, spatial_index=True)

    def process_bind_param(self, value: Point | None, dialect: Dialect) -> str | None:
        """EWKT for the engine."""
        return None if value is None else f"SRID={SRID};{value.to_wkt()}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Point | None:
        """Read the engine's (E)WKB."""
        return None if value is None else point_from_wkb(wkb_bytes(value))


class MultiPolygonColumn(TypeDecorator[MultiPolygon]):
    """A MULTIPOLYGON in WGS84 with a spatial index, as a shapely MultiPolygon."""

    impl = Geometry
    cache_ok = True
    shape = "MULTIPOLYGON"

    def __init__(self) -> None:
        super().__init__(geometry_type=self.shape, srid=SRID, spatial_index=True)

    def process_bind_param(self, value: BaseGeometry | None, dialect: Dialect) -> str | None:
        """EWKT for the engine."""
        return None if value is None else f"SRID={SRID};{shapely.to_wkt(value, rounding_precision=-1)}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Read the engine's (E)WKB."""
        return None if value is None else shapely.from_wkb(wkb_bytes(value))


class GeometryColumn(MultiPolygonColumn):
    """Any geometry in WGS84 with a spatial index, as a shapely geometry."""

    cache_ok = True
    shape = "GEOMETRY"


def wkb_bytes(value: Any) -> bytes:
    """The bytes of a GeoAlchemy2 element, whichever engine it came from."""
    data = getattr(value, "data", value)
    return bytes.fromhex(data) if isinstance(data, str) else bytes(data)


def point_from_wkb(data: bytes) -> Point:
    """A Point from (E)WKB of a 2D point, an order of magnitude faster than through GEOS."""
    order = "<" if data[0] == 1 else ">"
    (kind,) = struct.unpack_from(f"{order}I", data, 1)
    start = 9 if kind & _EWKB_SRID_FLAG else 5
    lon, lat = struct.unpack_from(f"{order}dd", data, start)
    return Point(lon=lon, lat=lat)
