"""Hand-over to a map that gives directions: only the destination travels, no identifier and no referrer of ours."""

from urllib.parse import quote

from app.core.http import Link
from app.core.translation import gettext
from geo.point import Point


def direction_links(point: Point, name: str) -> list[Link]:
    """OpenStreetMap first, because it opens everywhere and asks for nothing; then other maps, by their names."""
    here = f"{point.lat:.6f},{point.lon:.6f}"
    return [
        Link(gettext("Directions"), f"https://www.openstreetmap.org/directions?to={quote(here, safe='')}"),
        Link(gettext("The map app of this phone"), f"geo:{here}?q={here}({quote(name)})"),
        Link("Apple Maps", f"https://maps.apple.com/?daddr={here}&dirflg=w"),
        Link(
            "Google Maps",
            f"https://www.google.com/maps/dir/?api=1&destination={quote(here, safe='')}&travelmode=walking",
        ),
    ]
