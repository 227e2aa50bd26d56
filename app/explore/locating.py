"""Where somebody is, or says they are: the point that distances are measured from, and how it is named."""

from dataclasses import dataclass, replace

from flask import url_for

from app.core.http import Link
from app.core.i18n import chosen_language
from app.core.translation import gettext as _
from app.explore import finding
from app.explore.labels import WHERE_KINDS
from app.explore.rules.pasted import is_link, read_point
from app.explore.rules.search import Search
from app.explore.rules.spelling import words_of
from app.explore.rules.where import Meant, Spot, WhereKind
from app.explore.seeking import Sought, seek
from app.places import labels
from app.places.cards import place_url
from geo.point import Point

FAR_METRES = 30_000.0
# Where the list starts for whoever is far from every place (interface.md: piazza Napoli).
STARTING_POINT = Point(lon=9.1519, lat=45.4523)


@dataclass(frozen=True)
class Location:
    """The point to measure from (None: nobody said), its words, and what to tell or ask the reader.

    `named` leads to places and events that bear the typed name.
    """

    point: Point | None = None
    near_text: str | None = None
    error: str | None = None
    choices: tuple[Link, ...] = ()
    named: tuple[Link, ...] = ()
    far_text: str | None = None
    here: Point | None = None


def locate(search: Search) -> Location:
    """Resolve `near` (which wins) or `where`; nothing found keeps what was typed and says so."""
    if search.near is not None:
        text = _("near %(place)s", place=search.where) if search.where else _("near you")
        return Location(search.near, text, here=search.near)
    if not search.where:
        return Location()
    sought = _sought(search.where)
    named = _named(sought)
    spot = sought.where.spot
    if spot is not None:
        text = _("near %(place)s", place=spot.name) if spot.name else _("near the point of your link")
        return Location(spot.point, text, here=spot.point, named=named)
    if sought.where.choices or named:
        return Location(choices=tuple(_choice(search, one) for one in sought.where.choices), named=named)
    return Location(error=_unknown(search.where))


def whereabouts(typed: str) -> Meant:
    """The spot that an address means, several to choose from, or neither: nothing is found."""
    return _sought(typed).where


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


def _sought(typed: str) -> Sought:
    point = read_point(typed)
    if point is not None:
        name = "" if is_link(typed) else typed
        return Sought(Meant(Spot(name, name, WhereKind.POINT, point)))
    return Sought() if is_link(typed) else seek(words_of(typed))


def _unknown(typed: str) -> str:
    if is_link(typed):
        return _("This link names no point of the map. Paste its coordinates, or type a street.")
    return _("We did not find «%(typed)s». Try a street, a stop or a postcode.", typed=typed)


def _named(sought: Sought) -> tuple[Link, ...]:
    """Places and events that bear the name that was typed."""
    places = (
        Link(_named_as(one.name.value, labels.kind_text(one.kind)), place_url(one.slug))
        for one in sought.places
    )
    events = (
        Link(
            _named_as(one.title.within(chosen_language()).value, _("on the programme")),
            url_for("events.detail", slug=one.slug),
        )
        for one in sought.events
    )
    return (*places, *events)


def _named_as(name: str, kind: str) -> str:
    return _("%(name)s (%(kind)s)", name=name, kind=kind)


def _choice(search: Search, spot: Spot) -> Link:
    """The name with its kind; the link keeps the words and adds the point."""
    text = _named_as(spot.name, str(WHERE_KINDS[spot.kind]))
    return Link(text, "/?" + search.query(where=spot.name, near=spot.point.rounded()))
