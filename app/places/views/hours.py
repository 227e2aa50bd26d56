"""Opening hours, for those who look after a place: theirs, and those of the corner inside it."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core import clock
from app.core.errors import Busy, NotFound
from app.core.http import page, personal
from app.core.permissions import requires
from app.core.translation import gettext
from app.places import service
from app.places.forms.hours import HoursForm
from app.places.hours_pages import hours_page
from app.places.queries import PlaceView, place_by_id
from app.places.rules.vocabulary import HoursOf
from app.places.rules.weekly_hours import WeeklyHours, read
from app.places.views.looking_after import place_looked_after

INVALID = 422

blueprint = Blueprint("hours", __name__, url_prefix="/studio/places/<place_id>/hours")


@blueprint.get("")
@requires(STAFF)
def edit(place_id: str) -> BaseResponse:
    """Days and times as they stand."""
    return _edit(place_id, HoursOf.PLACE)


@blueprint.get("/corner")
@requires(STAFF)
def edit_corner(place_id: str) -> BaseResponse:
    """The same for the corner of an island."""
    return _edit(place_id, HoursOf.CORNER)


@blueprint.post("")
@requires(STAFF)
def save(place_id: str) -> BaseResponse:
    """Store them; what was typed stays if something is wrong."""
    return _save(place_id, HoursOf.PLACE)


@blueprint.post("/corner")
@requires(STAFF)
def save_corner(place_id: str) -> BaseResponse:
    """The same for the corner."""
    return _save(place_id, HoursOf.CORNER)


def _edit(place_id: str, of: HoursOf) -> BaseResponse:
    place = _place(place_id)
    if _has_none(place, of):
        return redirect(url_for("hours.edit", place_id=place_id), 303)
    hours = read(place.hours_texts[of is HoursOf.CORNER]) or WeeklyHours()
    return _page(place, of, HoursForm(clock.today(place.tzid), hours))


def _save(place_id: str, of: HoursOf) -> BaseResponse:
    place = _place(place_id)
    form = HoursForm(clock.today(place.tzid))
    if _has_none(place, of):
        return redirect(url_for("hours.edit", place_id=place_id), 303)
    if form.copy.data:
        form.copy_monday()
        return _page(place, of, form)
    if not form.validate_on_submit():
        return _page(place, of, form, INVALID)
    try:
        service.save_hours(place.id, form.command(of))
    except Busy as error:
        form.form_errors = [gettext("The site is very busy: nothing was saved yet. Press again in a moment.")]
        return _page(place, of, form, error.status)
    return redirect(url_for(str(request.endpoint).replace("save", "edit"), place_id=place_id, saved=1), 303)


def _place(place_id: str) -> PlaceView:
    """A published place."""
    place = place_by_id(place_looked_after(place_id).id)
    if place is None:
        raise NotFound(gettext("There is no such place."))
    return place


def _has_none(place: PlaceView, of: HoursOf) -> bool:
    """Only islands have a corner."""
    return of is HoursOf.CORNER and place.island is None


def _page(place: PlaceView, of: HoursOf, form: HoursForm, status: int = 200) -> Response:
    shown = hours_page(place, of, is_saved=request.args.get("saved") == "1" and request.method == "GET")
    return personal(
        page(
            "places/studio/hours", data_page="hours.edit", status=status, page=shown, form=form, noindex=True
        )
    )
