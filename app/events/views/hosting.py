"""What the pages of those who look after places have in common."""

from dataclasses import replace
from typing import Any, cast

from flask import Response, current_app, redirect
from werkzeug.wrappers import Response as BaseResponse

from app.config import Settings
from app.core.errors import ApplicationError, Busy, Invalid, NotFound
from app.core.http import page, personal
from app.core.permissions import current_actor, permit
from app.core.translation import gettext
from app.events import done, queries
from app.events.commands import SaveEvent
from app.events.done import Deed, Done
from app.events.facts import EventView, OccurrenceView
from app.events.labels import refusal
from app.events.permissions import edit_place_events, publishes_at_once
from app.events.studio_pages import dates_url
from app.places.queries import StaffPlace
from app.places.queries.claims import is_only_self_claimed


def looked_after(occurrence_id: str) -> OccurrenceView:
    """The date, if the person may edit what happens at its place. Raises NotFound, NotPermitted."""
    view = queries.occurrence_for_staff(occurrence_id)
    if view is None:
        raise NotFound(gettext("There is no such date."))
    permit(edit_place_events(current_actor(), view.place.id, queries.territory_ids_of(view.place.id)))
    return view


def event_looked_after(event_id: str) -> EventView:
    """The event, if the person may edit what happens at its place. Raises NotFound, NotPermitted."""
    event = queries.event_by_public_id(event_id)
    if event is None:
        raise NotFound(gettext("There is no such event."))
    permit(edit_place_events(current_actor(), event.place.id, queries.territory_ids_of(event.place.id)))
    return event


def as_may_be(command: SaveEvent, place: StaffPlace) -> SaveEvent:
    """As this person may save it: published, or a draft that waits for a manager."""
    settings, actor = cast(Settings, current_app.extensions["settings"]), current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    is_alone = bool(settings.review_self_claimed) and is_only_self_claimed(place.id, actor.email)
    if not command.is_published or publishes_at_once(actor, place.territory_ids, is_self_claimed=is_alone):
        return command
    return replace(command, is_published=False, asks_review=actor.public_id)


def new_deed(command: SaveEvent) -> Deed:
    """What creating it means to the host."""
    if command.asks_review:
        return Deed.ASKED
    return Deed.PUBLISHED if command.is_published else Deed.DRAFTED


def land(deed: Deed, date: OccurrenceView, told: int | None) -> BaseResponse:
    """On the page of the place's dates where this one stands, which says what happened."""
    done.remember(Done(deed, date.public_id, told))
    return redirect(dates_url(date), 303)


def refused(form: Any, error: ApplicationError) -> int:
    """Put the reason above what was typed; the status says whether the form or the moment was wrong."""
    form.form_errors = [*form.form_errors, refusal(error)]
    return Busy.status if isinstance(error, Busy) else Invalid.status


def studio_page(name: str, *, data_page: str, status: int = 200, **context: Any) -> Response:
    """A page under templates/events/studio/, for the signed-in person alone."""
    return personal(
        page(f"events/studio/{name}", data_page=data_page, status=status, noindex=True, **context)
    )
