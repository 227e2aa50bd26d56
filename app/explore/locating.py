"""Where somebody is, or says they are: the point that distances are measured from, and how it is named."""

from dataclasses import dataclass, replace

from app.core.http import Link
from app.core.translation import gettext as _
from app.explore import finding
from app.explore.labels import WHERE_KINDS
from app.explore.queries import gazetteer
from app.explore.rules.search import Search
from app.explore.rules.search_parsing import read_point
from app.explore.rules.where import Meant, Spot, WhereKind, meant, without_extras, words_to_find
from geo.point import Point

FAR_METRES = 30_000.0
# Where the list starts for whoever is far from every place (interface.md: piazza Napoli).
STARTING_POINT = Point(lon=9.1519, lat=45.4523)


@dataclass(frozen=True)
class Location:
    """The point to measure from (None: nobody said), its words, and what to tell or ask the reader."""

    point: Point | None = None
    near_text: str | None = None
    error: str | None = None
    choices: tuple[Link, ...] = ()
    far_text: str | None = None
    here: Point | None = None


def locate(search: Search) -> Location:
    """Resolve `near` (which wins) or `where`; nothing found keeps what was typed and says so."""
    if search.near is not None:
        text = _("near %(place)s", place=search.where) if search.where else _("near you")
        return Location(search.near, text, here=search.near)
    if not search.where:
        return Location()
    found = _meant(search.where)
    if found.spot is not None:
        text = _("near %(place)s", place=found.spot.name)
        return Location(found.spot.point, text, here=found.spot.point)
    if found.choices:
        return Location(choices=tuple(_choice(search, spot) for spot in found.choices))
    return Location(
        error=_("We did not find «%(typed)s». Try a street, a stop or a postcode.", typed=search.where)
    )


def moved_if_far(location: Location) -> Location:
    """Somebody more than 30 km from every place gets all pages of the list from a stated starting point instead."""
    if location.point is None or finding.is_any_within(location.point, FAR_METRES):
        return location
    if not finding.is_any_within(STARTING_POINT, FAR_METRES):
        return replace(
            location, far_text=_("You are far from all our places: the list starts with the nearest.")
        )
    return replace(
        location,
        point=STARTING_POINT,
        here=None,
        near_text=_("near %(place)s", place="piazza Napoli"),
        far_text=_("You are far from Milan: we start at piazza Napoli"),
    )


def _meant(typed: str) -> Meant:
    point = read_point(typed)
    if point is not None:
        return Meant(Spot(typed, typed, WhereKind.POINT, point))
    words = words_to_find(typed)
    found = meant(words, gazetteer.spots(words))
    fewer = without_extras(words)
    if found == Meant() and fewer != words:
        found = meant(fewer, gazetteer.spots(fewer))
    return found


def _choice(search: Search, spot: Spot) -> Link:
    """The name with its kind; the link keeps the words and adds the point."""
    text = _("%(name)s (%(kind)s)", name=spot.name, kind=str(WHERE_KINDS[spot.kind]))
    return Link(text, "/?" + search.query(where=spot.name, near=spot.point.rounded()))
