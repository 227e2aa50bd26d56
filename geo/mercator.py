"""Web-Mercator tile arithmetic: slippy tiles, world pixels, and Morton cells for clusters.

Tiles as OpenStreetMap numbers them (z/x/y from the north-west). Beyond 85.0511° the map ends; such latitudes
are drawn at its edge.
"""

import math

from geo.point import Point

TILE = 256
MAX_LATITUDE = 85.0511287798066
MORTON_LEVEL = 24


def world_fraction(point: Point) -> tuple[float, float]:
    """Position on the square world, both 0..1, from its north-west corner."""
    latitude = math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, point.lat)))
    return (point.lon + 180) / 360, (1 - math.asinh(math.tan(latitude)) / math.pi) / 2


def to_pixel(point: Point, zoom: float) -> tuple[float, float]:
    """World pixels at a zoom, from the north-west corner of the world."""
    x, y = world_fraction(point)
    size = TILE * 2**zoom
    return x * size, y * size


def morton(point: Point, level: int = MORTON_LEVEL) -> int:
    """The cell of the point as interleaved tile numbers; `cell >> 2 * n` is the cell n levels up.

    At level 24 it has 48 bits and fits a signed BIGINT.

    >>> morton(Point(9.19, 45.46)) >> 2 * 24
    0
    """
    x, y = _cell(point, level)
    return _spread(x) | _spread(y) << 1


def _cell(point: Point, level: int) -> tuple[int, int]:
    """Column and row of the point among 2**level columns and rows."""
    size = 2**level
    x, y = world_fraction(point)
    return min(size - 1, max(0, int(x * size))), min(size - 1, max(0, int(y * size)))


_MASKS = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def _spread(value: int) -> int:
    """Put a zero between the bits of a number below 2**32."""
    for shift, mask in _MASKS:
        value = (value | value << shift) & mask
    return value
