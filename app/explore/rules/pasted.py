"""A point that somebody pastes: coordinates, a geo: address, a link of OpenStreetMap, Google or Apple maps."""

import re
from urllib.parse import unquote

from geo.point import Point

_NUMBER = r"(-?\d{1,3}(?:\.\d+)?)"
# The first that fits counts: what a link marks comes before what it merely looks at.
_PATTERNS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"[?&#]mlat={_NUMBER}&mlon={_NUMBER}",
        rf"!3d{_NUMBER}!4d{_NUMBER}",
        rf"[?&](?:q|ll|query|daddr|destination|center|sll|coordinate)=(?:loc:)?{_NUMBER},\s*{_NUMBER}",
        rf"/(?:place|search|dir/[^/]*)/{_NUMBER},\s*\+?{_NUMBER}",
        rf"#map=[\d.]+/{_NUMBER}/{_NUMBER}",
        rf"@{_NUMBER},{_NUMBER}",
        rf"^geo:{_NUMBER},{_NUMBER}",
    )
)
_LINK = re.compile(r"^(?:https?://|geo:|www\.|(?:maps|goo|osm|openstreetmap)\b)", re.IGNORECASE)


def read_point(text: str) -> Point | None:
    """The point, or None where it is something else or lies off the globe.

    >>> read_point("45.45, 9.16")
    Point(lon=9.16, lat=45.45)
    >>> read_point("https://www.openstreetmap.org/#map=17/45.4642/9.1896")
    Point(lon=9.1896, lat=45.4642)
    >>> read_point("91,9") is None
    True
    """
    if not _LINK.match(text):
        return _read(text)
    link = unquote(text)
    for pattern in _PATTERNS:
        match = pattern.search(link)
        if match is not None:
            return _read(f"{match[1]},{match[2]}")
    return None


def is_link(text: str) -> bool:
    """Whether it is an address of the web or of a map, which is no name to look for."""
    return bool(_LINK.match(text)) and ("/" in text or ":" in text)


def _read(text: str) -> Point | None:
    try:
        return Point.parse_lat_lon(text)
    except ValueError:
        return None
