"""The map of a vector archive, drawn in our own style: blocks of tiles on one sheet each, so that names agree.

A tile of ours has 256 pixels and a vector tile is made for 512, so that a tile is cut from the vector tile above it;
beyond the archive's last zoom from its last one. Names keep within their block of 4 × 4 tiles.
"""

import hashlib
import threading
from collections import defaultdict
from functools import lru_cache
from itertools import product

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo import tile_svg
from geo.errors import GeometryError
from geo.mercator import TILE
from geo.tile_archive import TileArchive
from geo.tile_labels import Rect
from geo.tile_names import gather
from geo.tile_sheet import Sheet
from geo.tile_style import AREAS, DRAWING_ORDER, FONT, LINES, PALETTES, STOP_RADIUS, ThemeName
from geo.vector_schema import LAYERS, Drawn, drawn_as
from geo.vector_tile import picked_shapes

MOST_BYTES = 60_000
_BLOCK = 4
# What vector tiles hold beyond their edge, as a share of their side, and how far filled areas overlap there.
_MARGIN = 1 / 16
_OVERLAP = 1 / 512
_KEPT_TILES = 12
_KEPT_SHEETS = 8
# Areas smaller than this many pixels across are not drawn.
_SMALLEST = {"building": 4.0, "park": 3.0, "water": 2.0, "pedestrian": 3.0}
_AREA_OF_LINE = {"minor_road": "pedestrian", "path": "pedestrian"}
Feature = tuple[str, str, BaseGeometry]


class VectorMap:
    """Tiles of an archive as SVG; `style` changes with how they are drawn."""

    style = hashlib.sha256(
        repr((PALETTES, LINES, AREAS, DRAWING_ORDER, STOP_RADIUS, FONT)).encode()
    ).hexdigest()[:12]

    def __init__(self, archive: TileArchive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._sheet = lru_cache(maxsize=_KEPT_SHEETS)(self._read_sheet)
        self._features = lru_cache(maxsize=_KEPT_TILES)(self._read_features)

    def tile_svg(self, z: int, x: int, y: int, theme: ThemeName) -> bytes:
        """One tile, at most 60 kB; bare ground where the archive has nothing (GeometryError where it is damaged)."""
        if z < self._archive.min_zoom or not self._archive.covers(z, x, y):
            return bare_ground(theme)
        # One block is read at a time: threads that ask for the same one wait for it instead of reading it again.
        try:
            with self._lock:
                sheet = self._sheet(z, x // _BLOCK, y // _BLOCK)
        except GEOSException as error:
            raise GeometryError("shapes of it cannot be drawn") from error
        return sheet.tile_svg(z, x, y, theme, most_bytes=MOST_BYTES)

    def _read_sheet(self, z: int, column: int, row: int) -> Sheet:
        size = _BLOCK / (1 << z)
        block = (column * size, row * size, (column + 1) * size, (row + 1) * size)
        source_zoom = min(self._archive.max_zoom, max(self._archive.min_zoom, z - 1))
        pixel = 1 / (TILE << z)
        layers: dict[str, list[BaseGeometry]] = defaultdict(list)
        named: list[Feature] = []
        for layer, name, shape in self._in_block(block, source_zoom):
            if layer in LINES or layer in AREAS:
                layers[layer].append(shape)
            if name and (layer not in AREAS or shape.is_valid):  # cutting may have spoilt an area
                named.append((layer, name, shape))
        drawn = {layer: _pieces(layer, layers[layer], pixel) for layer in DRAWING_ORDER if layer in layers}
        return Sheet(drawn, *gather(named), frame=block)

    def _in_block(self, block: Rect, zoom: int) -> list[Feature]:
        """Everything of the vector tiles that the block touches, cut where they meet."""
        side = 1 << zoom
        columns = range(int(block[0] * side), min(side, int(np.ceil(block[2] * side))))
        rows = range(int(block[1] * side), min(side, int(np.ceil(block[3] * side))))
        found: list[Feature] = []
        for x, y in product(columns, rows):
            edges = (x == columns[0], y == rows[0], x == columns[-1], y == rows[-1])
            if len(columns) == len(rows) == 1:
                found += self._features(zoom, x, y)
            else:
                found += _cut(self._features(zoom, x, y), (x, y, side), edges)
        return found

    def _read_features(self, z: int, x: int, y: int) -> list[Feature]:
        """A vector tile's features in fractions of the world."""
        body = self._archive.tile(z, x, y)
        if body is None:
            return []
        side, corner = 1 << z, np.array([x, y], dtype=np.float64)

        def to_world(points: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.divide(points + corner, side)

        picked = list(picked_shapes(body, LAYERS, drawn_as))
        shapes = shapely.transform(np.array([shape for _, shape in picked]), to_world)
        return [
            (layer, drawn.name, shape)
            for (drawn, _), shape in zip(picked, shapes, strict=True)
            if (layer := _layer_of(drawn, shape)) is not None
        ]


def bare_ground(theme: ThemeName) -> bytes:
    """A tile with nothing on it."""
    return tile_svg.document([], PALETTES[theme])


def _layer_of(drawn: Drawn, shape: BaseGeometry) -> str | None:
    """The layer where this sort of shape belongs; None where our map has no place for it."""
    dimension = int(shapely.get_dimensions(shape))
    if drawn.layer == "water" and dimension == 1:
        return "waterway"
    if drawn.layer in AREAS:
        return drawn.layer if dimension == 2 else None
    if drawn.layer in LINES and dimension == 2:
        return _AREA_OF_LINE.get(drawn.layer)
    return drawn.layer if (drawn.layer in LINES) == (dimension == 1) or "_name" in drawn.layer else None


def _cut(features: list[Feature], tile: tuple[int, int, int], edges: tuple[bool, ...]) -> list[Feature]:
    """The features within their own tile; the margin is kept on edges of the block (west, north, east, south)."""
    x, y, side = tile

    def window(inner: float) -> Rect:
        west, north, east, south = (_MARGIN if edge else inner for edge in edges)
        return (x - west) / side, (y - north) / side, (x + 1 + east) / side, (y + 1 + south) / side

    exact, wide = window(0.0), window(_OVERLAP)
    cut = [
        (layer, name, shapely.clip_by_rect(shape, *(wide if layer in AREAS else exact)))
        for layer, name, shape in features
    ]
    return [each for each in cut if not each[2].is_empty]


def _pieces(layer: str, shapes: list[BaseGeometry], pixel: float) -> list[BaseGeometry]:
    """Single parts: areas large enough to be seen, lines joined end to end."""
    parts = shapely.get_parts(shapes)
    if layer in AREAS:
        bounds = shapely.bounds(parts)
        across = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
        large: list[BaseGeometry] = parts[across > _SMALLEST.get(layer, 1.0) * pixel].tolist()
        return large
    lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    joined: list[BaseGeometry] = shapely.get_parts(
        shapely.line_merge(shapely.MultiLineString(lines.tolist()))
    ).tolist()
    return joined
