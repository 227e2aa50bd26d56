"""Pages and files of finding: home, the map's script, Leaflet, tiles."""

from typing import cast

from flask import Blueprint, Flask, Response, jsonify, redirect, request, send_from_directory
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from app.core.errors import MalformedParameter, NotFound
from app.core.http import YEAR_SECONDS, page
from app.core.page_memory import kept_page
from app.core.permissions import PUBLIC, requires
from app.core.translation import gettext as _
from app.explore import home as home_builder
from app.explore import leaflet_files, map_script, remembered, tiles
from app.explore import offline as offline_builder
from app.explore.chips import address
from app.explore.rules.tile_address import read_address
from app.explore.wishing import asked_for

blueprint = Blueprint("explore", __name__)


@blueprint.record_once
def prepare(setup: BlueprintSetupState) -> None:
    """The tile proxy and the memories live as long as the application."""
    tiles.init_app(cast(Flask, setup.app))
    remembered.init_app(cast(Flask, setup.app))


@blueprint.get("/")
@requires(PUBLIC)
@kept_page(
    "amenity",
    "kind",
    "language",
    "island",
    "open",
    "all",
    "sort",
    "view",
    "page",
    until=remembered.until_list_changes,
)
def home() -> BaseResponse:
    """Map and list; typed words that are filters become filters; what we cannot read is left out and explained (400)."""
    parsed = home_builder.read(request.args.to_dict(flat=False))
    meant = asked_for(parsed.search)
    if meant is not None and not parsed.faults:
        return redirect(address(meant))
    shown = home_builder.home_page(parsed)
    return page("explore/home", data_page="explore.home", page=shown, status=400 if shown.problems else 200)


@blueprint.get("/offline")
@requires(PUBLIC)
def offline() -> Response:
    """What is shown without a network, and what this phone keeps."""
    return page("explore/offline", data_page="explore.offline", noindex=True)


@blueprint.get("/sw.js")
@requires(PUBLIC)
def service_worker() -> Response:
    """The service worker: at the root, so that it serves every page; asked for anew each time."""
    response = Response(offline_builder.service_worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/manifest.webmanifest")
@requires(PUBLIC)
def manifest() -> Response:
    """Name, colours and icons for phones that keep the site as an application."""
    response = jsonify(offline_builder.manifest())
    response.mimetype = "application/manifest+json"
    response.vary.update(("Accept-Language", "Cookie"))
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@blueprint.get("/map-<digest>.js")
@requires(PUBLIC)
def script(digest: str) -> Response:
    """The built map script; its address changes with its bytes."""
    response = Response(map_script.stored_script(), content_type="text/javascript; charset=utf-8")
    is_current = digest == map_script.current_hash()
    return _kept(response, YEAR_SECONDS) if is_current else _kept(response, 60)


@blueprint.get(f"{leaflet_files.PREFIX}/<digest>/<path:name>")
@requires(PUBLIC)
def leaflet(digest: str, name: str) -> Response:
    """A file of the Leaflet package."""
    if digest != leaflet_files.version():
        raise NotFound
    return _kept(send_from_directory(leaflet_files.FOLDER, name), YEAR_SECONDS)


@blueprint.get("/tiles/<z>/<x>/<y>")
@requires(PUBLIC)
def tile(z: str, x: str, y: str) -> Response:
    """A tile of the basemap; a machine address, so an unknown or malformed parameter is a 400 that names it."""
    unknown = next((name for name in request.args if name not in {"theme", "lang"}), None)
    theme = request.args.get("theme", "light")
    address = read_address(z, x, y)
    if address is None:
        raise MalformedParameter("z/x/y", _("There is no tile %(tile)s.", tile=f"{z}/{x}/{y}"))
    if unknown is not None or theme not in {"light", "dark"}:
        raise MalformedParameter(
            unknown or "theme", _("theme can be light or dark; nothing else is known here.")
        )
    made = tiles.tile(address, "dark" if theme == "dark" else "light")
    return _kept(Response(made.body, content_type=made.content_type), made.seconds)


def _kept(response: Response, seconds: int) -> Response:
    """Public bytes for everybody, immutable where they may stay for a year."""
    immutable = ", immutable" if seconds >= YEAR_SECONDS else ""
    response.headers["Cache-Control"] = f"public, max-age={seconds}{immutable}"
    response.headers["X-Until-Change"] = str(seconds)
    return response
