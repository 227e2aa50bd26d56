"""The small page of those who look after a place: publish an event, move, cancel or reinstate one date."""

from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core import clock
from app.core.actor import Actor
from app.core.errors import ApplicationError, Busy, Conflict, Invalid, NotFound
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.pagination import requested_page
from app.core.permissions import current_actor, permit, requires
from app.core.translation import gettext
from app.events import done, queries, service
from app.events.date_verbs import settled_page
from app.events.done import Deed, Done
from app.events.facts import OccurrenceView
from app.events.forms import CancelForm, EventForm, MoveForm, WhenForm
from app.events.labels import refusal
from app.events.permissions import edit_place_events
from app.events.rules.recurrence import first_instant
from app.events.studio_directory import Asked, directory_page
from app.events.studio_pages import (
    date_row,
    dates_url,
    has_many_places,
    my_places_page,
    place_dates_page,
    place_link,
)
from app.places.queries import StaffPlace
from app.places.views.looking_after import place_looked_after

blueprint = Blueprint("studio", __name__, url_prefix="/studio")


@blueprint.get("")
@requires(STAFF)
def index() -> Response:
    """My places, and what is coming there; many places are a list to search in."""
    actor = _actor()
    if not has_many_places(actor):
        return _page("index", data_page="studio.index", page=my_places_page(actor))
    asked = Asked(request.args.get("q", ""), request.args.get("territory", ""), requested_page())
    return _page("directory", data_page="studio.index", page=directory_page(actor, asked))


@blueprint.get("/places/<place_id>")
@requires(STAFF)
def place(place_id: str) -> Response:
    """Every coming date of one place, and what has just been done there."""
    found = place_looked_after(place_id)
    notice = done.done_notice(done.take(), found.id)
    shown = place_dates_page(_actor(), found, requested_page(), notice)
    return _page("place", data_page="studio.place", page=shown)


@blueprint.get("/places/<place_id>/events/new")
@requires(STAFF)
def new_event(place_id: str) -> Response:
    """The form of a new event."""
    place = place_looked_after(place_id)
    return _new(place, EventForm(place.tzid))


@blueprint.post("/places/<place_id>/events/new")
@requires(STAFF)
def create_event(place_id: str) -> BaseResponse:
    """Publish it, with all its dates."""
    place = place_looked_after(place_id)
    form = EventForm(place.tzid)
    if form.validate_on_submit():
        try:
            event_id = service.create_event(form.command(place.public_id))
        except ApplicationError as error:
            return _new(place, form, _refused(form, error))
        first = queries.first_date_of(event_id, from_at=clock.now())
        assert first is not None  # the form asks for a moment that lies ahead
        return _land(Deed.PUBLISHED, first, told=0)
    return _new(place, form, 422)


@blueprint.get("/occurrences/<occurrence_id>/move")
@requires(STAFF)
def move(occurrence_id: str) -> Response:
    """Ask for another time."""
    view = _date(occurrence_id)
    return _ask("move", view, MoveForm.of(view.starts_at, view.tzid))


@blueprint.post("/occurrences/<occurrence_id>/move")
@requires(STAFF)
def move_there(occurrence_id: str) -> BaseResponse:
    """Move one date; whoever has booked is told."""
    view = _date(occurrence_id)
    form = MoveForm(view.tzid)
    if not form.validate_on_submit():
        return _ask("move", view, form, 422)
    starts_at = first_instant(form.starts_local, view.tzid)
    try:
        told = service.move_occurrence(occurrence_id, starts_at, starts_at + (view.ends_at - view.starts_at))
    except ApplicationError as error:
        return _ask("move", view, form, _refused(form, error))
    return _land(Deed.MOVED, _date(occurrence_id), told)


@blueprint.get("/occurrences/<occurrence_id>/cancel")
@requires(STAFF)
def cancel(occurrence_id: str) -> Response:
    """Ask whether the date is really off, and why."""
    return _ask("cancel", _date(occurrence_id), CancelForm())


@blueprint.post("/occurrences/<occurrence_id>/cancel")
@requires(STAFF)
def cancel_it(occurrence_id: str) -> BaseResponse:
    """Cancel one date; whoever has booked is told."""
    view = _date(occurrence_id)
    form = CancelForm()
    if not form.validate_on_submit():
        return _ask("cancel", view, form, 422)
    try:
        told = service.cancel_occurrence(occurrence_id, form.why())
    except Conflict:
        return _ask("cancel", _date(occurrence_id), form, Conflict.status)
    return _land(Deed.CANCELLED, _date(occurrence_id), told)


@blueprint.get("/occurrences/<occurrence_id>/reinstate")
@requires(STAFF)
def reinstate(occurrence_id: str) -> Response:
    """Ask whether the date takes place after all."""
    return _ask("reinstate", _date(occurrence_id), ButtonForm())


@blueprint.post("/occurrences/<occurrence_id>/reinstate")
@requires(STAFF)
def reinstate_it(occurrence_id: str) -> BaseResponse:
    """Let a cancelled date take place after all."""
    view = _date(occurrence_id)
    try:
        told = service.reinstate_occurrence(occurrence_id)
    except Conflict:
        return _ask("reinstate", view, ButtonForm(), Conflict.status)
    return _land(Deed.REINSTATED, _date(occurrence_id), told)


def _land(deed: Deed, date: OccurrenceView, told: int | None) -> BaseResponse:
    """On the page of the place's dates where this one stands, which says what happened."""
    done.remember(Done(deed, date.public_id, told))
    return redirect(dates_url(date), 303)


def _new(place: StaffPlace, form: EventForm, status: int = 200) -> Response:
    return _page("new", data_page="studio.new_event", status=status, place=place, form=form)


def _ask(verb: str, view: OccurrenceView, form: Any, status: int = 200) -> Response:
    """The question, or why it need not be asked: the date is cancelled, over, or on the programme already."""
    row, back = date_row(view), place_link(view)
    settled = settled_page(view, verb)
    if settled is not None:
        status = Conflict.status if request.method == "POST" else 200
        return _page("settled", data_page=f"studio.{verb}", status=status, page=settled, row=row, back=back)
    return _page(verb, data_page=f"studio.{verb}", status=status, row=row, form=form, back=back)


def _refused(form: WhenForm, error: ApplicationError) -> int:
    """Put the reason above what was typed; the status says whether the form or the moment was wrong."""
    form.form_errors = [*form.form_errors, refusal(error)]
    return Busy.status if isinstance(error, Busy) else Invalid.status


def _actor() -> Actor:
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    return actor


def _date(occurrence_id: str) -> OccurrenceView:
    """The date, if the person may edit what happens at its place."""
    view = queries.occurrence_for_staff(occurrence_id)
    if view is None:
        raise NotFound(gettext("There is no such date."))
    permit(edit_place_events(current_actor(), view.place.id, queries.territory_ids_of(view.place.id)))
    return view


def _page(name: str, *, data_page: str, status: int = 200, **context: Any) -> Response:
    return personal(
        page(f"events/studio/{name}", data_page=data_page, status=status, noindex=True, **context)
    )
