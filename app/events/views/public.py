"""What is on: the programme, an event, one date."""

from datetime import datetime
from typing import Any, cast

from flask import Blueprint, Response, current_app, request

from app.config import Settings
from app.core import clock
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
from app.events.rules.filters import EventFilters, day_begins_at, day_ends_at
from app.events.schemas import read_filters
from app.places.sections import place_sections

blueprint = Blueprint("events", __name__)


@blueprint.get("/events")
@requires(PUBLIC)
@kept_page("topic", "free", "language", "page")
def index() -> Response:
    """Everything that is on, filtered; filters that cannot be read are left out and explained."""
    filters, problems = read_filters(request.args)
    number = page_or_first(problems)
    from_at, to_at = _span(filters)
    total = queries.count_upcoming(filters, from_at=from_at, to_at=to_at)
    views = queries.upcoming(
        filters, from_at=from_at, to_at=to_at, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
    )
    feed = place_sections.of_network("network_feed", chosen_language())
    shown = programme_page(
        filters,
        views,
        total=total,
        number=number,
        today=clock.today(_zone()),
        problems=list(problems.values()),
        feed=feed,
    )
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


def _zone() -> str:
    """Of the network: day filters follow it."""
    return cast(Settings, current_app.extensions["settings"]).tzid


def _span(filters: EventFilters) -> tuple[datetime, datetime | None]:
    """From now on, or the days asked for, in the network's zone."""
    zone = _zone()
    from_at = day_begins_at(filters.from_on, zone) if filters.from_on else clock.now()
    return from_at, day_ends_at(filters.to_on, zone) if filters.to_on else None
