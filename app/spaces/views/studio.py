"""What hosts do with their rooms and desks."""

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core import clock
from app.core.errors import ApplicationError, NotFound
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.permissions import current_actor, permit, requires
from app.core.translation import gettext
from app.places.queries import StaffPlace, staff_place
from app.spaces import queries, service
from app.spaces.forms.host import DecideForm, SeriesForm
from app.spaces.forms.space import SpaceForm
from app.spaces.labels import refusal
from app.spaces.permissions import run_spaces
from app.spaces.queries import SpaceView
from app.spaces.studio_pages import space_page, space_row

blueprint = Blueprint("studio_spaces", __name__, url_prefix="/studio/places/<place_id>/spaces")


@blueprint.get("")
@requires(STAFF)
def index(place_id: str) -> Response:
    """The rooms and desks of a place."""
    place = _place(place_id)
    rows = [space_row(place, space) for space in queries.spaces_of(place.id, only_published=False)]
    return _answer("list", "list", place=place, rows=rows)


@blueprint.get("/new")
@requires(STAFF)
def new(place_id: str) -> Response:
    """The form of a new one."""
    return _form(_place(place_id), SpaceForm())


@blueprint.post("/new")
@requires(STAFF)
def create(place_id: str) -> BaseResponse:
    """Add it."""
    place, form = _place(place_id), SpaceForm()
    if not form.validate_on_submit():
        return _form(place, form, 422)
    space_id = service.save_space(place.id, form.command())
    return redirect(url_for("studio_spaces.show", place_id=place_id, space_id=space_id), 303)


@blueprint.get("/<space_id>/edit")
@requires(STAFF)
def edit(place_id: str, space_id: str) -> Response:
    """What it is now."""
    place, space = _space(place_id, space_id)
    return _form(place, SpaceForm.of(space))


@blueprint.post("/<space_id>/edit")
@requires(STAFF)
def save(place_id: str, space_id: str) -> BaseResponse:
    """Change it; what is reserved stays."""
    (place, space), form = _space(place_id, space_id), SpaceForm()
    if not form.validate_on_submit():
        return _form(place, form, 422)
    service.save_space(place.id, form.command(space), space_id)
    return redirect(url_for("studio_spaces.show", place_id=place_id, space_id=space_id), 303)


@blueprint.get("/<space_id>")
@requires(STAFF)
def show(place_id: str, space_id: str) -> Response:
    """Who has it, who asks, what was left out."""
    return _show(*_space(place_id, space_id))


@blueprint.post("/<space_id>/reservations/<reservation_id>/decide")
@requires(STAFF)
def decide(place_id: str, space_id: str, reservation_id: str) -> BaseResponse:
    """Accept or decline; whoever asked is told, with the words."""
    (place, space), form = _space(place_id, space_id), DecideForm()
    if not form.validate_on_submit():
        return _show(place, space, form, 422)
    return _do(place, space, lambda: service.decide(space.id, form.command(reservation_id)))


@blueprint.post("/<space_id>/reservations/<reservation_id>/take-up")
@requires(STAFF)
def take_up(place_id: str, space_id: str, reservation_id: str) -> BaseResponse:
    """Reserve after all what was left out."""
    place, space = _space(place_id, space_id)
    return _do(place, space, lambda: service.take_up(space.id, reservation_id))


@blueprint.post("/<space_id>/reservations/<reservation_id>/take-away")
@requires(STAFF)
def take_away(place_id: str, space_id: str, reservation_id: str) -> BaseResponse:
    """The place needs its space itself: whoever had it is told."""
    place, space = _space(place_id, space_id)
    return _do(place, space, lambda: service.take_away(space.id, reservation_id))


@blueprint.get("/<space_id>/series")
@requires(STAFF)
def series(place_id: str, space_id: str) -> Response:
    """Reserve it for the place, once or again and again."""
    place, space = _space(place_id, space_id)
    return _series(place, space, SeriesForm(place.tzid))


@blueprint.post("/<space_id>/series")
@requires(STAFF)
def reserve_series(place_id: str, space_id: str) -> BaseResponse:
    """Each date that is free; the others are listed."""
    place, space = _space(place_id, space_id)
    form = SeriesForm(place.tzid)
    if not form.validate_on_submit():
        return _series(place, space, form, 422)
    try:
        service.reserve_series(space.id, form.command(space))
    except ApplicationError as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _series(place, space, form, error.status)
    return redirect(url_for("studio_spaces.show", place_id=place_id, space_id=space_id), 303)


def _do(place: StaffPlace, space: SpaceView, verb: Any) -> BaseResponse:
    """One press of a button; why it cannot be done stands above the list."""
    if not ButtonForm().validate_on_submit():
        return _show(place, space, status=422)
    try:
        verb()
    except NotFound:
        raise
    except ApplicationError as error:
        return _show(place, space, status=error.status, problem=refusal(error))
    return redirect(url_for("studio_spaces.show", place_id=place.public_id, space_id=space.public_id), 303)


def _show(
    place: StaffPlace, space: SpaceView, form: DecideForm | None = None, status: int = 200, problem: str = ""
) -> Response:
    shown = space_page(place, space, queries.reservations_of(space.id, clock.now()))
    return _answer("show", "show", status, page=shown, form=form or DecideForm(), problem=problem)


def _series(place: StaffPlace, space: SpaceView, form: SeriesForm, status: int = 200) -> Response:
    shown = space_page(place, space, ())
    return _answer("series", "series", status, page=shown, form=form, slot_minutes=space.slot_minutes)


def _form(place: StaffPlace, form: SpaceForm, status: int = 200) -> Response:
    return _answer("form", "edit", status, place=place, form=form)


def _answer(template: str, name: str, status: int = 200, **context: Any) -> Response:
    answer = page(
        f"spaces/studio/{template}", data_page=f"studio_spaces.{name}", status=status, noindex=True, **context
    )
    return personal(answer)


def _place(place_id: str) -> StaffPlace:
    """The place, if the person looks after it. Raises NotFound, NotPermitted."""
    place = staff_place(place_id)
    if place is None:
        raise NotFound(gettext("There is no such place."))
    permit(run_spaces(current_actor(), place.id, place.territory_ids))
    return place


def _space(place_id: str, space_id: str) -> tuple[StaffPlace, SpaceView]:
    place, space = _place(place_id), queries.space_by_public_id(space_id)
    if space is None or space.place_id != place.id:
        raise NotFound(gettext("There is no such room: perhaps the address is incomplete."))
    return place, space
