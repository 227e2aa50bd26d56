"""The lines that people copy into other sites, and what oEmbed says of an address of ours."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import render_template

from app.core.http import absolute
from app.core.i18n import local
from app.core.translation import gettext
from app.events.queries import event_by_slug
from app.places.queries import place_by_slug

LEAST_WIDTH, USUAL_WIDTH = 280, 600
LEAST_HEIGHT, USUAL_HEIGHT = 240, 480


@dataclass(frozen=True)
class Embedded:
    """What stands for an address: its title, the lines, and how large they are shown."""

    title: str
    html: str
    width: int
    height: int


def calendar_lines(place_id: str, place_slug: str, title: str) -> str:
    """The calendar of a place: a script, with a link inside for whoever cannot run it."""
    return render_template(
        "feeds/snippet_calendar.html", script=absolute("embed.calendar_script"), place=place_id,
        url=absolute("places.detail", slug=place_slug), title=title,
    ).strip()  # fmt: skip


def map_lines(query: str, title: str, width: int = USUAL_WIDTH, height: int = USUAL_HEIGHT) -> str:
    """The map in a frame."""
    address = f"{absolute('embed.map_frame')}{'?' if query else ''}{query}"
    return render_template(
        "feeds/snippet_map.html", url=address, title=title, width=width, height=height
    ).strip()


def embedded(url: str, *, width: int | None, height: int | None) -> Embedded | None:
    """What oEmbed answers for an address of ours (a place, an event, the home page); None for any other."""
    try:
        parts, own = urlsplit(url), urlsplit(absolute("explore.home"))
    except ValueError:  # no address at all
        return None
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        return None
    shown_width = max(LEAST_WIDTH, min(width or USUAL_WIDTH, USUAL_WIDTH))
    shown_height = max(LEAST_HEIGHT, min(height or USUAL_HEIGHT, USUAL_HEIGHT))
    found = _lines(parts.path, shown_width, shown_height)
    return Embedded(*found, shown_width, shown_height) if found else None


def _lines(path: str, width: int, height: int) -> tuple[str, str] | None:
    """Title and lines."""
    sort, _slash, slug = path.strip("/").partition("/")
    if not sort:
        title = gettext("Map of the places")
        return title, map_lines("", title, width, height)
    if sort == "places" and (place := place_by_slug(slug)):
        return place.name, map_lines(f"place={place.slug}", place.name, width, height)
    if sort == "events" and (event := event_by_slug(slug)):
        said = local(event.title)
        title = said.value if said else ""
        return title, calendar_lines(event.place.public_id, event.place.slug, event.place.name.value)
    return None
