"""A point on the globe: lon before lat, and nowhere else a bare pair of floats."""

import math
import re
from dataclasses import dataclass

from geo.errors import GeometryError

_PAIR = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)\s*\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84 (EPSG:4326) degrees; -180 ≤ lon ≤ 180, -90 ≤ lat ≤ 90.

    >>> Point(lon=9.16, lat=45.45).to_wkt()
    'POINT(9.16 45.45)'
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lon) and math.isfinite(self.lat)):
            raise GeometryError("coordinates must be finite numbers")
        if not -180 <= self.lon <= 180:
            raise GeometryError(f"longitude {self.lon} is not between -180 and 180")
        if not -90 <= self.lat <= 90:
            raise GeometryError(f"latitude {self.lat} is not between -90 and 90")

    @classmethod
    def parse_lat_lon(cls, text: str) -> "Point":
        """Read "lat,lon", the order in which people and maps write it.

        >>> Point.parse_lat_lon("45.45, 9.16")
        Point(lon=9.16, lat=45.45)
        """
        match = _PAIR.match(text)
        if match is None:
            raise GeometryError(f"{text[:60]!r} is not a pair latitude,longitude")
        return cls(lon=float(match[2]), lat=float(match[1]))

    def rounded(self, digits: int = 5) -> "Point":
        """The same point with fewer decimals; 5 are about one metre."""
        return Point(lon=round(self.lon, digits), lat=round(self.lat, digits))

    def to_wkt(self) -> str:
        """Well-known text."""
        return f"POINT({self.lon!r} {self.lat!r})"
