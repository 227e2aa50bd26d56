"""What a widget on another site shows: the coming dates of the network, or of one place, territory or topic, in ready words."""

from dataclasses import dataclass
from datetime import datetime

from app.core.http import absolute
from app.core.i18n import chosen_language, current_language, local
from app.core.local_text import Text
from app.core.phrasing import side_by_side
from app.core.translation import gettext
from app.events import queries, wording
from app.events.cards import event_card
from app.events.facts import OccurrenceView
from app.events.queries.topics import topic_by_slug
from app.events.rules.filters import EventFilters
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.topic_names import topic_name
from app.feeds.bodies import link
from app.feeds.pages import feed_links
from app.places.queries import place_by_slug, staff_place
from app.places.wording import territory_text
from app.territories.queries import by_code

MOST = 20
USUAL = 6


@dataclass(frozen=True)
class Scope:
    """Whose dates: the filters that find them, the name in the reader's language, the page and the calendar of them all."""

    filters: EventFilters
    name: Text
    page_url: str
    feed_url: str


def scope_of(sort: str, key: str) -> Scope | None:
    """The scope that a widget asks for ("place", "territory", "topic", or "" for the network); None where there is none."""
    finders = {"": _network, "place": _place, "territory": _territory, "topic": _topic}
    return finders[sort](key)


def calendar(scope: Scope, *, limit: int, at: datetime) -> dict[str, object]:
    """Everything that static/js/embed/calendar.js writes; the same for everybody who asks in this language."""
    language = current_language()
    dates = queries.upcoming(scope.filters, from_at=at, limit=limit)
    feed = feed_links(scope.feed_url, "", "")
    is_demo = any(date.is_demo for date in dates)
    return {
        "lang": language.code, "dir": language.direction,
        "title": gettext("What's on: %(name)s", name=scope.name.value) if scope.name else gettext("What's on"),
        "items": [_item(date) for date in dates],
        "empty": gettext("Nothing is planned for now."),
        "all": {"text": gettext("All dates"), "url": scope.page_url},
        "subscribe": {"text": gettext("Subscribe to the calendar"), "url": feed.webcal_url},
        "demo": gettext("Made up: nobody is waiting for you.") if is_demo else "",
    }  # fmt: skip


def _item(view: OccurrenceView) -> dict[str, str]:
    card = event_card(view)
    title = local(view.title) or Text("", view.title.original)
    is_off = view.status is not OccurrenceStatus.SCHEDULED
    when = wording.span_text(view.starts_at, view.ends_at, view.tzid)
    return {
        "url": absolute("events.occurrence", occurrence_id=view.public_id), "day": card.day_number, "month": card.month_text,
        "when": when, "title": title.value, "lang": title.lang, "place": view.place.name.value,
        "facts": side_by_side(card.age_text, card.price_text, None if is_off else card.seats_text),
        "status": card.status_text or "" if is_off else "",
    }  # fmt: skip


def _network(_key: str) -> Scope:
    language = chosen_language()
    page_url = link("events.index", language)
    return Scope(EventFilters(), Text("", language), page_url, link("feeds.network", language))


def _place(key: str) -> Scope | None:
    """By slug or public id; an old slug is not known here, the snippet then shows its link."""
    found = place_by_slug(key)
    known = staff_place(key) if found is None else None
    found = place_by_slug(known.slug) if known else found
    if found is None:
        return None
    language, name = chosen_language(), Text(found.name, found.name_language)
    return Scope(
        EventFilters(place=found.slug), name, link("places.detail", language, slug=found.slug),
        link("feeds.place", language, slug=found.slug),
    )  # fmt: skip


def _territory(key: str) -> Scope | None:
    found = by_code(key)
    if found is None:
        return None
    language, name = chosen_language(), territory_text(found.name, is_demo=found.is_demo)
    return Scope(
        EventFilters(territory=found.code), Text(name, language), link("events.index", language, territory=found.code),
        link("feeds.territory", language, code=found.code),
    )  # fmt: skip


def _topic(key: str) -> Scope | None:
    found = topic_by_slug(key)
    if found is None:
        return None
    language = chosen_language()
    return Scope(
        EventFilters(topic=found.slug), Text(topic_name(found), language), link("events.index", language, topic=found.slug),
        link("feeds.topic", language, slug=found.slug),
    )  # fmt: skip
