"""/api/v1/map: the points and clusters of what the map shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, Response, request

from app.core.errors import MalformedParameter
from app.core.permissions import PUBLIC, requires
from app.core.translation import gettext as _
from app.core.zone import network_zone
from app.explore import finding
from app.explore.api.reading import FILTERS, read
from app.explore.remembered import LARGE, until_places_change
from app.explore.rules.search import Search
from geo.bbox import BBox

blueprint = Blueprint("map_api", __name__)

KNOWN = FILTERS | {"bbox", "zoom", "cluster"}
WORLD = BBox(-180.0, -90.0, 180.0, 90.0)
DEFAULT_ZOOM, MAX_ZOOM = 12, 22
UNTIL_CHANGE_SECONDS = 60


@dataclass(frozen=True)
class MapQuestion:
    """What a map asks: the filters with the box, the zoom, and whether many places become clusters."""

    search: Search
    zoom: int
    clustered: bool


@blueprint.get("/api/v1/map")
@requires(PUBLIC)
def map_features() -> Response:
    """GeoJSON of up to 40 pins, else of clusters; `cluster=0` gives up to 500 pins instead."""
    asked = question(request.args.to_dict(flat=False))
    minute = finding.this_minute()
    body = until_places_change(("map", asked, minute), lambda: answer(asked, minute), memory=LARGE)
    response = Response(body, content_type="application/geo+json")
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.headers["X-Until-Change"] = str(UNTIL_CHANGE_SECONDS)
    return response


def answer(asked: MapQuestion, minute: datetime) -> bytes:
    """The bytes of the FeatureCollection at a minute: clusters first, then pins."""
    selection = asked.search.selection(minute, network_zone())
    return finding.on_map(selection, zoom=asked.zoom, clustered=asked.clustered)


def question(arguments: Mapping[str, Sequence[str]]) -> MapQuestion:
    """What the map asks."""
    search = read(arguments, KNOWN).search
    return MapQuestion(
        search if search.bbox else replace(search, bbox=WORLD),
        zoom=_number(arguments, "zoom", DEFAULT_ZOOM, MAX_ZOOM),
        clustered=_number(arguments, "cluster", 1, 1) == 1,
    )


def _number(arguments: Mapping[str, Sequence[str]], name: str, default: int, most: int) -> int:
    text = arguments.get(name, [str(default)])[-1]
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= most):
        raise MalformedParameter(
            name, _("%(name)s must be a whole number up to %(most)s.", name=name, most=most)
        )
    return int(text)
