"""Pages of a place."""

from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.core import clock
from app.core.errors import NotFound
from app.core.http import absolute, page
from app.core.page_memory import kept_page
from app.core.permissions import PUBLIC, requires
from app.places.pages import place_page
from app.places.queries import current_slug, place_by_slug
from app.places.sheet import sheet_page

blueprint = Blueprint("places", __name__)
PERMANENT = 301


@blueprint.get("/places/<slug>")
@requires(PUBLIC)
@kept_page()
def detail(slug: str) -> BaseResponse:
    """A place in full; an old address leads to the new one."""
    found = place_page(slug, clock.now())
    if found is None:
        return moved(slug)
    return page("places/detail", data_page="places.detail", page=found, noindex=found.is_demo)


@blueprint.get("/places/<slug>/print")
@requires(PUBLIC)
def print_sheet(slug: str) -> BaseResponse:
    """The same on one sheet of paper, with a QR code."""
    found = sheet_page(slug, clock.now())
    if found is None:
        return moved(slug)
    return page("places/print", data_page="places.print", page=found, noindex=True)


@blueprint.get("/places/<slug>/qr.svg")
@requires(PUBLIC)
def qr(slug: str) -> BaseResponse:
    """The QR code that leads to the place's page."""
    if place_by_slug(slug) is None:
        return moved(slug)
    image = BytesIO()
    segno.make(absolute("places.detail", slug=slug), error="m", micro=False).save(
        image, kind="svg", scale=4, border=4, light="#ffffff", svgclass=None, lineclass=None
    )
    response = Response(image.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def moved(slug: str) -> BaseResponse:
    """Where the place with this old slug lives now, with the question as it was asked."""
    current = current_slug(slug)
    if current is None:
        raise NotFound
    asked = request.args.to_dict(flat=False).items()
    values: dict[str, Any] = {
        name: value for name, value in asked if not name.startswith("_") and name != "endpoint"
    }
    return redirect(url_for(str(request.endpoint), **{**values, "slug": current}), PERMANENT)
