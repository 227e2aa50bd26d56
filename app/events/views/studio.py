"""The pages of those who look after places: what is coming, and a new event."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core import clock
from app.core.actor import Actor
from app.core.errors import ApplicationError, Conflict
from app.core.pagination import requested_page
from app.core.permissions import current_actor, requires
from app.events import done, queries, service
from app.events.commands import SaveEvent
from app.events.facts import OccurrenceView
from app.events.forms import EventForm
from app.events.rules.recurrence import first_instant
from app.events.studio_directory import Asked, directory_page
from app.events.studio_pages import DateRow, date_row, has_many_places, my_places_page, place_dates_page
from app.events.views.hosting import as_may_be, land, new_deed, refused, studio_page
from app.places.queries import StaffPlace
from app.places.views.looking_after import place_looked_after

blueprint = Blueprint("studio", __name__, url_prefix="/studio")


@blueprint.get("")
@requires(STAFF)
def index() -> Response:
    """My places, and what is coming there; many places are a list to search in."""
    actor = _actor()
    if not has_many_places(actor):
        return studio_page("index", data_page="studio.index", page=my_places_page(actor))
    asked = Asked(request.args.get("q", ""), request.args.get("territory", ""), requested_page())
    return studio_page("directory", data_page="studio.index", page=directory_page(actor, asked))


@blueprint.get("/places/<place_id>")
@requires(STAFF)
def place(place_id: str) -> Response:
    """Every coming date of one place, and what has just been done there."""
    found = place_looked_after(place_id)
    notice = done.done_notice(done.take(), found.id)
    shown = place_dates_page(_actor(), found, requested_page(), notice)
    return studio_page("place", data_page="studio.place", page=shown)


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
    if not form.validate_on_submit():
        return _new(place, form, 422)
    command = as_may_be(form.command(place.public_id), place)
    twin = None if form.is_sure() else _twin(place, command)
    if twin is not None:
        return _new(place, form, Conflict.status, date_row(twin))
    try:
        event_id = service.create_event(command)
    except ApplicationError as error:
        return _new(place, form, refused(form, error))
    first = queries.first_date_of(event_id, from_at=clock.now())
    assert first is not None  # the form asks for a moment that lies ahead
    return land(new_deed(command), first, told=0)


def _twin(place: StaffPlace, command: SaveEvent) -> OccurrenceView | None:
    """What looks like the same event, published already."""
    title = command.title.within(command.title.original).value
    starts_at = first_instant(command.starts_local, place.tzid)
    return queries.alike(place.id, title, starts_at, but=command.source_key or "")


def _new(place: StaffPlace, form: EventForm, status: int = 200, twin: DateRow | None = None) -> Response:
    return studio_page("new", data_page="studio.new_event", status=status, place=place, form=form, twin=twin)


def _actor() -> Actor:
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    return actor
