"""Hold an event again, at the same place or at another one."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, Response
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core import clock
from app.core.errors import ApplicationError
from app.core.i18n import local
from app.core.permissions import current_actor, requires
from app.events import queries, service
from app.events.facts import EventView
from app.events.forms.again import AgainForm
from app.events.rules.repeat import next_weekday
from app.events.studio_pages import scope_of
from app.events.views.hosting import as_may_be, event_looked_after, land, new_deed, refused, studio_page
from app.places.queries import StaffPlace, places_looked_after, staff_place

MOST_PLACES = 300

blueprint = Blueprint("studio_again", __name__, url_prefix="/studio/events/<event_id>/again")


@blueprint.get("")
@requires(STAFF)
def ask(event_id: str) -> Response:
    """Where and when? Everything else is as it was."""
    event = event_looked_after(event_id)
    return _ask(event, AgainForm.of(event, _places(event), next_weekday(*_days(event))))


@blueprint.post("")
@requires(STAFF)
def publish(event_id: str) -> BaseResponse:
    """Publish it, with all its dates."""
    event = event_looked_after(event_id)
    form = AgainForm(event, _places(event))
    if not form.validate_on_submit():
        return _ask(event, form, 422)
    command = form.command()
    place = staff_place(command.place_id)
    assert place is not None  # the form offers those that there are
    command = as_may_be(command, place)
    try:
        new_id = service.create_event(command)
    except ApplicationError as error:
        return _ask(event, form, refused(form, error))
    first = queries.first_date_of(new_id, from_at=clock.now())
    assert first is not None  # the form asks for a moment that lies ahead
    return land(new_deed(command), first, told=0)


def _days(event: EventView) -> tuple[date, date]:
    """The first day of the event, and the last one that is planned (or today)."""
    tzid = event.schedule.tzid
    span = queries.coming_span(event.id, clock.now())
    last = span.last_at.astimezone(ZoneInfo(tzid)).date() if span else clock.today(tzid)
    return event.schedule.starts_local.date(), last


def _places(event: EventView) -> list[StaffPlace]:
    """Those that the person looks after: nobody publishes elsewhere. The event's own is always among them."""
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    places = places_looked_after(scope_of(actor), limit=MOST_PLACES)
    own = staff_place(event.place.public_id)
    return places if own is None or own in places else [own, *places]


def _ask(event: EventView, form: AgainForm, status: int = 200) -> Response:
    return studio_page(
        "again", data_page="studio.again", status=status, event=event, title=local(event.title), form=form
    )
