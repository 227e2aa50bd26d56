"""In which part of the world a time zone lies: tzdata's zone.tab (public domain) names one city for each."""

import re
from functools import cache
from importlib.resources import files

from geo.point import Point

_ISO6709 = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?\Z")


@cache
def home_of(tzid: str) -> Point | None:
    """The zone's city, or None for zones without one (UTC).

    >>> home_of("Europe/Rome")
    Point(lon=12.483333333333333, lat=41.9)
    """
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if not line.startswith("#") and len(parts) > 2 and parts[2] == tzid:
            return _point(parts[1])
    return None


def _point(text: str) -> Point | None:
    match = _ISO6709.match(text)
    if match is None:
        return None
    lat_sign, lat, lat_minutes, _, lon_sign, lon, lon_minutes, _ = match.groups()
    return Point(
        lon=float(f"{lon_sign}1") * (int(lon) + int(lon_minutes) / 60),
        lat=float(f"{lat_sign}1") * (int(lat) + int(lat_minutes) / 60),
    )
