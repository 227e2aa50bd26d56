"""A sheet of map: lines, areas and names of one place, cut into 256-pixel SVG tiles, light and dark.

What is on it is handed in as fractions of the square world; the backdrop (tiles.py) and the operator's own archive
(vector_map.py) both draw on such sheets, so that the look is one.
"""

from collections.abc import Callable, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from geo import tile_svg
from geo.errors import GeometryError
from geo.mercator import TILE
from geo.tile_labels import Occupied, PlacedLabel, Rect, overlaps, place_labels
from geo.tile_names import Dot, Named, candidates_at, dots_at
from geo.tile_style import AREAS, DRAWING_ORDER, LINES, PALETTES, STOP_RADIUS, Palette, ThemeName, at_zoom

MAX_ZOOM = 20
# Up to this zoom the streets are drawn from a coarser network.
COARSE_ZOOM = 13
_BELOW_STREETS = frozenset({"municipio", "water", "waterway"})
# Strokes and dots reach this far, in pixels, beyond the geometry that causes them.
_BUFFER = 24
# How closely lines are followed, in pixels, and what is left out, from the full drawing to the names alone: the next
# is taken while a tile is larger than allowed.
_DETAIL: tuple[tuple[float, frozenset[str]], ...] = (
    (1 / 3, frozenset()),
    (2 / 3, frozenset({"building"})),
    (1.0, frozenset({"building", "path", "lane", "dog_area"})),
    (2.0, frozenset({"building", "path", "lane", "dog_area", "minor_road", "waterway"})),
    (4.0, frozenset(DRAWING_ORDER) - {"water", "ring"}),
    (4.0, frozenset(DRAWING_ORDER)),
)

Layers = Mapping[str, list[BaseGeometry]]


class Sheet:
    """Layers ready to be cut into tiles.

    Names are placed once per zoom for the whole sheet and kept; a tile then takes a few milliseconds. `coarse` are
    the layers for low zooms, where they differ; `frame`, in fractions of the world, is where names may stand.
    """

    def __init__(
        self,
        layers: Layers,
        named: list[Named],
        stops: list[Dot],
        *,
        coarse: Layers | None = None,
        frame: Rect | None = None,
    ) -> None:
        self._fine = _trees(layers)
        self._coarse = self._fine if coarse is None else _trees(coarse)
        self._named, self._stops, self._frame = named, stops, frame
        self._zooms: dict[int, _Names] = {}

    def tile_svg(
        self, z: int, x: int, y: int, theme: ThemeName = "light", *, most_bytes: int | None = None
    ) -> bytes:
        """One tile as SVG (GeometryError when there is no such tile or theme); above `most_bytes` it is drawn with
        less detail.
        """
        if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
            raise GeometryError(f"There is no tile {z}/{x}/{y}.")
        if theme not in PALETTES:
            raise GeometryError("The backdrop is drawn in light and in dark.")
        palette = PALETTES[theme]
        names = self._stops_and_names(z, x, y, palette)
        drawn = b""
        for tolerance, left_out in _DETAIL:
            shapes = self._shapes(z, x, y, tolerance, left_out)
            drawn = tile_svg.document(
                [*_grounds(shapes, palette), *_strokes(shapes, z, palette), *names], palette
            )
            if most_bytes is None or len(drawn) <= most_bytes:
                break
        return drawn

    def labels(self, zoom: int) -> list[PlacedLabel]:
        """The names of a zoom with their boxes in world pixels; none overlaps another."""
        return self._names(zoom).labels

    def _shapes(
        self, z: int, x: int, y: int, tolerance: float, left_out: frozenset[str]
    ) -> dict[str, list[BaseGeometry]]:
        """What of each layer falls into the tile and its margin, in tile units, simplified to `tolerance` pixels."""
        size = 1 / 2**z
        margin = size * _BUFFER / TILE
        window = (x * size - margin, y * size - margin, (x + 1) * size + margin, (y + 1) * size + margin)
        found: dict[str, list[BaseGeometry]] = {}
        for layer, tree in (self._coarse if z <= COARSE_ZOOM else self._fine).items():
            if z < _first_zoom(layer) or layer in left_out:
                continue
            near = tree.geometries.take(np.sort(tree.query(shapely.box(*window))))
            clipped = shapely.clip_by_rect(near, *window)
            simple = shapely.simplify(
                clipped[~shapely.is_empty(clipped)], size / TILE * tolerance, preserve_topology=False
            )
            found[layer] = shapely.transform(simple, _to_tile(x * size, y * size, size)).tolist()
        return found

    def _stops_and_names(self, z: int, x: int, y: int, palette: Palette) -> list[str]:
        """Dots and names that reach into the tile, in world pixels less the tile's corner."""
        names, left, top = self._names(z), x * TILE, y * TILE
        window: Rect = (left, top, left + TILE, top + TILE)
        radius = at_zoom(STOP_RADIUS, z)
        seen = [dot for dot in names.dots if overlaps(_around(dot, names.scale, radius + 2), window)]
        places = [
            ((dot.x * names.scale - left) * tile_svg.UNITS, (dot.y * names.scale - top) * tile_svg.UNITS)
            for dot in seen
        ]
        reach: Rect = (left - 4, top - 4, left + TILE + 4, top + TILE + 4)
        texts = [names.by_box[box] for box in names.boxes.meeting(reach)]
        return [tile_svg.dots(places, radius, palette), tile_svg.labels(texts, left, top, palette)]

    def _names(self, zoom: int) -> "_Names":
        if zoom not in self._zooms:
            scale = float(TILE * 2**zoom)
            dots = dots_at(self._stops, zoom, scale)
            radius = at_zoom(STOP_RADIUS, zoom)
            placed = place_labels(
                candidates_at(self._named, dots, zoom, scale),
                [_around(dot, scale, radius + 2) for dot in dots],
                self._frame and _scaled(self._frame, scale),
            )
            self._zooms[zoom] = _Names(scale, dots, placed)
        return self._zooms[zoom]


class _Names:
    """Dots and names of one zoom, found by where they stand."""

    def __init__(self, scale: float, dots: list[Dot], labels: list[PlacedLabel]) -> None:
        self.scale, self.dots, self.labels = scale, dots, labels
        self.by_box = {label.box: label for label in labels}
        self.boxes = Occupied()
        for box in self.by_box:
            self.boxes.take(box)


def _grounds(shapes: dict[str, list[BaseGeometry]], palette: Palette) -> list[str]:
    """Filled areas."""
    return [
        tile_svg.area(shapes[layer], getattr(palette, AREAS[layer][1]))
        for layer in DRAWING_ORDER
        if layer in AREAS and layer in shapes
    ]


def _strokes(shapes: dict[str, list[BaseGeometry]], z: int, palette: Palette) -> list[str]:
    """Lines: below, all outlines, so that streets join without seams; above, the streets themselves."""
    defined: list[str] = []
    outlines: list[str] = []
    strokes: list[tuple[str, str]] = []
    for layer in DRAWING_ORDER:
        style = LINES.get(layer)
        path = tile_svg.line_path(shapes.get(layer, [])) if style else ""
        if style is None or not path:
            continue
        width = at_zoom(style.width, z)
        if style.casing and z >= 12:
            defined.append(tile_svg.defined(layer, path))
            outlines.append(tile_svg.used(layer, palette.casing, width + 2 * style.casing))
            strokes.append((layer, tile_svg.used(layer, getattr(palette, style.colour), width)))
        else:
            strokes.append((layer, tile_svg.lines(path, getattr(palette, style.colour), width, style.dash)))
    ground = [text for layer, text in strokes if layer in _BELOW_STREETS]
    above = [text for layer, text in strokes if layer not in _BELOW_STREETS]
    return [*ground, *defined, *outlines, *above]


def _trees(layers: Layers) -> dict[str, STRtree]:
    """The layers that are drawn, from the ground upwards, each with its index."""
    return {layer: STRtree(layers[layer]) for layer in DRAWING_ORDER if layers.get(layer)}


def _first_zoom(layer: str) -> int:
    areas, lines = AREAS.get(layer), LINES.get(layer)
    return min(areas[0] if areas else MAX_ZOOM, lines.first_zoom if lines else MAX_ZOOM)


def _around(dot: Dot, scale: float, reach: float) -> Rect:
    x, y = dot.x * scale, dot.y * scale
    return x - reach, y - reach, x + reach, y + reach


def _scaled(box: Rect, scale: float) -> Rect:
    west, north, east, south = box
    return west * scale, north * scale, east * scale, south * scale


def _to_tile(left: float, top: float, size: float) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Fractions of the square world to units of one tile."""
    return lambda coordinates: (coordinates - (left, top)) * (tile_svg.TILE_UNITS / size)
