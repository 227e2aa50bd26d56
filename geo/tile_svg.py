"""Geometry and labels of one tile written as small SVG: whole numbers in quarter pixels, relative moves."""

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.tile_labels import PlacedLabel
from geo.tile_style import FONT, Palette

UNITS = 4
TILE_UNITS = 256 * UNITS


def document(parts: Iterable[str], palette: Palette) -> bytes:
    """The tile around its parts, on the colour of the land."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 {TILE_UNITS} {TILE_UNITS}">'
        f'<path fill="{palette.land}" d="M0 0h{TILE_UNITS}v{TILE_UNITS}H0z"/>{"".join(parts)}</svg>'
    ).encode()


def area(geometries: Sequence[BaseGeometry], colour: str) -> str:
    """Filled polygons as one path, all turning the same way, so that overlapping ones do not make holes."""
    path = "".join(path_data(ring, closed=True) for ring in _rings(geometries))
    return f'<path fill="{colour}" d="{path}"/>' if path else ""


def lines(path: str, colour: str, width: float, dash: Sequence[float] = ()) -> str:
    """A stroked path; `path` comes from `line_path`."""
    dashes = f' stroke-dasharray="{" ".join(_units(part) for part in dash)}"' if dash else ""
    cap = "butt" if dash else "round"
    return (
        f'<path fill="none" stroke="{colour}" stroke-width="{_units(width)}" stroke-linecap="{cap}" '
        f'stroke-linejoin="round"{dashes} d="{path}"/>'
    )


def defined(name: str, path: str) -> str:
    """A path that is drawn more than once in a tile, by `used`."""
    return f'<defs><path id="{name}" d="{path}"/></defs>'


def used(name: str, colour: str, width: float) -> str:
    """A stroke along a defined path."""
    return (
        f'<use href="#{name}" fill="none" stroke="{colour}" stroke-width="{_units(width)}" stroke-linecap="round" '
        f'stroke-linejoin="round"/>'
    )


def line_path(geometries: Sequence[BaseGeometry]) -> str:
    """The path data of lines and of the edges of polygons."""
    return "".join(path_data(part, closed=False) for part in _paths(geometries))


def path_data(coordinates: NDArray[np.float64], *, closed: bool) -> str:
    """Tile units as a path of relative whole-number moves; empty for what has shrunk to a point."""
    points = np.rint(coordinates).astype(int)
    steps = np.diff(points, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if not len(steps) or (closed and len(steps) < 3):
        return ""
    if closed:
        steps = steps[:-1]
    moves = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{moves}" + ("z" if closed else "")


def dots(places: Sequence[tuple[float, float]], radius: float, palette: Palette) -> str:
    """Ringed stops, positions in tile units."""
    if not places:
        return ""
    circles = "".join(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_units(radius)}"/>' for x, y in places)
    return (
        f'<g fill="{palette.stop_fill}" stroke="{palette.stop}" '
        f'stroke-width="{_units(radius * 0.42)}">{circles}</g>'
    )


def labels(placed: Sequence[PlacedLabel], left: float, top: float, palette: Palette) -> str:
    """Names relative to the tile's corner in world pixels, each with a halo of the land's colour."""
    if not placed:
        return ""
    texts = "".join(_text(label, left, top, palette) for label in placed)
    return (
        f'<g font-family=\'{FONT}\' fill="{palette.label}" stroke="{palette.land}" stroke-width="{_units(3)}" '
        f'stroke-linejoin="round" paint-order="stroke">{texts}</g>'
    )


def _text(label: PlacedLabel, left: float, top: float, palette: Palette) -> str:
    style = label.style
    marks = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    marks += f' font-weight="{style.weight}"' if style.weight != 400 else ""
    marks += f' letter-spacing="{_units(style.spacing)}"' if style.spacing else ""
    marks += ' font-style="italic"' if style.italic else ""
    marks += f' fill="{getattr(palette, style.colour)}"' if style.colour != "label" else ""
    x, y = (label.x - left) * UNITS, (label.y - top) * UNITS
    marks += f' transform="rotate({label.angle:.1f} {x:.0f} {y:.0f})"' if label.angle else ""
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="{_units(style.size)}"{marks}>{escape(label.text)}</text>'
    )


def _units(pixels: float) -> str:
    return f"{pixels * UNITS:.1f}".rstrip("0").rstrip(".")


def _rings(geometries: Sequence[BaseGeometry]) -> list[NDArray[np.float64]]:
    parts = shapely.get_parts(list(geometries))
    polygons = shapely.orient_polygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    return [
        shapely.get_coordinates(ring)
        for polygon in polygons
        for ring in (polygon.exterior, *polygon.interiors)
    ]


def _paths(geometries: Sequence[BaseGeometry]) -> list[NDArray[np.float64]]:
    parts = shapely.get_parts(list(geometries)).tolist()
    return [shapely.get_coordinates(part) for part in parts if part.geom_type in {"LineString", "LinearRing"}]
