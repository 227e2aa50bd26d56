"""The small page of those who look after a place: publish an event, move, cancel or reinstate one date."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.forms import ButtonForm
from app.accounts.permissions import STAFF
from app.core.errors import ApplicationError, Busy, Conflict, Invalid, NotFound
from app.core.http import page, personal
from app.core.pagination import requested_page
from app.core.permissions import current_actor, permit, requires
from app.core.translation import gettext
from app.events import queries, service
from app.events.facts import OccurrenceView, StaffPlace
from app.events.forms import EventForm, MoveForm, WhenForm
from app.events.labels import refusal
from app.events.permissions import edit_place_events
from app.events.rules.recurrence import first_instant
from app.events.studio_pages import date_row, my_places_page, place_dates_page

blueprint = Blueprint("studio", __name__, url_prefix="/studio")


@blueprint.get("")
@requires(STAFF)
def index() -> Response:
    """My places, and what is coming there."""
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    shown = my_places_page(actor, requested_page())
    return _page("index", data_page="studio.index", page=shown)


@blueprint.get("/places/<place_id>")
@requires(STAFF)
def place(place_id: str) -> Response:
    """Every coming date of one place."""
    shown = place_dates_page(_place(place_id), requested_page())
    return _page("place", data_page="studio.place", page=shown)


@blueprint.get("/places/<place_id>/events/new")
@requires(STAFF)
def new_event(place_id: str) -> Response:
    """The form of a new event."""
    place = _place(place_id)
    return _new(place, EventForm(place.tzid))


@blueprint.post("/places/<place_id>/events/new")
@requires(STAFF)
def create_event(place_id: str) -> BaseResponse:
    """Publish it, with all its dates."""
    place = _place(place_id)
    form = EventForm(place.tzid)
    if form.validate_on_submit():
        try:
            service.create_event(form.command(place.public_id))
            return redirect(url_for("studio.index"), 303)
        except ApplicationError as error:
            return _new(place, form, _refused(form, error))
    return _new(place, form, 422)


@blueprint.get("/occurrences/<occurrence_id>/move")
@requires(STAFF)
def move(occurrence_id: str) -> Response:
    """Ask for another time."""
    view = _date(occurrence_id)
    return _move(view, MoveForm.of(view.starts_at, view.tzid))


@blueprint.post("/occurrences/<occurrence_id>/move")
@requires(STAFF)
def move_there(occurrence_id: str) -> BaseResponse:
    """Move one date; whoever has booked is told."""
    view = _date(occurrence_id)
    form = MoveForm(view.tzid)
    if form.validate_on_submit():
        starts_at = first_instant(form.starts_local, view.tzid)
        try:
            service.move_occurrence(occurrence_id, starts_at, starts_at + (view.ends_at - view.starts_at))
            return redirect(url_for("studio.index"), 303)
        except ApplicationError as error:
            return _move(view, form, _refused(form, error))
    return _move(view, form, 422)


@blueprint.get("/occurrences/<occurrence_id>/cancel")
@requires(STAFF)
def cancel(occurrence_id: str) -> Response:
    """Ask whether the date is really off."""
    row = date_row(_date(occurrence_id))
    return _page("cancel", data_page="studio.cancel", row=row, form=ButtonForm())


@blueprint.post("/occurrences/<occurrence_id>/cancel")
@requires(STAFF)
def cancel_it(occurrence_id: str) -> BaseResponse:
    """Cancel one date; whoever has booked is told."""
    return _change(occurrence_id, service.cancel_occurrence)


@blueprint.get("/occurrences/<occurrence_id>/reinstate")
@requires(STAFF)
def reinstate(occurrence_id: str) -> Response:
    """Ask whether the date takes place after all."""
    row = date_row(_date(occurrence_id))
    return _page("reinstate", data_page="studio.reinstate", row=row, form=ButtonForm())


@blueprint.post("/occurrences/<occurrence_id>/reinstate")
@requires(STAFF)
def reinstate_it(occurrence_id: str) -> BaseResponse:
    """Let a cancelled date take place after all."""
    return _change(occurrence_id, service.reinstate_occurrence)


def _change(occurrence_id: str, verb: Callable[[str], None]) -> BaseResponse:
    _date(occurrence_id)
    try:
        verb(occurrence_id)
    except Conflict as error:
        raise type(error)(refusal(error)) from error
    return redirect(url_for("studio.index"), 303)


def _new(place: StaffPlace, form: EventForm, status: int = 200) -> Response:
    return _page("new", data_page="studio.new_event", status=status, place=place, form=form)


def _move(view: OccurrenceView, form: MoveForm, status: int = 200) -> Response:
    return _page("move", data_page="studio.move", status=status, row=date_row(view), form=form)


def _refused(form: WhenForm, error: ApplicationError) -> int:
    """Put the reason above what was typed; the status says whether the form or the moment was wrong."""
    form.form_errors = [*form.form_errors, refusal(error)]
    return Busy.status if isinstance(error, Busy) else Invalid.status


def _place(place_id: str) -> StaffPlace:
    """The place, if the person may edit what happens there."""
    place = queries.staff_place(place_id)
    if place is None:
        raise NotFound(gettext("There is no such place."))
    permit(edit_place_events(current_actor(), place.id, place.territory_ids))
    return place


def _date(occurrence_id: str) -> OccurrenceView:
    """The date, if the person may edit what happens at its place."""
    view = queries.occurrence_for_staff(occurrence_id)
    if view is None:
        raise NotFound(gettext("There is no such date."))
    permit(edit_place_events(current_actor(), view.place.id, queries.territory_ids_of(view.place.id)))
    return view


def _page(name: str, *, data_page: str, status: int = 200, **context: Any) -> Response:
    return personal(page(f"studio/{name}", data_page=data_page, status=status, noindex=True, **context))
