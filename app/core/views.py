"""Health of the installation, for monitors."""

from typing import cast

from flask import Blueprint, Response, current_app, jsonify, redirect
from werkzeug.wrappers import Response as BaseResponse

from app.config import VERSION, Settings
from app.core import health
from app.core.http import asset, page
from app.core.permissions import PUBLIC, requires

blueprint = Blueprint("core", __name__)


@blueprint.get("/healthz")
@requires(PUBLIC)
def healthz() -> Response:
    """Alive, with version, database engine, driver, migration, and how many mails were given up."""
    settings = cast(Settings, current_app.extensions["settings"])
    answer = {
        "status": "ok",
        "version": VERSION,
        "database": "spatialite" if settings.is_sqlite else "postgis",
        "driver": health.driver(),
        "migration": health.migration(),
        "dead_letters": health.dead_letters(),
    }
    return _uncached(jsonify(answer))


@blueprint.get("/readyz")
@requires(PUBLIC)
def readyz() -> Response:
    """Ready to serve: the database answers."""
    health.migration()
    return _uncached(jsonify({"status": "ready"}))


@blueprint.get("/about")
@requires(PUBLIC)
def about() -> Response:
    """What the islands are, and who is behind them."""
    return page("core/about", data_page="core.about")


@blueprint.get("/accessibility")
@requires(PUBLIC)
def accessibility() -> Response:
    """The accessibility declaration."""
    return page("core/accessibility", data_page="core.accessibility")


@blueprint.get("/privacy")
@requires(PUBLIC)
def privacy() -> Response:
    """What is kept of people, why and for how long."""
    return page("core/privacy", data_page="core.privacy")


@blueprint.get("/favicon.ico")
@requires(PUBLIC)
def favicon() -> BaseResponse:
    """Browsers ask for it by habit."""
    return redirect(asset("img/favicon.svg"), 301)


@blueprint.get("/robots.txt")
@requires(PUBLIC)
def robots() -> Response:
    """Personal and staff pages are nobody's to index."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/bookings/", "/reports/", "/studio", "/sign-in", "/demo")),
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
