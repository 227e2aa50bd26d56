"""Pages of those who look after places: what is coming, who has booked, what can be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from app.core import clock
from app.core.actor import Actor
from app.core.local_text import Text
from app.core.pagination import PAGE_SIZE, Pagination, page_text
from app.core.phrasing import number_text
from app.core.translation import gettext, ngettext
from app.events import queries
from app.events.cards import EventCard, event_card
from app.events.facts import OccurrenceView, StaffPlace
from app.events.rules.vocabulary import OccurrenceStatus

PLACES_SHOWN = 20
DATES_OF_EACH = 5


@dataclass(frozen=True)
class DateRow:
    """One coming date with what can be done about it; a url is None where it cannot be done."""

    card: EventCard
    booked_text: str
    people_url: str
    move_url: str | None
    cancel_url: str | None
    reinstate_url: str | None


@dataclass(frozen=True)
class PlaceRow:
    """A place with its next dates; `all_url` leads to the others, None where there are no others."""

    name: Text
    url: str
    new_url: str
    dates: list[DateRow]
    all_url: str | None = None


@dataclass(frozen=True)
class MyPlacesPage:
    """Everything that somebody looks after."""

    title: str
    places: list[PlaceRow]
    pages: Pagination
    empty_text: str


@dataclass(frozen=True)
class PlaceDatesPage:
    """Every coming date of one place, page by page."""

    title: str
    place: PlaceRow
    pages: Pagination
    empty_text: str


def my_places_page(actor: Actor, number: int) -> MyPlacesPage:
    """Three statements: places, their territories, their dates."""
    found = queries.places_looked_after(
        actor.place_ids, actor.territory_ids, everything=actor.is_operator, limit=PLACES_SHOWN + 1,
        offset=(number - 1) * PLACES_SHOWN,
    )  # fmt: skip
    shown = found[:PLACES_SHOWN]
    dates = queries.first_of_places(
        [place.id for place in shown], from_at=clock.now(), each=DATES_OF_EACH + 1
    )
    nothing = gettext("No place is in your care yet. Write to the network.")
    return MyPlacesPage(
        title=gettext("My places"),
        places=[_place_row(place, dates[place.id]) for place in shown],
        pages=_pages(lambda page: url_for("studio.index", page=page), number, len(found) > PLACES_SHOWN),
        empty_text=nothing if number == 1 else _beyond_the_end(),
    )


def place_dates_page(place: StaffPlace, number: int) -> PlaceDatesPage:
    """One statement: the dates of this page, and one more to know whether another page follows."""
    dates = queries.upcoming(
        from_at=clock.now(), place_ids=[place.id], limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE
    )

    def url(page: int) -> str:
        return url_for("studio.place", place_id=place.public_id, page=page)

    return PlaceDatesPage(
        title=gettext("Coming dates"),
        place=_row(place, dates[:PAGE_SIZE]),
        pages=_pages(url, number, len(dates) > PAGE_SIZE),
        empty_text=gettext("No date is planned for now.") if number == 1 else _beyond_the_end(),
    )


def _beyond_the_end() -> str:
    return gettext("The list ends before this page.")


def _pages(url: Callable[[int], str], number: int, is_followed: bool) -> Pagination:
    return Pagination(
        previous_url=url(number - 1) if number > 1 else None,
        next_url=url(number + 1) if is_followed else None,
        text=page_text(number, None),
    )


def booked_text(view: OccurrenceView) -> str:
    """How full it is."""
    if view.capacity is None:
        return str(gettext("No booking needed"))
    return str(
        ngettext(
            "%(num)s of %(capacity)s place taken", "%(num)s of %(capacity)s places taken", view.seats_taken,
            num=number_text(view.seats_taken), capacity=number_text(view.capacity),
        )
    )  # fmt: skip


def date_row(view: OccurrenceView) -> DateRow:
    """One date as its host sees it."""
    is_cancelled = view.status is OccurrenceStatus.CANCELLED
    is_coming = view.starts_at > clock.now()

    def verb(name: str, *, possible: bool) -> str | None:
        return url_for(f"studio.{name}", occurrence_id=view.public_id) if possible and is_coming else None

    return DateRow(
        card=event_card(view),
        booked_text=booked_text(view),
        people_url=f"/studio/occurrences/{view.public_id}",
        move_url=verb("move", possible=not is_cancelled),
        cancel_url=verb("cancel", possible=not is_cancelled),
        reinstate_url=verb("reinstate", possible=is_cancelled),
    )


def _place_row(place: StaffPlace, dates: Sequence[OccurrenceView]) -> PlaceRow:
    """`dates` has one more than is shown where there are others."""
    row = _row(place, dates[:DATES_OF_EACH])
    if len(dates) <= DATES_OF_EACH:
        return row
    return replace(row, all_url=url_for("studio.place", place_id=place.public_id))


def _row(place: StaffPlace, dates: Sequence[OccurrenceView]) -> PlaceRow:
    return PlaceRow(
        name=place.name,
        url=f"/places/{place.slug}",
        new_url=url_for("studio.new_event", place_id=place.public_id),
        dates=[date_row(date) for date in dates],
    )
