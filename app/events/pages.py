"""Pages about events, ready for the templates: every *_text is a translated string."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for

from app.core import clock
from app.core.filtering import EmptyState, FilterChip
from app.core.http import Link
from app.core.i18n import chosen_language, local
from app.core.local_text import Text
from app.core.pagination import MAX_PAGE, PAGE_SIZE, Pagination, page_text
from app.core.phrasing import number_text, opening_a_line, side_by_side
from app.core.preview import Preview
from app.core.translation import gettext, ngettext
from app.core.zone import network_tzid
from app.events import queries, wording
from app.events.cards import EventCard, event_card, event_cards
from app.events.facts import EventView, OccurrenceView
from app.events.finder import ProgrammeFinder, finder, when_chips
from app.events.json_ld import event_json_ld
from app.events.labels import kind_text, proposed_by_text
from app.events.queries.topics import topics
from app.events.rules.filters import EventFilters
from app.events.rules.vocabulary import OccurrenceStatus, ProposedBy
from app.events.schedule_words import schedule_text
from app.events.topic_names import topic_name, topic_text
from app.events.who import Who, who_of
from app.places.labels import kind_icon
from app.places.labels import kind_text as place_kind_text
from app.places.pictures import picture_url
from app.places.shared_cards import card_beside

DATES_SHOWN = 30
__all__ = ["EventCard", "EventPage", "OccurrencePage", "ProgrammePage", "event_card", "event_cards"]


@dataclass(frozen=True)
class ProgrammePage:
    """The list of what is on. `notice_text` explains filters that could not be read."""

    title: str
    lead_text: str
    preview: Preview
    result_text: str
    cards: list[EventCard]
    chips: list[FilterChip]
    pages: Pagination
    finder: ProgrammeFinder
    notice_text: str | None = None
    empty: EmptyState | None = None
    feed: Any = None


@dataclass(frozen=True)
class EventPlace:
    """Where an event happens: the part of a place's card that its page shows."""

    id: str
    url: str
    name: Text
    kind_icon: str
    kind_text: str
    is_demo: bool
    distance_text: str | None = None


@dataclass(frozen=True)
class EventPage:
    """One event: what, where, for whom, and its coming dates."""

    id: str
    title: Text
    description: Text | None
    kind_text: str
    tags: list[str]
    place: EventPlace
    age_text: str | None
    languages_text: str | None
    price_text: str
    bring: Text | None
    access_notes: Text | None
    who: Who
    schedule_text: str | None
    room: str
    dates: list[EventCard]
    feed: Any
    json_ld: dict[str, Any]
    calendar_url: str | None
    picture_url: str | None
    picture_alt: str
    preview: Preview


@dataclass(frozen=True)
class OccurrencePage:
    """One date of an event; `reason` is why it does not take place, where its host said so."""

    card: EventCard
    event: EventPage
    preview: Preview
    reason: Text | None = None
    noindex: bool = field(default=False)


def programme_page(
    filters: EventFilters,
    views: Sequence[OccurrenceView],
    *,
    total: int,
    number: int,
    problems: Sequence[str] = (),
    feed: Any = None,
) -> ProgrammePage:
    """The list page: `views` are those of page `number` out of `total` dates, as `queries.count_upcoming` counts."""
    cards = event_cards(views)
    preview = _programme_preview(filters, number)
    return ProgrammePage(
        title=preview.title,
        lead_text=preview.description,
        result_text=_result_text(total),
        cards=cards,
        chips=[*when_chips(filters, clock.today(network_tzid())), *_chips(filters)],
        finder=finder(filters),
        pages=_pagination(total, number, is_full=len(cards) == PAGE_SIZE),
        notice_text=" ".join(problems) or None,
        empty=None if cards else _empty(),
        feed=feed,
        preview=preview,
    )


def _programme_preview(filters: EventFilters, number: int) -> Preview:
    """A filtered list is a part of the whole programme, whose address it names; each page of this has its own."""
    own_page = number if number > 1 and filters == EventFilters() else None
    lead = gettext("Readings, courses and meetings at the islands and around them.")
    return Preview(gettext("What's on"), lead, url_for("events.index", page=own_page))


def event_page(
    event: EventView, dates: Sequence[OccurrenceView], shown: OccurrenceView | None, feed: Any
) -> EventPage:
    """The page of an event; `shown` is the date that machines are told of and that can be taken along."""
    language = chosen_language()
    title = local(event.title) or Text("", language)
    return EventPage(
        id=event.public_id, title=title, description=local(event.description),
        kind_text=kind_text(event.kind), tags=[topic_text(topic) for topic in event.topics], place=_place(event),
        age_text=wording.age_text(event.age_from_months, event.age_to_months),
        languages_text=wording.languages_text(event.languages), price_text=wording.price_text(event.price),
        bring=local(event.bring), access_notes=local(event.access_notes),
        who=who_of(event), schedule_text=schedule_text(event.schedule),
        room=shown.room if shown else event.room, dates=event_cards(dates), feed=feed,
        json_ld=event_json_ld(event, shown, language) if shown else {},
        calendar_url=_calendar_url(shown) if shown else None,
        picture_url=picture_url(event.picture),
        picture_alt=str(local(event.picture_alt) or event.place.name),
        preview=Preview(
            title.value,
            side_by_side(title.value, event.place.name.value, wording.price_text(event.price)),
            url_for("events.detail", slug=event.slug),
            card_beside(event.place.slug, event.place.name.value),
        ),
    )  # fmt: skip


def occurrence_page(
    event: EventView, dates: Sequence[OccurrenceView], shown: OccurrenceView, feed: Any
) -> OccurrencePage:
    """The page of one date: its event, with this date in front."""
    card = event_card(shown)
    when = opening_a_line(wording.moment_text(shown.starts_at, shown.tzid))
    return OccurrencePage(
        card=card,
        event=event_page(event, dates, shown, feed),
        preview=Preview(
            side_by_side(card.title.value, when),
            side_by_side(card.title.value, card.place_name.value, when, card.price_text),
            card.url,
            card_beside(event.place.slug, event.place.name.value),
        ),
        reason=shown.cancel_reason,
    )


def coming_dates(event_id: int) -> list[OccurrenceView]:
    """The next dates of an event, cancelled and moved ones too."""
    return queries.upcoming(from_at=clock.now(), event_id=event_id, limit=DATES_SHOWN)


def _calendar_url(date: OccurrenceView) -> str | None:
    """Nobody notes down what is off or over."""
    is_on = date.status is OccurrenceStatus.SCHEDULED and date.ends_at > clock.now()
    return f"/occurrences/{date.public_id}.ics" if is_on else None


def _place(event: EventView) -> EventPlace:
    place = event.place
    return EventPlace(
        id=place.public_id, url=f"/places/{place.slug}", name=place.name, kind_icon=kind_icon(event.place_kind),
        kind_text=place_kind_text(event.place_kind), is_demo=event.is_demo,
    )  # fmt: skip


def _chips(filters: EventFilters) -> list[FilterChip]:
    """Free of charge, by residents, and each topic; a chip keeps all other filters and begins at the first page."""
    chips = [
        FilterChip("free", "no_purchase", gettext("Free"), filters.free, _toggled("free", "1")),
        FilterChip(
            "residents", "people", proposed_by_text(ProposedBy.RESIDENTS), filters.proposed_by_residents,
            _toggled("proposed_by", "residents"),
        ),
    ]  # fmt: skip
    return chips + [
        FilterChip(
            topic.slug,
            topic.icon,
            topic_name(topic),
            filters.topic == topic.slug,
            _toggled("topic", topic.slug),
        )
        for topic in topics()
    ]


def _toggled(name: str, value: str) -> str:
    kept = {
        key: text
        for key, text in request.args.items()
        if key not in ("page", "endpoint", name) and not key.startswith("_")
    }
    if request.args.get(name) != value:
        kept[name] = value
    return url_for("events.index", **kept)  # type: ignore[arg-type]  # names come from the address


def _result_text(total: int) -> str:
    if total > queries.MOST_COUNTED:
        return gettext("More than %(num)s dates", num=number_text(queries.MOST_COUNTED))
    return ngettext("%(num)s date", "%(num)s dates", total, num=number_text(total)) if total else ""


def _pagination(total: int, number: int, *, is_full: bool) -> Pagination:
    """Where nobody counted to the end, there is a next page as long as this one is full."""
    last = max(1, -(-total // PAGE_SIZE)) if total <= queries.MOST_COUNTED else None
    goes_on = number < last if last else is_full and number < MAX_PAGE
    return Pagination(
        previous_url=_page_url(number - 1) if number > 1 else None,
        next_url=_page_url(number + 1) if goes_on else None,
        text=page_text(number, last),
    )


def _page_url(number: int) -> str:
    kept = {
        key: text
        for key, text in request.args.items()
        if key not in ("page", "endpoint") and not key.startswith("_")
    }
    return url_for("events.index", **kept, page=number)  # type: ignore[arg-type]  # names come from the address


def _empty() -> EmptyState:
    return EmptyState(
        gettext("Nothing is planned with these filters."),
        [
            Link(gettext("See everything that is on"), url_for("events.index")),
            Link(gettext("Find an island"), "/"),
        ],
    )
