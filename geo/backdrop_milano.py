"""The default backdrop: a hand-made schematic of Milan, drawn from general knowledge, approximate.

Rings, Navigli, parks, main streets, rail, metro, quarters and the nine Municipi as rough sectors stand in
schematic_milano.geojson, which any GIS editor opens. Curves run smoothly through the points written there.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.geojson import read_features
from geo.geometry import parse_geometry
from geo.tiles import BackdropFeature

SCHEMATIC = Path(__file__).with_name("schematic_milano.geojson")
# These bend; streets and sectors have corners.
_CURVED = frozenset({"water", "park", "ring", "rail", "metro_line"})
_STEPS = 10
# What registers of streets and stops usually lack.
_FILLED_IN = ("water", "park")


def milano_schematic() -> list[BackdropFeature]:
    """Every feature of the schematic."""
    return [_feature(each.properties["layer"], each.properties["name"], parse_geometry(each.geometry))
            for each in read_features(SCHEMATIC)]  # fmt: skip


def completed(imported: Iterable[BackdropFeature]) -> list[BackdropFeature]:
    """What the operator imported, with our schematic waters and parks where a backdrop of Milan has none.

    A backdrop of another place is left as it is.
    """
    features = list(imported)
    if not features:
        return milano_schematic()
    missing = set(_FILLED_IN) - {each.layer for each in features}
    own = [each for each in milano_schematic() if each.layer in missing]
    here = shapely.box(*shapely.total_bounds([each.geometry for each in features]))
    return features + [each for each in own if here.intersects(each.geometry)]


def _feature(layer: str, name: str, geometry: BaseGeometry) -> BackdropFeature:
    return BackdropFeature(layer, name, _smooth(geometry) if layer in _CURVED else geometry)


def _smooth(geometry: BaseGeometry) -> BaseGeometry:
    """A Catmull-Rom curve through the points of a line or of a polygon's edge."""
    if isinstance(geometry, shapely.Polygon):
        return shapely.Polygon(_curve(shapely.get_coordinates(geometry.exterior)))
    if isinstance(geometry, shapely.LineString):
        return shapely.LineString(_curve(shapely.get_coordinates(geometry)))
    return geometry


def _curve(points: NDArray[np.float64]) -> NDArray[np.float64]:
    closed = bool((points[0] == points[-1]).all())
    ends = (points[-2:-1], points[1:2]) if closed else (points[:1], points[-1:])
    padded = np.vstack([ends[0], points, ends[1]])
    before, start, end, after = (padded[shift : len(padded) - 3 + shift, np.newaxis, :] for shift in range(4))
    t = (np.arange(_STEPS) / _STEPS)[np.newaxis, :, np.newaxis]
    curve = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return np.vstack([curve.reshape(-1, 2), points[-1:]])
