"""What events add to the pages of places: the coming dates of a place, the next one on its card."""

from collections.abc import Sequence

from flask import url_for

from app.core import clock
from app.core.http import Link
from app.core.i18n import local
from app.core.translation import gettext
from app.events import queries, wording
from app.events.cards import EventCard, event_cards
from app.events.facts import OccurrenceView
from app.places.sections import place_sections

DATES_ON_A_PLACE = 4


def events_of_place(place_id: int, language: str) -> list[EventCard]:
    """The next dates at a place, in the language of the answer."""
    return event_cards(queries.upcoming_of_place(place_id, from_at=clock.now(), limit=DATES_ON_A_PLACE))


def next_events(place_ids: Sequence[int], language: str) -> dict[int, Link]:
    """The next date of each place in a few words; one statement for all."""
    found = queries.next_of_places(place_ids, clock.now())
    return {place_id: _link(view) for place_id, view in found.items()}


def _link(view: OccurrenceView) -> Link:
    title = str(local(view.title) or "")
    when = wording.soon_text(view.starts_at, view.tzid)
    seats_text, seats_state = wording.seats(view)
    if seats_state in ("few", "full"):
        text = gettext("%(title)s, %(when)s, %(seats)s", title=title, when=when, seats=seats_text)
    else:
        text = gettext("%(title)s, %(when)s", title=title, when=when)
    return Link(text, url_for("events.occurrence", occurrence_id=view.public_id))


place_sections.register("events", events_of_place)
place_sections.register("next_events", next_events)
