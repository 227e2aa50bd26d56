"""Our own backdrop: vector features drawn as 256-pixel SVG tiles, light and dark, beautiful without any tile source.

Layers: municipio, nil, park, dog_area, pedestrian, water, ring, road, street_bus_tram, street_cycle, rail,
metro_line, metro_stop. Others are ignored. The order of the features does not change the picture.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.mercator import MAX_LATITUDE, TILE
from geo.tile_names import gather
from geo.tile_sheet import COARSE_ZOOM, Sheet
from geo.tile_style import AREAS, DRAWING_ORDER

_COARSE_GRID = 0.8 / (TILE * 2**COARSE_ZOOM)
# Larger areas of a register of pedestrian zones are speed limits, not squares (about 350 m across).
_LARGEST_SQUARE = 1.2e-5


@dataclass(frozen=True, slots=True)
class BackdropFeature:
    """One thing to draw: its layer, its name as the register writes it, its geometry in degrees."""

    layer: str
    name: str
    geometry: BaseGeometry


class Backdrop(Sheet):
    """All features of a map on one sheet; lines that lie on each other are drawn once."""

    def __init__(self, features: Iterable[BackdropFeature]) -> None:
        ordered = sorted(features, key=lambda each: (each.layer, each.name, each.geometry.wkb))
        world = [(each.layer, each.name, shapely.transform(each.geometry, _to_world)) for each in ordered]
        layers: dict[str, list[BaseGeometry]] = defaultdict(list)
        for layer, _, geometry in world:
            layers[layer].append(geometry)
        drawn = [layer for layer in DRAWING_ORDER if layer in layers]
        named, stops = gather(world)
        super().__init__(
            {layer: _pieces(layer, layers[layer]) for layer in drawn},
            named,
            stops,
            coarse={layer: _pieces(layer, layers[layer], _COARSE_GRID) for layer in drawn},
        )


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


def _to_world(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees to fractions of the square world."""
    latitude = np.radians(np.clip(coordinates[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    return np.column_stack([(coordinates[:, 0] + 180) / 360, (1 - np.arcsinh(np.tan(latitude)) / np.pi) / 2])
