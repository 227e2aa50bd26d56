"""The list of those who look after many places: search by name or street, choose a part of the city, page by page."""

from dataclasses import dataclass, replace

from flask import url_for

from app.core import clock
from app.core.actor import Actor
from app.core.errors import MalformedParameter
from app.core.filtering import EmptyState
from app.core.http import Link
from app.core.local_text import Text
from app.core.pagination import MAX_PAGE, Pagination, page_text
from app.core.phrasing import number_text, side_by_side
from app.core.translation import gettext, ngettext
from app.events import queries
from app.events.studio_pages import home_title, scope_of
from app.places.queries import Scope, StaffPlace, count_places, places_looked_after, territories_inside
from app.places.wording import territory_text
from app.territories.queries import TerritoryView, by_code, by_ids
from app.territories.rules import TerritoryKind

PLACES_ON_A_PAGE = 40
MAX_QUERY = 80


@dataclass(frozen=True)
class Asked:
    """What the address asks: words, the code of a territory ("" for all), the number of the page."""

    q: str
    territory: str
    number: int


@dataclass(frozen=True)
class Choice:
    """One entry of the list of territories."""

    code: str
    text: str
    selected: bool


@dataclass(frozen=True)
class DirectoryRow:
    """A place in one line: where it lies, how many dates are coming."""

    name: Text
    url: str
    where_text: str
    coming_text: str
    has_dates: bool
    is_published: bool


@dataclass(frozen=True)
class DirectoryPage:
    """A page of the list. `territories` is empty where there is nothing to choose between."""

    title: str
    q: str
    territories: list[Choice]
    result_text: str
    rows: list[DirectoryRow]
    pages: Pagination
    empty: EmptyState | None


def directory_page(actor: Actor, asked: Asked) -> DirectoryPage:
    """Five statements, however many places there are."""
    whole = scope_of(actor)
    scope = replace(whole, q=asked.q[:MAX_QUERY], territory_id=_territory_id(asked.territory))
    total = count_places(scope)
    places = places_looked_after(scope, limit=PLACES_ON_A_PAGE, offset=(asked.number - 1) * PLACES_ON_A_PAGE)
    coming = queries.coming_counts([place.id for place in places], from_at=clock.now())
    return DirectoryPage(
        title=home_title(actor),
        q=scope.q,
        territories=_choices(whole, asked.territory),
        result_text=ngettext("%(num)s place", "%(num)s places", total, num=number_text(total))
        if total
        else "",
        rows=[_row(place, coming.get(place.id, 0)) for place in places],
        pages=_pages(asked, total),
        empty=None if places else _empty(),
    )


def _territory_id(code: str) -> int | None:
    if not code:
        return None
    found = by_code(code)
    if found is None:
        raise MalformedParameter("territory", gettext("We do not know this area: choose one of the list."))
    return found.id


def _choices(whole: Scope, chosen: str) -> list[Choice]:
    """Boroughs for whoever sees several of them, else the neighbourhoods of their own."""
    inside = by_ids(territories_inside(whole))
    for kind in TerritoryKind:
        alike = [territory for territory in inside if territory.kind is kind]
        if len(alike) > 1:
            return [_choice(territory, chosen) for territory in alike]
    return []


def _choice(territory: TerritoryView, chosen: str) -> Choice:
    return Choice(territory.code, _area_text(territory), territory.code == chosen)


def _area_text(territory: TerritoryView) -> str:
    return territory_text(territory.name, is_demo=territory.is_demo)


def _row(place: StaffPlace, coming: int) -> DirectoryRow:
    return DirectoryRow(
        name=place.name,
        url=url_for("studio.place", place_id=place.public_id),
        where_text=side_by_side(*map(_area_text, by_ids(place.territory_ids))),
        coming_text=ngettext("%(num)s coming date", "%(num)s coming dates", coming, num=number_text(coming))
        if coming
        else gettext("No dates"),
        has_dates=coming > 0,
        is_published=place.is_published,
    )


def _pages(asked: Asked, total: int) -> Pagination:
    last = min(MAX_PAGE, max(1, -(-total // PLACES_ON_A_PAGE)))

    def url(number: int) -> str:
        return url_for("studio.index", q=asked.q or None, territory=asked.territory or None, page=number)

    return Pagination(
        previous_url=url(min(asked.number - 1, last)) if asked.number > 1 else None,
        next_url=url(asked.number + 1) if asked.number < last else None,
        text=page_text(asked.number, max(last, asked.number)),
    )


def _empty() -> EmptyState:
    everything = Link(gettext("See the whole list"), url_for("studio.index"))
    return EmptyState(gettext("No place was found."), [everything])
