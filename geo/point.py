"""A position on the globe: WGS84, longitude before latitude, degrees."""

import math
import re
from dataclasses import dataclass
from typing import Self

from geo.errors import GeometryError

_NUMBER = r"\s*([+-]?[0-9]{1,3}(?:\.[0-9]+)?)\s*"
_LAT_LON = re.compile(rf"{_NUMBER},{_NUMBER}")


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """Degrees east and north.

    >>> Point(lon=9.19, lat=45.46)
    Point(lon=9.19, lat=45.46)
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        """Refuse what is not on the globe (GeometryError)."""
        if not (math.isfinite(self.lon) and math.isfinite(self.lat)):
            raise GeometryError("A position needs two finite numbers.")
        if not -180 <= self.lon <= 180:
            raise GeometryError(f"The longitude {self.lon:g} is not between -180 and 180.")
        if not -90 <= self.lat <= 90:
            raise GeometryError(f"The latitude {self.lat:g} is not between -90 and 90.")

    @classmethod
    def parse_lat_lon(cls, text: str) -> Self:
        """Read "latitude,longitude" as people and map links write it (GeometryError when it is not that).

        >>> Point.parse_lat_lon("45.4,9.1")
        Point(lon=9.1, lat=45.4)
        """
        match = _LAT_LON.fullmatch(text)
        if match is None:
            raise GeometryError("Write a position as latitude,longitude, such as 45.46,9.19.")
        return cls(lon=float(match[2]), lat=float(match[1]))

    def rounded(self, decimals: int = 5) -> "Point":
        """The same position with fewer decimals; five are about one metre."""
        return Point(round(self.lon, decimals) + 0.0, round(self.lat, decimals) + 0.0)

    def to_wkt(self) -> str:
        """Well-known text, longitude first.

        >>> Point(lon=9.19, lat=45.46).to_wkt()
        'POINT(9.19 45.46)'
        """
        return f"POINT({self.lon!r} {self.lat!r})"
