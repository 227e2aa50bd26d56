"""Change dates that are published: move, cancel or reinstate them, put one off, give them another number of places."""

from typing import Any, TypeVar

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core.errors import ApplicationError, Conflict
from app.core.forms import ButtonForm
from app.core.permissions import requires
from app.events import queries, service
from app.events.date_verbs import settled_page
from app.events.done import Deed
from app.events.facts import OccurrenceView
from app.events.forms.dates import CancelForm, MoveForm, ReasonForm, ScopeForm, SeatsForm
from app.events.rules.occurrence import Scope
from app.events.rules.recurrence import first_instant
from app.events.studio_pages import date_row, place_link
from app.events.views.hosting import land, looked_after, refused, studio_page

F = TypeVar("F", bound=ScopeForm)
blueprint = Blueprint("studio_dates", __name__, url_prefix="/studio/occurrences/<occurrence_id>")


@blueprint.get("/move")
@requires(STAFF)
def move(occurrence_id: str) -> Response:
    """Ask for another time."""
    view = looked_after(occurrence_id)
    return _ask("move", view, MoveForm.of(view.starts_at, view.tzid))


@blueprint.post("/move")
@requires(STAFF)
def move_there(occurrence_id: str) -> BaseResponse:
    """Move the dates; whoever has booked is told."""
    view = looked_after(occurrence_id)
    form = _scoped(MoveForm(view.tzid), view)
    if not form.validate_on_submit():
        return _ask("move", view, form, 422)
    try:
        told = _move(view, form)
    except ApplicationError as error:
        return _ask("move", view, form, refused(form, error))
    return land(Deed.MOVED, looked_after(occurrence_id), told)


@blueprint.get("/cancel")
@requires(STAFF)
def cancel(occurrence_id: str) -> Response:
    """Ask whether the date is really off, and why."""
    return _ask("cancel", looked_after(occurrence_id), CancelForm())


@blueprint.post("/cancel")
@requires(STAFF)
def cancel_it(occurrence_id: str) -> BaseResponse:
    """Cancel the dates; whoever has booked is told."""
    view = looked_after(occurrence_id)
    form = _scoped(CancelForm(), view)
    if not form.validate_on_submit():
        return _ask("cancel", view, form, 422)
    try:
        told = _cancel(view, form)
    except Conflict:
        return _ask("cancel", looked_after(occurrence_id), form, Conflict.status)
    return land(Deed.CANCELLED, looked_after(occurrence_id), told)


@blueprint.get("/postpone")
@requires(STAFF)
def postpone(occurrence_id: str) -> Response:
    """Ask whether the date is put off, and why."""
    return _ask("postpone", looked_after(occurrence_id), ReasonForm())


@blueprint.post("/postpone")
@requires(STAFF)
def postpone_it(occurrence_id: str) -> BaseResponse:
    """Put one date off until its new day is known."""
    view = looked_after(occurrence_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _ask("postpone", view, form, 422)
    try:
        told = service.postpone_occurrence(occurrence_id, form.why())
    except Conflict:
        return _ask("postpone", looked_after(occurrence_id), form, Conflict.status)
    return land(Deed.POSTPONED, looked_after(occurrence_id), told)


@blueprint.get("/seats")
@requires(STAFF)
def seats(occurrence_id: str) -> Response:
    """Ask how many can come."""
    view = looked_after(occurrence_id)
    return _ask("seats", view, SeatsForm(capacity=view.capacity))


@blueprint.post("/seats")
@requires(STAFF)
def give_seats(occurrence_id: str) -> BaseResponse:
    """Give the dates another number of places; whoever waits moves up."""
    view = looked_after(occurrence_id)
    form = _scoped(SeatsForm(), view)
    if not form.validate_on_submit():
        return _ask("seats", view, form, 422)
    try:
        _resize(view, form)
    except ApplicationError as error:
        return _ask("seats", view, form, refused(form, error))
    return land(Deed.RESIZED, looked_after(occurrence_id), 0)


@blueprint.get("/reinstate")
@requires(STAFF)
def reinstate(occurrence_id: str) -> Response:
    """Ask whether the date takes place after all."""
    return _ask("reinstate", looked_after(occurrence_id), ButtonForm())


@blueprint.post("/reinstate")
@requires(STAFF)
def reinstate_it(occurrence_id: str) -> BaseResponse:
    """Let a cancelled date take place after all."""
    view = looked_after(occurrence_id)
    try:
        told = service.reinstate_occurrence(occurrence_id)
    except Conflict:
        return _ask("reinstate", view, ButtonForm(), Conflict.status)
    return land(Deed.REINSTATED, looked_after(occurrence_id), told)


def _move(view: OccurrenceView, form: MoveForm) -> int | None:
    starts_at = first_instant(form.starts_local, view.tzid)
    if form.chosen() is Scope.THIS:
        return service.move_occurrence(view.public_id, starts_at, starts_at + (view.ends_at - view.starts_at))
    return service.move_series(view.public_id, starts_at, form.chosen())


def _cancel(view: OccurrenceView, form: CancelForm) -> int | None:
    if form.chosen() is Scope.THIS:
        return service.cancel_occurrence(view.public_id, form.why())
    return service.cancel_series(view.public_id, form.chosen(), form.why())


def _resize(view: OccurrenceView, form: SeatsForm) -> None:
    if form.chosen() is Scope.THIS:
        return service.resize_occurrence(view.public_id, form.capacity.data)
    return service.resize_series(view.public_id, form.capacity.data, form.chosen())


def _scoped(form: F, view: OccurrenceView) -> F:
    """The form with the choices that this date's series offers."""
    form.offer(**queries.dates_beside(view))
    return form


def _ask(verb: str, view: OccurrenceView, form: Any, status: int = 200) -> Response:
    """The question, or why it need not be asked: the date is cancelled, over, or on the programme already."""
    row, back = date_row(view), place_link(view)
    settled = settled_page(view, verb)
    if settled is not None:
        status = Conflict.status if request.method == "POST" else 200
        return studio_page(
            "settled", data_page=f"studio.{verb}", status=status, page=settled, row=row, back=back
        )
    if isinstance(form, ScopeForm):
        _scoped(form, view)
    return studio_page(verb, data_page=f"studio.{verb}", status=status, row=row, form=form, back=back)
