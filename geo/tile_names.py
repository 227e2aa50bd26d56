"""What the backdrop would like to write at a zoom: stops, quarters, parks, municipi, waters, streets.

Few names (interface.md): quarters from zoom 13, streets only from 16, each where it reads best.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.naming import display_name, short_name, stop_name
from geo.tile_labels import Candidate, LabelStyle, text_width
from geo.tile_style import STOP_FIRST_ZOOM, STOP_RADIUS, at_zoom

_STOP = LabelStyle(size=11.5)
_QUARTER = LabelStyle(size=12.5, weight=600, spacing=0.2)
_MUNICIPIO = LabelStyle(size=13, weight=600, spacing=0.4)
_PARK = LabelStyle(size=11.5, italic=True)
_WATER = LabelStyle(size=11, italic=True, colour="water_label")
_STREET = LabelStyle(size=11)
# Layers whose names run along their lines: from which zoom, how, how far apart in pixels.
_ALONG = {
    "water": (13, _WATER, 520.0),
    "ring": (15, _STREET, 640.0),
    "road": (15, _STREET, 640.0),
    "street_cycle": (16, _STREET, 640.0),
    "waterway": (14, _WATER, 520.0),
    "road_name": (15, _STREET, 640.0),
    "minor_road": (16, _STREET, 640.0),
    "minor_name": (16, _STREET, 640.0),
}
# Quarters that are a park are written as parks are.
_GREEN = ("Parco ", "Giardini ")
# Names of points, as archives hold them: from which zoom to which, at what rank, how.
_POINTS = {
    "city": (4, 11, 0.0, LabelStyle(size=14, weight=600, spacing=0.4)),
    "town": (9, 15, 0.6, LabelStyle(size=12.5, weight=600)),
    "suburb": (12, 17, 0.3, _QUARTER),
    "park_point": (14, 18, 2.5, _PARK),
}
_PARK_FIRST_ZOOM = {"park": 11, "dog_area": 15, "pedestrian": 16}


@dataclass(frozen=True, slots=True)
class Named:
    """All of a layer that bears one name, in fractions of the square world."""

    layer: str
    text: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Dot:
    """A metro stop, in fractions of the square world; platforms of one station share its text."""

    text: str
    x: float
    y: float


def gather(features: Iterable[tuple[str, str, BaseGeometry]]) -> tuple[list[Named], list[Dot]]:
    """Names with all their geometry, and stops, from (layer, register name, world geometry)."""
    groups: dict[tuple[str, str], list[BaseGeometry]] = defaultdict(list)
    stops: set[Dot] = set()
    for layer, name, geometry in features:
        if layer == "metro_stop":
            middle = geometry.centroid
            stops.add(Dot(stop_name(name), middle.x, middle.y))
        elif name:
            shown = short_name(name) if layer == "nil" else display_name(name)
            groups[layer, shown].append(geometry)
    named = [Named(layer, text, shapely.union_all(parts)) for (layer, text), parts in sorted(groups.items())]
    return named, sorted(stops, key=lambda dot: (dot.text, dot.x, dot.y))


def dots_at(stops: Iterable[Dot], zoom: int, scale: float) -> list[Dot]:
    """The stops to draw; platforms of one station that would touch become one."""
    if zoom < STOP_FIRST_ZOOM:
        return []
    near = 3.2 * at_zoom(STOP_RADIUS, zoom) / scale
    drawn: list[Dot] = []
    for stop in stops:
        if not any(
            other.text == stop.text and math.hypot(other.x - stop.x, other.y - stop.y) < near
            for other in drawn
        ):
            drawn.append(stop)
    return drawn


def candidates_at(named: list[Named], dots: list[Dot], zoom: int, scale: float) -> Iterator[Candidate]:
    """Everything that a zoom may write, with its rank; `scale` is the world's width in pixels."""
    if zoom >= 12:
        yield from _stops(dots, zoom, scale)
    has_quarters = any(each.layer == "nil" for each in named)
    for each in named:
        if each.layer == "municipio" and 11 <= zoom <= (12 if has_quarters else 14):
            yield _centred(each, (0,), _MUNICIPIO, scale)
        elif each.layer == "nil" and 13 <= zoom <= 17:
            style = _PARK if each.text.startswith(_GREEN) else _QUARTER
            yield _centred(each, (0 if zoom == 13 else 1,), style, scale)
        elif each.layer in _PARK_FIRST_ZOOM and zoom >= _PARK_FIRST_ZOOM[each.layer]:
            yield from _park(each, scale)
        elif each.layer in _POINTS and _POINTS[each.layer][0] <= zoom <= _POINTS[each.layer][1]:
            yield from _at_points(each, scale)
        if each.layer in _ALONG and zoom >= _ALONG[each.layer][0]:
            yield from _along(each, scale)


def _stops(dots: list[Dot], zoom: int, scale: float) -> Iterator[Candidate]:
    """Stations of several platforms first."""
    platforms: dict[str, int] = defaultdict(int)
    for dot in dots:
        platforms[dot.text] += 1
    first = 0.0 if zoom >= 14 else 1.0
    radius = at_zoom(STOP_RADIUS, zoom)
    for dot in dots:
        rank = (first, -platforms[dot.text])
        x, y = dot.x * scale, dot.y * scale
        yield Candidate(rank, dot.text, x, y, _STOP, beside=radius, apart=160, clear=22 if zoom == 12 else 0)


def _centred(each: Named, rank: tuple[float, ...], style: LabelStyle, scale: float) -> Candidate:
    middle = _inner_point(each.geometry)
    return Candidate(rank, each.text, middle.x * scale, middle.y * scale, style)


def _at_points(each: Named, scale: float) -> Iterator[Candidate]:
    """The name at each of its points; the same name twice close by is written once."""
    _, _, rank, style = _POINTS[each.layer]
    for point in shapely.get_parts(shapely.get_parts(each.geometry)).tolist():
        yield Candidate((rank,), each.text, point.centroid.x * scale, point.centroid.y * scale, style)


def _park(each: Named, scale: float) -> Iterator[Candidate]:
    """A park's name where it is large enough to carry it, the largest first."""
    largest = max(shapely.get_parts(each.geometry).tolist(), key=lambda part: part.area)
    west, _, east, _ = largest.bounds
    if (east - west) * scale < 0.55 * text_width(each.text, _PARK):
        return
    middle = _inner_point(largest)
    yield Candidate((2, -largest.area), each.text, middle.x * scale, middle.y * scale, _PARK)


def _along(each: Named, scale: float) -> Iterator[Candidate]:
    """Places along a line where it is straight for the length of its name."""
    _, style, apart = _ALONG[each.layer]
    width = text_width(each.text, style) / scale
    rank = (1.5 if each.layer == "water" else 3.0,)
    for line in _merged(each.geometry):
        spots = max(1, round(line.length * scale / apart))
        for number in range(spots):
            middle = line.length * (number + 0.5) / spots
            before, after = line.interpolate(max(0, middle - width / 2)), line.interpolate(middle + width / 2)
            chord = math.hypot(after.x - before.x, after.y - before.y)
            if chord < 0.96 * width:
                continue
            angle = math.degrees(math.atan2(after.y - before.y, after.x - before.x))
            upright = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
            x, y = (before.x + after.x) / 2 * scale, (before.y + after.y) / 2 * scale
            yield Candidate(rank, each.text, x, y, style, apart=apart * 0.8, angle=round(upright, 1) or 0.1)


def _merged(geometry: BaseGeometry) -> list[BaseGeometry]:
    lines = [part for part in shapely.get_parts(geometry).tolist() if part.geom_type == "LineString"]
    return shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines))).tolist() if lines else []


def _inner_point(geometry: BaseGeometry) -> shapely.Point:
    """The centroid where it lies inside, else a point that does."""
    middle = geometry.centroid
    return middle if geometry.contains(middle) else geometry.representative_point()
