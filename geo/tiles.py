"""Our own backdrop: vector features drawn as 256-pixel SVG tiles, light and dark, beautiful without any tile source.

Layers: municipio, nil, park, dog_area, pedestrian, water, ring, road, street_bus_tram, street_cycle, rail,
metro_line, metro_stop. Others are ignored. The order of the features does not change the picture.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from geo import tile_svg
from geo.errors import GeometryError
from geo.mercator import MAX_LATITUDE, TILE
from geo.tile_labels import Occupied, PlacedLabel, Rect, overlaps, place_labels
from geo.tile_names import Dot, candidates_at, dots_at, gather
from geo.tile_style import AREAS, DRAWING_ORDER, LINES, PALETTES, STOP_RADIUS, Palette, ThemeName, at_zoom

MAX_ZOOM = 20
# Up to this zoom the streets are drawn from a coarser network.
_COARSE_ZOOM = 13
_COARSE_GRID = 0.8 / (TILE * 2**_COARSE_ZOOM)
_BELOW_STREETS = frozenset({"municipio", "water"})
# Larger areas of a register of pedestrian zones are speed limits, not squares (about 350 m across).
_LARGEST_SQUARE = 1.2e-5
# Strokes and dots reach this far, in pixels, beyond the geometry that causes them.
_BUFFER = 24


@dataclass(frozen=True, slots=True)
class BackdropFeature:
    """One thing to draw: its layer, its name as the register writes it, its geometry in degrees."""

    layer: str
    name: str
    geometry: BaseGeometry


class Backdrop:
    """All features of a map, ready to be cut into tiles.

    Names are placed once per zoom for the whole map and kept; a tile then takes a few milliseconds.
    """

    def __init__(self, features: Iterable[BackdropFeature]) -> None:
        ordered = sorted(features, key=lambda each: (each.layer, each.name, each.geometry.wkb))
        world = [(each.layer, each.name, shapely.transform(each.geometry, _to_world)) for each in ordered]
        layers: dict[str, list[BaseGeometry]] = defaultdict(list)
        for layer, _, geometry in world:
            layers[layer].append(geometry)
        drawn = [layer for layer in DRAWING_ORDER if layer in layers]
        self._fine = {layer: STRtree(_pieces(layer, layers[layer])) for layer in drawn}
        self._coarse = {layer: STRtree(_pieces(layer, layers[layer], _COARSE_GRID)) for layer in drawn}
        self._named, self._stops = gather(world)
        self._zooms: dict[int, _Names] = {}

    def tile_svg(self, z: int, x: int, y: int, theme: ThemeName = "light") -> bytes:
        """One tile as SVG (GeometryError when there is no such tile or theme)."""
        if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
            raise GeometryError(f"There is no tile {z}/{x}/{y}.")
        if theme not in PALETTES:
            raise GeometryError("The backdrop is drawn in light and in dark.")
        palette = PALETTES[theme]
        shapes = self._shapes(z, x, y)
        parts = [
            *_grounds(shapes, palette),
            *_strokes(shapes, z, palette),
            *self._stops_and_names(z, x, y, palette),
        ]
        return tile_svg.document(parts, palette)

    def labels(self, zoom: int) -> list[PlacedLabel]:
        """The names of a zoom with their boxes in world pixels; none overlaps another."""
        return self._names(zoom).labels

    def _shapes(self, z: int, x: int, y: int) -> dict[str, list[BaseGeometry]]:
        """What of each layer falls into the tile and its margin, in tile units, simplified to a third of a pixel."""
        size = 1 / 2**z
        margin = size * _BUFFER / TILE
        window = (x * size - margin, y * size - margin, (x + 1) * size + margin, (y + 1) * size + margin)
        found: dict[str, list[BaseGeometry]] = {}
        for layer, tree in (self._coarse if z <= _COARSE_ZOOM else self._fine).items():
            if z < _first_zoom(layer):
                continue
            near = tree.geometries.take(np.sort(tree.query(shapely.box(*window))))
            clipped = shapely.clip_by_rect(near, *window)
            simple = shapely.simplify(
                clipped[~shapely.is_empty(clipped)], size / TILE / 3, preserve_topology=False
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


def _pieces(layer: str, geometries: list[BaseGeometry], grid: float | None = None) -> list[BaseGeometry]:
    """Single parts: areas as they are, lines that lie on each other once (a grid also joins near ones)."""
    parts = shapely.get_parts(geometries)
    if layer == "pedestrian":
        bounds = shapely.bounds(parts)
        parts = parts[bounds[:, 2] - bounds[:, 0] < _LARGEST_SQUARE]
    if layer not in AREAS:
        parts = np.where(shapely.get_dimensions(parts) == 2, shapely.boundary(parts), parts)
    flat = shapely.get_dimensions(parts) == 1
    pieces: list[BaseGeometry] = parts[~flat].tolist()
    if flat.any():
        joined = shapely.line_merge(shapely.union_all(parts[flat], grid_size=grid))
        pieces += shapely.get_parts(joined).tolist()
    return pieces


def _first_zoom(layer: str) -> int:
    areas, lines = AREAS.get(layer), LINES.get(layer)
    return min(areas[0] if areas else MAX_ZOOM, lines.first_zoom if lines else MAX_ZOOM)


def _around(dot: Dot, scale: float, reach: float) -> Rect:
    x, y = dot.x * scale, dot.y * scale
    return x - reach, y - reach, x + reach, y + reach


def _to_world(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees to fractions of the square world."""
    latitude = np.radians(np.clip(coordinates[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    return np.column_stack([(coordinates[:, 0] + 180) / 360, (1 - np.arcsinh(np.tan(latitude)) / np.pi) / 2])


def _to_tile(left: float, top: float, size: float) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Fractions of the square world to units of one tile."""
    return lambda coordinates: (coordinates - (left, top)) * (tile_svg.TILE_UNITS / size)
