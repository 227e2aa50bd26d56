"""Which tile holds a point, as the OpenStreetMap wiki numbers them."""

from geo.mercator import world_fraction
from geo.point import Point


def to_tile(point: Point, zoom: int) -> tuple[int, int]:
    """The tile (x, y) of a zoom."""
    x, y = world_fraction(point)
    return int(x * 2**zoom), int(y * 2**zoom)
