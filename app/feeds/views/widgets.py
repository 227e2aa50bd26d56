"""The calendar of a place for its own site: the lines to copy, and how they look."""

from flask import Blueprint, Response

from app.accounts.permissions import STAFF
from app.core.http import page, personal
from app.core.permissions import requires
from app.feeds.snippets import calendar_lines, map_lines
from app.places.views.looking_after import place_looked_after

blueprint = Blueprint("widgets", __name__, url_prefix="/studio/places/<place_id>/widget")


@blueprint.get("")
@requires(STAFF)
def show(place_id: str) -> Response:
    """Calendar and map, each with its lines."""
    place = place_looked_after(place_id)
    answer = page(
        "feeds/studio/widget", data_page="widgets.show", place=place, noindex=True,
        calendar=calendar_lines(place.public_id, place.slug, place.name.value), map=map_lines(f"place={place.slug}", place.name.value),
    )  # fmt: skip
    return personal(answer)
