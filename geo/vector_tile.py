"""Mapbox vector tiles: what a tile holds, as properties and shapes in fractions of the tile, y southwards.

Read by the library mapbox-vector-tile. Source: the Vector Tile Specification 2.1.
"""

from collections.abc import Callable, Container, Iterator
from typing import Any, TypeVar

import mapbox_vector_tile
import shapely
from google.protobuf.message import DecodeError
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError

Value = str | int | float | bool
Properties = dict[str, Value]
Picked = TypeVar("Picked")
# What the library says of bytes that are no tile: it checks little itself.
_DAMAGED = (DecodeError, AssertionError, IndexError, ValueError, TypeError, ZeroDivisionError, GEOSException)


def picked_shapes(
    tile: bytes, layers: Container[str], pick: Callable[[str, Properties], Picked | None]
) -> Iterator[tuple[Picked, BaseGeometry]]:
    """What `pick` makes of a layer's name and a feature's properties, with its shape; features it answers None to,
    and layers that are not listed, are left out. GeometryError for a damaged tile.
    """
    try:
        content = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
        for name, layer in content.items():
            if name not in layers:
                continue
            for feature in layer["features"]:
                picked = pick(name, feature["properties"])
                shape = _shape(feature["geometry"], layer["extent"]) if picked is not None else None
                if picked is not None and shape is not None:
                    yield picked, shape
    except _DAMAGED as error:
        raise GeometryError("a tile is damaged") from error


def _shape(geometry: dict[str, Any], extent: int) -> BaseGeometry | None:
    """The geometry in fractions of the tile, made valid; None where nothing is left of it."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        kind, coordinates = "MultiLineString", [coordinates]
    if kind == "MultiLineString":
        coordinates = [line for line in coordinates if len(line) > 1]
    if not coordinates:
        return None
    shape = shapely.transform(
        shapely.geometry.shape({"type": kind, "coordinates": coordinates}), lambda at: at / extent
    )
    if shapely.get_dimensions(shape) == 2 and not shape.is_valid:
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    return None if shape.is_empty else shape
