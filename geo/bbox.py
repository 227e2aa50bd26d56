"""A box between two meridians and two parallels, degrees; it may cross the antimeridian."""

import math
from dataclasses import dataclass
from typing import Self

from geo.errors import GeometryError
from geo.point import Point

# The shortest degree of latitude on the WGS84 ellipsoid (at the equator), in metres.
_SHORTEST_DEGREE_M = 110_574.0
# Boxes are made this much larger than a sphere asks for: the ellipsoid differs by up to 0.6 %.
_ELLIPSOID_SLACK = 1.01


@dataclass(frozen=True, slots=True)
class BBox:
    """Edges in degrees, all included. West greater than east means: across the antimeridian.

    >>> BBox(9.0, 45.4, 9.3, 45.6).contains(Point(9.19, 45.46))
    True
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        """Refuse edges off the globe and a south above its north (GeometryError)."""
        Point(self.west, self.south)
        Point(self.east, self.north)
        if self.south > self.north:
            raise GeometryError(f"The box's south {self.south:g} lies above its north {self.north:g}.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "west,south,east,north" (GeometryError with a sentence when it is not that).

        >>> BBox.parse("9,45,9.5,45.6")
        BBox(west=9.0, south=45.0, east=9.5, north=45.6)
        """
        parts = text.split(",")
        if len(parts) != 4 or len(text) > 200:
            raise GeometryError("A box is four numbers: west,south,east,north.")
        try:
            west, south, east, north = (float(part) for part in parts)
        except ValueError:
            raise GeometryError("A box is four numbers: west,south,east,north.") from None
        return cls(west, south, east, north)

    @classmethod
    def around(cls, point: Point, metres: float) -> "BBox":
        """A box that surely holds everything within `metres` of the point, poles and antimeridian included."""
        angle = math.radians(metres / _SHORTEST_DEGREE_M * _ELLIPSOID_SLACK) + 1e-9
        south = point.lat - math.degrees(angle)
        north = point.lat + math.degrees(angle)
        if south <= -90 or north >= 90:
            return cls(-180.0, max(south, -90.0), 180.0, min(north, 90.0))
        # The circle's widest meridians touch it nearer to the pole than its centre.
        half = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(point.lat)))))
        half = half * _ELLIPSOID_SLACK + 1e-9
        if half >= 180 or angle >= math.pi / 2:
            return cls(-180.0, south, 180.0, north)
        return cls(_wrapped(point.lon - half), south, _wrapped(point.lon + half), north)

    @property
    def crosses_antimeridian(self) -> bool:
        """Whether the box reaches from the far east to the far west."""
        return self.west > self.east

    @property
    def width(self) -> float:
        """Degrees of longitude."""
        return self.east - self.west + (360 if self.crosses_antimeridian else 0)

    @property
    def height(self) -> float:
        """Degrees of latitude."""
        return self.north - self.south

    @property
    def center(self) -> Point:
        """The middle in degrees."""
        return Point(_wrapped(self.west + self.width / 2), (self.south + self.north) / 2)

    def parts(self) -> tuple["BBox", ...]:
        """The box itself, or the two halves of one that crosses the antimeridian."""
        if not self.crosses_antimeridian:
            return (self,)
        return (
            BBox(self.west, self.south, 180.0, self.north),
            BBox(-180.0, self.south, self.east, self.north),
        )

    def contains(self, point: Point) -> bool:
        """Whether the point lies in the box or on its edge."""
        if not self.south <= point.lat <= self.north:
            return False
        if self.crosses_antimeridian:
            return point.lon >= self.west or point.lon <= self.east
        return self.west <= point.lon <= self.east

    def expanded(self, fraction: float) -> "BBox":
        """The box grown by a fraction of its size on each side, kept on the globe."""
        south = max(-90.0, self.south - self.height * fraction)
        north = min(90.0, self.north + self.height * fraction)
        width = self.width
        if width * (1 + 2 * fraction) >= 360:
            return BBox(-180.0, south, 180.0, north)
        return BBox(
            _wrapped(self.west - width * fraction), south, _wrapped(self.east + width * fraction), north
        )


def _wrapped(lon: float) -> float:
    """A longitude brought back between -180 and 180."""
    if -180 <= lon <= 180:
        return lon
    return (lon + 180) % 360 - 180
