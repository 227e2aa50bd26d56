"""Coordinates as tables hold them: decimal commas, WKT, "lat,lon", GeoJSON; and the two numbers the wrong way round."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geo.distance import sphere_metres
from geo.errors import GeometryError
from geo.point import Point

NEAR_METRES = 2_000_000.0
# From this share on, the rest of the file says how a lone row that does not fit was meant.
SURE_SHARE = 0.8
_NUMBER = r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
_WKT = re.compile(rf"(?:SRID=\d+;\s*)?POINT\s*Z?\s*\(\s*({_NUMBER})\s+({_NUMBER})", re.IGNORECASE)
# Decimal points on both sides: "45,52" is one number.
_PAIR = re.compile(r"[(\[]?\s*([-+]?\d+\.\d+)\s*[,; ]\s*([-+]?\d+\.\d+)\s*[)\]]?\Z")


@dataclass(frozen=True)
class Numbers:
    """Two numbers as the columns name them, not yet believed."""

    lon: float
    lat: float

    def swapped(self) -> "Numbers":
        """The other way round."""
        return Numbers(self.lat, self.lon)

    def point(self) -> Point:
        """As a point, or GeometryError with what cannot be about them."""
        if self.lon == 0 and self.lat == 0:
            raise GeometryError("the coordinates are 0,0: nobody wrote them")
        if max(abs(self.lon), abs(self.lat)) > 1000:
            raise GeometryError(f"{self.lon}, {self.lat} are off the globe; are they metres of a projection?")
        return Point(lon=self.lon, lat=self.lat)

    def is_near(self, home: Point) -> bool:
        """Whether they can be a place of that part of the world."""
        on_globe = abs(self.lon) <= 180 and abs(self.lat) <= 90 and (self.lon, self.lat) != (0, 0)
        return on_globe and sphere_metres(Point(lon=self.lon, lat=self.lat), home) < NEAR_METRES


@dataclass(frozen=True)
class Orientation:
    """Which rows to read the other way round, by row number."""

    whole_file: bool
    rows: frozenset[int]

    def __contains__(self, row: int) -> bool:
        return row in self.rows


def number(text: str) -> float:
    """A number with a decimal point or comma.

    >>> number("45,45259068974"), number("9.16")
    (45.45259068974, 9.16)
    """
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError as error:
        raise GeometryError(f"{text[:40]!r} is not a coordinate") from error
    if not math.isfinite(value):
        raise GeometryError(f"{text[:40]!r} is not a coordinate")
    return value


def looks_like_wkt(text: str) -> bool:
    """Whether it is a WKT point."""
    return _WKT.match(text) is not None


def looks_like_pair(text: str) -> bool:
    """Whether it is two numbers."""
    return _PAIR.match(text) is not None


def looks_like_geojson(text: str) -> bool:
    """Whether it is a GeoJSON geometry."""
    return text.startswith("{") and '"coordinates"' in text


def from_wkt(text: str) -> Numbers:
    """WKT says x before y: POINT (9.16 45.46)."""
    match = _WKT.match(text)
    if match is None:
        raise GeometryError(f"{text[:40]!r} is not a WKT point")
    return Numbers(number(match[1]), number(match[2]))


def from_pair(text: str) -> Numbers:
    """People write latitude first.

    >>> from_pair("(45.52, 9.32)")
    Numbers(lon=9.32, lat=45.52)
    """
    match = _PAIR.match(text)
    if match is None:
        raise GeometryError(f"{text[:40]!r} is not a pair latitude,longitude")
    return Numbers(number(match[2]), number(match[1]))


def from_geojson(text: str) -> Numbers:
    """The first position of a GeoJSON geometry."""
    try:
        return from_geometry(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise GeometryError("the geometry is not readable GeoJSON") from error


def from_geometry(geometry: Mapping[str, Any] | None) -> Numbers:
    """The position of a point, the middle of anything larger."""
    positions = list(_positions(geometry.get("coordinates") if isinstance(geometry, Mapping) else None))
    if not positions:
        raise GeometryError("there are no coordinates")
    count = len(positions)
    return Numbers(math.fsum(p[0] for p in positions) / count, math.fsum(p[1] for p in positions) / count)


def orientation(numbers: Mapping[int, Numbers], home: Point | None) -> Orientation:
    """Compare all rows with the part of the world they should be in, and with each other.

    Where most rows only make sense the other way round, the columns are named wrongly; where nearly all make sense as
    they stand, a lone row that does not was typed the wrong way round. Elsewhere nothing is touched.
    """
    if home is None or not numbers:
        return Orientation(False, frozenset())
    fits = {row: (pair.is_near(home), pair.swapped().is_near(home)) for row, pair in numbers.items()}
    count = Counter(fits.values())
    only_swapped = frozenset(row for row, fit in fits.items() if fit == (False, True))
    whole_file = 2 * count[(False, True)] > len(numbers) and not count[(True, False)]
    if whole_file:
        return Orientation(True, frozenset(row for row, fit in fits.items() if fit[1]))
    as_said = count[(True, False)] + count[(True, True)]
    is_sure = as_said >= SURE_SHARE * len(numbers) or count[(False, True)] >= SURE_SHARE * len(numbers)
    return Orientation(False, only_swapped if is_sure else frozenset())


def _positions(coordinates: Any, depth: int = 0) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list) or depth > 4:
        return
    if len(coordinates) >= 2 and all(_is_number(value) for value in coordinates[:2]):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _positions(part, depth + 1)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
