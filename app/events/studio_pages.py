"""Pages of those who look after places: what is coming, who has booked, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.core import clock
from app.core.actor import Actor, Role
from app.core.local_text import Text
from app.core.pagination import PAGE_SIZE, Pagination, page_text
from app.core.phrasing import number_text
from app.core.translation import gettext, ngettext
from app.events import queries
from app.events.cards import EventCard, event_card
from app.events.date_verbs import Action, verbs
from app.events.done import DoneNotice
from app.events.facts import OccurrenceView
from app.events.rules.vocabulary import OccurrenceStatus
from app.places.queries import Scope, StaffPlace, places_looked_after

FEW_PLACES = 5  # as many are shown with their dates; more are a list with a search
DATES_OF_EACH = 5


@dataclass(frozen=True)
class DateRow:
    """One date with what can be done about it: `main` first, the others beside it.

    `public_url` is None where only those who look after the place see it; of a cancelled date one reads why, where that
    was said, and not how full it was.
    """

    card: EventCard
    public_url: str | None
    booked_text: str | None
    reason: Text | None
    main: Action
    others: list[Action]
    is_published: bool


@dataclass(frozen=True)
class PlaceLink:
    """A place's name, and the page of its dates."""

    name: Text
    url: str


@dataclass(frozen=True)
class PlaceRow:
    """A place with its next dates; `all_dates` leads to the others, None where there are no others."""

    name: Text
    public_url: str | None
    new: Action
    dates: list[DateRow]
    all_dates: Action | None = None


@dataclass(frozen=True)
class MyPlacesPage:
    """Everything that a host looks after."""

    title: str
    places: list[PlaceRow]
    empty_text: str


@dataclass(frozen=True)
class PlaceDatesPage:
    """Every coming date of one place, page by page; `done` says what has just been done here."""

    title: str
    home_text: str
    place: PlaceRow
    pages: Pagination
    empty_text: str
    done: DoneNotice | None


def home_title(actor: Actor) -> str:
    """What the first page of somebody who looks after places is called."""
    if actor.is_operator:
        return gettext("All the places")
    if actor.has_role(Role.MANAGER):
        return ngettext(
            "The places of my territory", "The places of my territories", len(actor.territory_ids)
        )
    return gettext("My places")


def has_many_places(actor: Actor) -> bool:
    """Whether a list with a search serves better than the places with all their dates."""
    return actor.is_operator or actor.has_role(Role.MANAGER) or len(actor.place_ids) > FEW_PLACES


def scope_of(actor: Actor) -> Scope:
    """Everything that somebody looks after."""
    return Scope(actor.place_ids, actor.territory_ids, everything=actor.is_operator)


def my_places_page(actor: Actor) -> MyPlacesPage:
    """Three statements: places, their territories, their dates."""
    places = places_looked_after(scope_of(actor), limit=FEW_PLACES)
    dates = queries.first_of_places(
        [place.id for place in places], from_at=clock.now(), each=DATES_OF_EACH + 1
    )
    return MyPlacesPage(
        title=home_title(actor),
        places=[_place_row(place, dates[place.id], shown=DATES_OF_EACH) for place in places],
        empty_text=gettext("No place is in your care yet. Write to the network."),
    )


def place_dates_page(
    actor: Actor, place: StaffPlace, number: int, done: DoneNotice | None = None
) -> PlaceDatesPage:
    """One statement: the dates of this page, and one more to know whether another page follows."""
    dates = queries.dates_of_place(
        place.id, from_at=clock.now(), limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE
    )
    nothing = gettext("No date is planned for now.")
    return PlaceDatesPage(
        title=gettext("Coming dates"),
        home_text=home_title(actor),
        place=_place_row(place, dates[:PAGE_SIZE], shown=PAGE_SIZE),
        pages=_pages(place, number, is_followed=len(dates) > PAGE_SIZE),
        empty_text=nothing if number == 1 else gettext("The list ends before this page."),
        done=done,
    )


def dates_url(date: OccurrenceView) -> str:
    """The page of its place's dates on which a date stands."""
    number = queries.number_before(date, from_at=clock.now()) // PAGE_SIZE + 1
    place_id = date.place.public_id
    return url_for("studio.place", place_id=place_id, page=number if number > 1 else None)


def place_link(date: OccurrenceView) -> PlaceLink:
    """Back from a date to all the dates of its place."""
    return PlaceLink(date.place.name, url_for("studio.place", place_id=date.place.public_id))


def booked_text(view: OccurrenceView) -> str | None:
    """How full it is; None where nobody can come."""
    if view.status is OccurrenceStatus.CANCELLED:
        return None
    if view.capacity is None:
        return gettext("No booking needed")
    return ngettext(
        "%(num)s of %(capacity)s place taken", "%(num)s of %(capacity)s places taken", view.seats_taken,
        num=number_text(view.seats_taken), capacity=number_text(view.capacity),
    )  # fmt: skip


def date_row(view: OccurrenceView) -> DateRow:
    """One date as its host sees it."""
    card = event_card(view)
    main, *others = verbs(view)
    return DateRow(
        card=card,
        public_url=card.url if view.is_published else None,
        booked_text=booked_text(view),
        reason=view.cancel_reason,
        main=main,
        others=others,
        is_published=view.is_published,
    )


def _place_row(place: StaffPlace, dates: Sequence[OccurrenceView], *, shown: int) -> PlaceRow:
    """`dates` has one more than is shown where there are others."""
    name, here = place.name.value, place.public_id
    return PlaceRow(
        name=place.name,
        public_url=f"/places/{place.slug}" if place.is_published else None,
        new=Action(
            "new", gettext("Publish an event"), gettext("Publish an event: %(what)s", what=name),
            url_for("studio.new_event", place_id=here), "plus",
        ),
        dates=[date_row(date) for date in dates[:shown]],
        all_dates=Action(
            "all", gettext("All the dates"), gettext("All the dates: %(what)s", what=name),
            url_for("studio.place", place_id=here), "calendar",
        ) if len(dates) > shown else None,
    )  # fmt: skip


def _pages(place: StaffPlace, number: int, *, is_followed: bool) -> Pagination:
    def url(page: int) -> str:
        return url_for("studio.place", place_id=place.public_id, page=page)

    return Pagination(
        previous_url=url(number - 1) if number > 1 else None,
        next_url=url(number + 1) if is_followed else None,
        text=page_text(number, None),
    )
