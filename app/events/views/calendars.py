"""Calendars of others for a place: look, take in, see what they no longer have, let them go."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core.bodies import takes_up_to
from app.core.errors import ApplicationError, Busy, NotFound
from app.core.forms import ButtonForm
from app.core.limits import TooManyRequests, limit
from app.core.permissions import current_actor, permit, requires
from app.core.translation import gettext
from app.events import service
from app.events.calendar_pages import preview_page, refusal, source_rows
from app.events.forms.calendars import CalendarForm
from app.events.importing import following
from app.events.importing.blocks import MAX_BYTES, CalendarRefused
from app.events.importing.fetching import FetchRefused
from app.events.permissions import publishes_at_once
from app.events.queries.calendars import SourceView, source_by_public_id, sources_of
from app.events.rules.vocabulary import EventKind
from app.events.service import TooManyCalendars
from app.events.views.hosting import studio_page
from app.places.queries import StaffPlace
from app.places.queries.claims import is_only_self_claimed
from app.places.views.looking_after import place_looked_after

INVALID = 422
LOOKS = "30 per hour"  # a person
MOST_BODY = MAX_BYTES + 100_000

blueprint = Blueprint("calendars", __name__, url_prefix="/studio/places/<place_id>/calendars")


@blueprint.get("")
@requires(STAFF)
def index(place_id: str) -> Response:
    """Those that are followed, and the form for another one."""
    return _page(_place(place_id), CalendarForm())


@blueprint.post("")
@requires(STAFF)
@takes_up_to(MOST_BODY)
def look(place_id: str) -> BaseResponse:
    """Read it and show what it would bring; nothing is published yet."""
    place, form = _place(place_id), CalendarForm()
    if not form.validate():
        return _page(place, form, INVALID)
    try:
        source_id = _looked(place, form)
    except (FetchRefused, CalendarRefused, TooManyCalendars, TooManyRequests, Busy) as error:
        return _refused(place, form, error)
    return redirect(url_for("calendars.show", place_id=place_id, source_id=source_id), 303)


@blueprint.get("/<source_id>")
@requires(STAFF)
def show(place_id: str, source_id: str) -> Response:
    """What it would bring."""
    place = _place(place_id)
    source = _source(place, source_id)
    if source.draft is None:
        raise NotFound(gettext("This was taken in already, or it is too old: look at it again."))
    calendar, report = following.preview(place, source)
    shown = preview_page(source, calendar, report, place.name.lang, place.tzid)
    return studio_page("calendar", data_page="calendars.show", place=place, page=shown, form=ButtonForm())


@blueprint.post("/<source_id>")
@requires(STAFF)
def take(place_id: str, source_id: str) -> BaseResponse:
    """Take it in; from an address it is followed from now on."""
    place = _place(place_id)
    source = _source(place, source_id)
    if source.draft is not None:
        following.take_in(place, source)
    return redirect(url_for("calendars.index", place_id=place_id), 303)


@blueprint.post("/<source_id>/gone")
@requires(STAFF)
def gone(place_id: str, source_id: str) -> BaseResponse:
    """What it no longer has does not take place; families are told."""
    following.cancel_gone(_source(_place(place_id), source_id))
    return redirect(url_for("calendars.index", place_id=place_id), 303)


@blueprint.post("/<source_id>/end")
@requires(STAFF)
def end(place_id: str, source_id: str) -> BaseResponse:
    """Follow it no longer; its events stay."""
    service.forget_source(_source(_place(place_id), source_id).public_id)
    return redirect(url_for("calendars.index", place_id=place_id), 303)


def _looked(place: StaffPlace, form: CalendarForm) -> str:
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    limit(LOOKS, "calendars", actor.public_id)
    kind = EventKind(form.kind.data)
    if form.file.data:
        return following.look_at_file(place, form.content(MAX_BYTES), kind)
    return following.look_at_address(place, str(form.address.data), kind)


def _place(place_id: str) -> StaffPlace:
    """Only who publishes at once: a calendar cannot wait for a manager event by event."""
    place, actor = place_looked_after(place_id), current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    is_alone = is_only_self_claimed(place.id, actor.email)
    permit(publishes_at_once(actor, place.territory_ids, is_self_claimed=is_alone))
    return place


def _source(place: StaffPlace, source_id: str) -> SourceView:
    source = source_by_public_id(source_id)
    if source is None or source.place_id != place.id:
        raise NotFound(gettext("There is no such calendar."))
    return source


def _refused(place: StaffPlace, form: CalendarForm, error: ApplicationError) -> Response:
    form.form_errors = [*form.form_errors, refusal(error)]
    return _page(place, form, error.status)


def _page(place: StaffPlace, form: CalendarForm, status: int = 200) -> Response:
    return studio_page(
        "calendars", data_page="calendars.index", status=status, place=place, form=form,
        sources=source_rows(sources_of(place.id), place.tzid),
    )  # fmt: skip
