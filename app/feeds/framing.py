"""What the map in a frame shows: the home page's search, begun at a place or in a territory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.explore import home
from app.explore.rules.search import View
from app.explore.rules.search_parsing import Parsed
from app.places.queries import place_by_slug
from app.territories.queries import by_code, extent_of


def frame(arguments: Mapping[str, Sequence[str]]) -> Parsed:
    """A place or a territory that is not known changes nothing: the frame shows the whole network."""
    own = {name: values for name, values in arguments.items() if name not in ("place", "territory", "view")}
    parsed = home.read(own)
    search = replace(parsed.search, view=View.MAP)
    place = place_by_slug((arguments.get("place") or [""])[0])
    territory = by_code((arguments.get("territory") or [""])[0])
    if place is not None:
        search = replace(search, near=place.location, where=place.name, everything=True)
    elif territory is not None:
        search = replace(search, bbox=extent_of(territory.id))
    return replace(parsed, search=search)
