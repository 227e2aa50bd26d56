"""What is on: the programme, an event, one date."""

from typing import Any

from flask import Blueprint, Response, request

from app.core.errors import NotFound
from app.core.http import page
from app.core.i18n import chosen_language
from app.core.page_memory import kept_page
from app.core.pagination import PAGE_SIZE, page_or_first
from app.core.permissions import PUBLIC, requires
from app.core.translation import gettext
from app.events import queries
from app.events.facts import EventView
from app.events.pages import coming_dates, event_page, occurrence_page, programme_page
from app.events.schemas import read_filters
from app.events.span import span
from app.places.sections import place_sections

blueprint = Blueprint("events", __name__)


@blueprint.get("/events")
@requires(PUBLIC)
@kept_page("topic", "free", "language", "page")
def index() -> Response:
    """Everything that is on, filtered; filters that cannot be read are left out and explained."""
    filters, problems = read_filters(request.args)
    number = page_or_first(problems)
    from_at, to_at = span(filters)
    total = queries.count_upcoming(filters, from_at=from_at, to_at=to_at)
    views = queries.upcoming(
        filters, from_at=from_at, to_at=to_at, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
    )
    feed = place_sections.of_network("network_feed", chosen_language())
    said = list(problems.values())
    shown = programme_page(filters, views, total=total, number=number, problems=said, feed=feed)
    return page("events/list", data_page="events.index", status=400 if problems else 200, page=shown)


@blueprint.get("/events/<slug>")
@requires(PUBLIC)
@kept_page()
def detail(slug: str) -> Response:
    """One event with its coming dates."""
    event = _known(queries.event_by_slug(slug))
    dates = coming_dates(event.id)
    shown = event_page(event, dates, dates[0] if dates else None, _feed(event))
    return page("events/detail", data_page="events.detail", page=shown, noindex=event.is_demo)


@blueprint.get("/occurrences/<occurrence_id>")
@requires(PUBLIC)
@kept_page()
def occurrence(occurrence_id: str) -> Response:
    """One date."""
    view = queries.occurrence_view(occurrence_id)
    event = _known(queries.event_by_slug(view.event_slug) if view else None)
    assert view is not None  # an event was found by it
    shown = occurrence_page(event, coming_dates(event.id), view, _feed(event))
    return page("events/occurrence", data_page="events.occurrence", page=shown, noindex=event.is_demo)


def _feed(event: EventView) -> Any:
    """The calendar of the event's place; feeds offer it."""
    return place_sections.of_place("feed", event.place.id, chosen_language())


def _known(event: EventView | None) -> EventView:
    if event is None:
        raise NotFound(gettext("This event is not, or no longer, on the programme."))
    return event
