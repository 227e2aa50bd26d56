"""/api/v1/map: the points and clusters of what the map shows. /api/v1/suggest: what somebody may be typing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from flask import Blueprint, Response, jsonify, request

from app.core.errors import MalformedParameter, UnknownParameter
from app.core.permissions import PUBLIC, requires
from app.core.translation import gettext as _
from app.core.zone import network_zone
from app.explore import finding, home
from app.explore.labels import machine_problem
from app.explore.remembered import LARGE, until_places_change
from app.explore.rules.search import Search
from app.explore.rules.search_parsing import Parsed
from app.explore.suggesting import suggestions
from geo.bbox import BBox

blueprint = Blueprint("explore_api", __name__)

KNOWN = frozenset(
    ("bbox", "zoom", "cluster", "q", "amenity", "kind", "island", "open", "all", "language", "lang")
)
# The form on the home, as it stands when somebody types.
KNOWN_WHILE_TYPING = KNOWN - {"zoom", "cluster"} | {"where", "near", "sort", "view", "page"}
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


@blueprint.get("/api/v1/suggest")
@requires(PUBLIC)
def suggest() -> Response:
    """Up to eight suggestions for `where`, with links that keep the other parameters; nobody else may keep them."""
    parsed = _read(request.args.to_dict(flat=False), KNOWN_WHILE_TYPING)
    response = jsonify({"suggestions": [asdict(one) for one in suggestions(parsed.search)]})
    response.headers["Cache-Control"] = f"private, max-age={UNTIL_CHANGE_SECONDS}"
    response.vary.add("Accept-Language")
    return response


def answer(asked: MapQuestion, minute: datetime) -> bytes:
    """The bytes of the FeatureCollection at a minute: clusters first, then pins."""
    selection = asked.search.selection(minute, network_zone())
    return finding.on_map(selection, zoom=asked.zoom, clustered=asked.clustered)


def question(arguments: Mapping[str, Sequence[str]]) -> MapQuestion:
    """What the map asks."""
    search = _read(arguments, KNOWN).search
    return MapQuestion(
        search if search.bbox else replace(search, bbox=WORLD),
        zoom=_number(arguments, "zoom", DEFAULT_ZOOM, MAX_ZOOM),
        clustered=_number(arguments, "cluster", 1, 1) == 1,
    )


def _read(arguments: Mapping[str, Sequence[str]], known: Collection[str]) -> Parsed:
    """Read the parameters, or raise an error that names the one that is unknown or malformed."""
    for name in arguments:
        if name not in known:
            names = ", ".join(sorted(known))
            raise UnknownParameter(
                name, _("%(name)s is not known here; known: %(known)s.", name=name, known=names)
            )
    parsed = home.read(arguments)
    for fault in parsed.faults:
        raise MalformedParameter(fault.parameter, machine_problem(fault))
    return parsed


def _number(arguments: Mapping[str, Sequence[str]], name: str, default: int, most: int) -> int:
    text = arguments.get(name, [str(default)])[-1]
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= most):
        raise MalformedParameter(
            name, _("%(name)s must be a whole number up to %(most)s.", name=name, most=most)
        )
    return int(text)
