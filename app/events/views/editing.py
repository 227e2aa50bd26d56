"""Edit an event that is published: what it says, when it is, and what becomes of booked dates that it loses."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core import clock
from app.core.errors import ApplicationError, Conflict
from app.core.http import page, personal
from app.core.permissions import requires
from app.events import queries, service
from app.events.done import Deed
from app.events.facts import EventView
from app.events.forms.edit import EditForm, LeftOut
from app.events.pages import DATES_SHOWN, event_page
from app.events.queries.reviews import review_of
from app.events.studio_pages import date_row
from app.events.views.hosting import as_may_be, event_looked_after, land, new_deed, refused, studio_page
from app.places.queries import staff_place

blueprint = Blueprint("studio_events", __name__, url_prefix="/studio/events/<event_id>")


@blueprint.get("")
@requires(STAFF)
def edit(event_id: str) -> Response:
    """The event as it stands, in a form."""
    event = event_looked_after(event_id)
    return _ask(event, EditForm.of(event))


@blueprint.get("/preview")
@requires(STAFF)
def preview(event_id: str) -> Response:
    """The page that everybody will see."""
    event = event_looked_after(event_id)
    dates = queries.coming_for_staff(event.id, from_at=clock.now(), limit=DATES_SHOWN)
    shown = event_page(event, dates, dates[0] if dates else None, None)
    edit_url = url_for("studio_events.edit", event_id=event_id)
    return personal(
        page("events/detail", data_page="studio.preview", page=shown, edit_url=edit_url, noindex=True)
    )


@blueprint.post("")
@requires(STAFF)
def save(event_id: str) -> BaseResponse:
    """Save it; where booked dates would be lost, ask first what becomes of them."""
    event = event_looked_after(event_id)
    form = EditForm(event)
    if not form.validate_on_submit():
        return _ask(event, form, 422)
    try:
        return _save(event, form)
    except ApplicationError as error:
        return _ask(event, form, refused(form, error))


def _save(event: EventView, form: EditForm) -> BaseResponse:
    if form.was_crossed():
        return _ask(event, form, Conflict.status, crossed=form.differences())
    command = form.saved()
    if not event.is_published:
        place = staff_place(event.place.public_id)
        assert place is not None  # its event has just been read
        command = as_may_be(command, place)
    lost = service.booked_dates_left_out(event.public_id, command)
    if lost and not form.left_out.data:
        return _ask(
            event, form, Conflict.status, lost=[date_row(date) for date in queries.dates_for_staff(lost)]
        )
    told = service.update_event(
        event.public_id, command, cancels_left_out=form.left_out.data == LeftOut.CANCEL
    )
    date = queries.first_date_of(event.public_id, from_at=clock.now())
    return (
        land(Deed.EDITED if event.is_published else new_deed(command), date, told)
        if date
        else redirect(url_for("studio.place", place_id=event.place.public_id), 303)
    )


def _ask(event: EventView, form: EditForm, status: int = 200, **context: object) -> Response:
    return studio_page(
        "edit",
        data_page="studio.edit_event",
        status=status,
        event=event,
        form=form,
        review=None if event.is_published else review_of(event.public_id),
        **context,
    )
