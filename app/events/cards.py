"""One date as a card: what lists, place pages and booking pages show of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import url_for

from app.core import clock
from app.core.i18n import local
from app.core.local_text import Text
from app.core.phrasing import side_by_side
from app.core.translation import gettext
from app.events import wording
from app.events.facts import OccurrenceView
from app.events.labels import kind_text
from app.events.rules.vocabulary import OccurrenceStatus


@dataclass(frozen=True)
class EventCard:
    """Ready words; `status` is "scheduled", "cancelled", "moved" or "postponed".

    `book_label` is what a screen reader says of the link to the form: what is booked, and when.
    """

    occurrence_id: str
    event_id: str
    url: str
    title: Text
    place_name: Text
    place_url: str
    room: str
    day_number: str
    month_text: str
    weekday_text: str
    when_text: str
    age_text: str | None
    languages_text: str | None
    price_text: str
    seats_text: str | None
    seats_state: str
    status: str
    status_text: str | None
    book_url: str | None
    book_text: str | None
    book_label: str | None
    terms_text: str | None
    capacity: int | None
    free: int | None
    kind_text: str
    is_demo: bool


def event_cards(views: Iterable[OccurrenceView]) -> list[EventCard]:
    """Cards in the same order; asks nothing of the database."""
    return [event_card(view) for view in views]


def event_card(view: OccurrenceView) -> EventCard:
    """One card."""
    day = view.starts_at.astimezone(ZoneInfo(view.tzid)).date()
    seats_text, seats_state = wording.seats(view)
    title = local(view.title) or Text("", view.title.original)
    when_text = wording.when_text(view.starts_at, view.ends_at, view.tzid)
    own_book_url = book_url(view)
    book_text, book_label = (
        _book_words(view, seats_state, side_by_side(title.value, when_text)) if own_book_url else (None, None)
    )
    return EventCard(
        occurrence_id=view.public_id, event_id=view.event_public_id,
        url=url_for("events.occurrence", occurrence_id=view.public_id),
        title=title, place_name=view.place.name, place_url=f"/places/{view.place.slug}", room=view.room,
        day_number=str(day.day), month_text=wording.month_text(day), weekday_text=wording.weekday_text(day),
        when_text=when_text, age_text=wording.age_text(view.age_from_months, view.age_to_months),
        languages_text=wording.languages_text(view.languages), price_text=wording.price_text(view.price),
        seats_text=seats_text, seats_state=seats_state, status="moved" if view.is_moved else str(view.status),
        status_text=wording.status_text(view), book_url=own_book_url, book_text=book_text, book_label=book_label,
        terms_text=wording.terms_text(view),
        capacity=view.capacity, free=view.free, kind_text=kind_text(view.kind), is_demo=view.is_demo,
    )  # fmt: skip


def _book_words(view: OccurrenceView, seats_state: str, what: str) -> tuple[str, str]:
    """What stands on the link to the form, and its full name, which begins with the same words."""
    if seats_state == "full":
        return gettext("Join the waiting list"), gettext("Join the waiting list: %(what)s", what=what)
    if view.course is not None:
        return gettext("Book the whole course"), gettext("Book the whole course: %(what)s", what=what)
    return gettext("Book a place"), gettext("Book a place: %(what)s", what=what)


def book_url(view: OccurrenceView) -> str | None:
    """Where to book (bookings own that page), None where nothing can be booked yet or any more."""
    now, times = clock.now(), view.booking_times
    is_open = view.status is OccurrenceStatus.SCHEDULED and now < times.closes_at
    if times.opens_at is not None and now < times.opens_at:
        is_open = False
    return f"/occurrences/{view.booking_id}/book" if is_open and view.capacity is not None else None
