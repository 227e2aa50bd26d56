"""Photos of a place, for those who look after it: add, put in order, say what they show, remove."""

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core.bodies import takes_up_to
from app.core.errors import ApplicationError, Invalid
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.i18n import chosen_language
from app.core.limits import limit
from app.core.permissions import current_actor, requires
from app.places import service
from app.places.forms.photos import PhotoForm, PositionForm, WordsForm
from app.places.photo_refusals import refusal
from app.places.queries import StaffPlace
from app.places.rules.photos import MOST_BODY_BYTES
from app.places.studio_photos import Deed, photo_of, photos_page, remember, take
from app.places.views.looking_after import place_looked_after

blueprint = Blueprint("photos", __name__, url_prefix="/studio/places/<place_id>/photos")
UPLOADS = "120 per hour"  # a person; more than anybody needs, fewer than keep the machine busy


@blueprint.get("")
@requires(STAFF)
def index(place_id: str) -> Response:
    """The photos, and the form for another one."""
    place = place_looked_after(place_id)
    return _index(place, PhotoForm(), done=take(place))


@blueprint.post("")
@requires(STAFF)
@takes_up_to(MOST_BODY_BYTES)
def add(place_id: str) -> BaseResponse:
    """Add one behind the others."""
    place, form, actor = place_looked_after(place_id), PhotoForm(), current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    if not form.validate_on_submit():
        return _index(place, form, Invalid.status)
    limit(UPLOADS, "photos", actor.public_id)
    try:
        service.add_photo(form.command(place.id, actor.person_id))
    except ApplicationError as error:
        form.photo.errors = [refusal(error)]
        return _index(place, form, error.status)
    return _land(place, Deed.ADDED)


@blueprint.post("/<photo_id>/move")
@requires(STAFF)
def move(place_id: str, photo_id: str) -> BaseResponse:
    """Give it another position."""
    place, form = place_looked_after(place_id), PositionForm()
    if not form.validate_on_submit() or form.number is None:
        raise Invalid
    service.move_photo(place.id, photo_id, form.number)
    return _land(place, Deed.MOVED)


@blueprint.get("/<photo_id>/words")
@requires(STAFF)
def words(place_id: str, photo_id: str) -> BaseResponse:
    """What it shows, to be said better or in another language."""
    return _words(place_looked_after(place_id), photo_id, None)


@blueprint.post("/<photo_id>/words")
@requires(STAFF)
def say(place_id: str, photo_id: str) -> BaseResponse:
    """Store the words in the language of the page."""
    place, form = place_looked_after(place_id), WordsForm()
    if not form.validate_on_submit():
        return _words(place, photo_id, form)
    service.describe_photo(place.id, photo_id, form.words)
    return _land(place, Deed.DESCRIBED)


@blueprint.get("/<photo_id>/remove")
@requires(STAFF)
def remove(place_id: str, photo_id: str) -> BaseResponse:
    """Ask whether it shall really go."""
    place = place_looked_after(place_id)
    found = photo_of(place, photo_id)
    if found is None:  # removed already, as at the second press of the button
        return redirect(_url(place), 303)
    return _page(
        "remove_photo", data_page="photos.remove", photo=found, form=ButtonForm(), back_url=_url(place)
    )


@blueprint.post("/<photo_id>/remove")
@requires(STAFF)
def remove_it(place_id: str, photo_id: str) -> BaseResponse:
    """Remove it with all its bytes."""
    place, form = place_looked_after(place_id), ButtonForm()
    if not form.validate_on_submit():
        raise Invalid
    service.remove_photo(place.id, photo_id)
    return _land(place, Deed.REMOVED)


def _words(place: StaffPlace, photo_id: str, form: WordsForm | None) -> BaseResponse:
    """The form, first with the words that there are in this language."""
    photo = photo_of(place, photo_id)
    if photo is None:  # removed meanwhile
        return redirect(_url(place), 303)
    said = photo.alt.value if photo.alt.lang == chosen_language() else ""
    shown, status = (form, Invalid.status) if form else (WordsForm(alt=said), 200)
    context = {"photo": photo, "form": shown, "back_url": _url(place)}
    return _page("photo_words", data_page="photos.words", status=status, **context)


def _land(place: StaffPlace, deed: Deed) -> BaseResponse:
    remember(deed, place)
    return redirect(_url(place), 303)


def _url(place: StaffPlace) -> str:
    return url_for("photos.index", place_id=place.public_id)


def _index(place: StaffPlace, form: PhotoForm, status: int = 200, done: Deed | None = None) -> Response:
    shown = photos_page(place, done)
    return _page("photos", data_page="photos.index", status=status, page=shown, form=form)


def _page(name: str, *, data_page: str, status: int = 200, **context: Any) -> Response:
    return personal(
        page(f"places/studio/{name}", data_page=data_page, status=status, noindex=True, **context)
    )
