"""Poster and sticker of a place, to look at, to print from the browser, or as a PDF."""

from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request, url_for

from app.accounts.permissions import STAFF
from app.core import clock
from app.core.errors import Crowded, NotFound
from app.core.http import personal
from app.core.i18n import chosen_language
from app.core.permissions import requires
from app.core.translation import gettext
from app.events.posters import SIZES, Poster, PosterSize, poster
from app.events.printing import can_print, pdf_of
from app.events.views.hosting import studio_page
from app.places.queries import StaffPlace
from app.places.views.looking_after import place_looked_after

UNAVAILABLE = 404

blueprint = Blueprint("posters", __name__, url_prefix="/studio/places/<place_id>")


@blueprint.get("/poster")
@requires(STAFF)
def show(place_id: str) -> Response:
    """As it comes out of the printer; in the language of the page."""
    return _page(place_looked_after(place_id))


@blueprint.get("/poster.pdf")
@requires(STAFF)
def pdf(place_id: str) -> Response:
    """The same as a file; where it cannot be made, a page that says so."""
    place = place_looked_after(place_id)
    made = _poster(place)
    try:
        data = pdf_of(render_template("events/poster_pdf.html", poster=made, style=_style()))
    except Crowded:
        return _page(place, gettext("Others are printing just now: press again in a moment."), Crowded.status)
    if data is None:
        return _page(
            place, gettext("A PDF cannot be made here: print this page from your browser."), UNAVAILABLE
        )
    return _file(data, f"{place.slug}-{made.size.value}-{chosen_language()}.pdf")


def _style() -> str:
    return (Path(current_app.static_folder or "") / "css/poster.css").read_text("utf-8")


def _file(data: bytes, name: str) -> Response:
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return personal(answer)


def _poster(place: StaffPlace) -> Poster:
    asked = request.args.get("size", "")
    size = PosterSize(asked) if asked in set(PosterSize) else PosterSize.A4
    made = poster(place, size, clock.now())
    if made is None:
        raise NotFound(gettext("This place is not published yet: its poster would lead nowhere."))
    return made


def _page(place: StaffPlace, fault: str = "", status: int = 200) -> Response:
    made, place_id = _poster(place), place.public_id
    sizes = [
        (size is made.size, str(text), url_for("posters.show", place_id=place_id, size=size.value))
        for size, text in SIZES.items()
    ]
    file_url = url_for("posters.pdf", place_id=place_id, size=made.size.value, lang=chosen_language())
    return studio_page(
        "poster", data_page="posters.show", status=status, place=place, poster=made, sizes=sizes, file_url=file_url if can_print() else "", fault=fault
    )  # fmt: skip
