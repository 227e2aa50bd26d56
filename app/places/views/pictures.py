"""Public bytes of pictures: the files of photos, and the cards of shared links."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.core.errors import NotFound
from app.core.http import YEAR_SECONDS
from app.core.permissions import PUBLIC, current_actor, requires
from app.places.darkroom import Card
from app.places.pages import card_of
from app.places.permissions import look_after
from app.places.pictures import ENDINGS
from app.places.queries import StoredFile, photo_file, place_by_slug, staff_place
from app.places.shared_cards import card_bytes, card_of_site, version
from app.places.views.public import moved

blueprint = Blueprint("pictures", __name__)
FORMATS = {ending: photo_format for photo_format, ending in ENDINGS.items()}
FOR_EVER = f"public, max-age={YEAR_SECONDS}, immutable"
FOR_NOW = "public, max-age=3600"
# The short-cut may answer while nothing stored changes, no longer: a photo that is removed is gone at once.
UNTIL_CHANGE_SECONDS = "3600"


@blueprint.get("/photos/<string(length=32):digest>.<any(avif,webp,jpg):ending>")
@requires(PUBLIC)
def photo(digest: str, ending: str) -> Response:
    """One file of a photo; of a place that is not published only for those who look after it."""
    file = photo_file(digest, FORMATS[ending])
    if file is None or not (file.is_published or _is_ours(file)):
        raise NotFound
    response = _picture(file.data, f"image/{FORMATS[ending]}", FOR_EVER)
    if not file.is_published:
        response.headers["Cache-Control"] = "private, no-store"
        del response.headers["X-Until-Change"]
    return response


@blueprint.get("/places/<slug>/card.jpg")
@requires(PUBLIC)
def place_card(slug: str) -> BaseResponse:
    """What a shared link to the place shows."""
    place = place_by_slug(slug)
    if place is None:
        return moved(slug)
    return _card(card_of(place))


@blueprint.get("/card.jpg")
@requires(PUBLIC)
def site_card() -> Response:
    """What a shared link to any other page shows."""
    return _card(card_of_site())


def _card(card: Card) -> Response:
    is_current = request.args.get("v") == version(card)
    return _picture(card_bytes(card), "image/jpeg", FOR_EVER if is_current else FOR_NOW)


def _is_ours(file: StoredFile) -> bool:
    place = staff_place(file.place_id)
    return place is not None and look_after(current_actor(), place.id, place.territory_ids)


def _picture(data: bytes, mimetype: str, caching: str) -> Response:
    """Bytes that can be nothing but a picture, whoever opens them."""
    response = Response(data, mimetype=mimetype)
    response.headers["Cache-Control"] = caching
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response.headers["X-Until-Change"] = UNTIL_CHANGE_SECONDS
    return response
