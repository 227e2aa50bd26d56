"""GeoJSON geometries as shapely objects: two dimensions, on the globe, or a sentence why not."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError

WORLD = (-180.0, -90.0, 180.0, 90.0)


def parse_geometry(geometry: Mapping[str, Any] | None) -> BaseGeometry:
    """Any GeoJSON geometry, flattened to longitude and latitude (GeometryError when broken or off the globe)."""
    if not isinstance(geometry, Mapping):
        raise GeometryError("There is no geometry.")
    try:
        with np.errstate(invalid="ignore"):  # a NaN is refused below, in words
            parsed = shapely.force_2d(shape(dict(geometry)))
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
        ShapelyError,
    ):
        raise GeometryError("The geometry is not readable GeoJSON.") from None
    if parsed.is_empty:
        raise GeometryError("The geometry is empty.")
    _refuse_off_globe(parsed)
    return parsed


def _refuse_off_globe(geometry: BaseGeometry) -> None:
    """Coordinates in metres, swapped beyond recognition or not finite are refused."""
    coordinates = shapely.get_coordinates(geometry)
    west, south, east, north = WORLD
    longitudes, latitudes = coordinates[:, 0], coordinates[:, 1]
    # NaN compares false, so it fails here too.
    if not (
        (longitudes >= west).all()
        and (longitudes <= east).all()
        and (latitudes >= south).all()
        and (latitudes <= north).all()
    ):
        raise GeometryError("The geometry has coordinates that are not longitude and latitude in degrees.")
