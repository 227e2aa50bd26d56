"""The form above the programme: words, when, for what age, in which part of the city, in which language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask import request, url_for

from app.core.filtering import FilterChip
from app.core.phrasing import locale_in_force, side_by_side
from app.core.translation import gettext
from app.events import queries, wording
from app.events.rules.filters import AGE_BANDS, EventFilters
from app.places.wording import territory_text
from app.territories.queries import all_territories
from app.territories.rules import TerritoryKind

MONTHS = (3, 6, 12, 24, 36, 48, 72, 96)
SATURDAY = 5


@dataclass(frozen=True)
class Option:
    """One line of a select; the first, with an empty value, asks for nothing."""

    value: str
    text: str
    selected: bool


@dataclass(frozen=True)
class Choice:
    """A select of the form: the parameter, its label, its lines."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class ProgrammeFinder:
    """`kept` are parameters of the address that the form does not show; `chosen_text` names the choices that are set."""

    q: str
    choices: list[Choice]
    kept: list[tuple[str, str]]
    chosen_text: str


def finder(filters: EventFilters) -> ProgrammeFinder:
    """The form with what is asked for; a choice of one line is left out."""
    choices = [
        Choice("age", gettext("For what age"), list(_ages())),
        Choice("territory", gettext("Part of the city"), list(_areas(filters))),
        Choice("language", gettext("Language"), list(_languages(filters))),
    ]
    shown = [choice for choice in choices if len(choice.options) > 2]  # "any", and one
    own = {"q", "page", *(choice.name for choice in shown)}
    kept = [(name, text) for name, text in request.args.items() if name in _KEPT and name not in own]
    chosen = [
        option.text for choice in shown for option in choice.options if option.selected and option.value
    ]
    return ProgrammeFinder(filters.q, shown, kept, side_by_side(*chosen))


_KEPT = ("from", "to", "place", "topic", "free", "proposed_by", "lang")


def when_chips(filters: EventFilters, today: date) -> list[FilterChip]:
    """Today, the weekend, the next seven days: dates in the address, so that a shared link says what it meant."""
    saturday = today + timedelta(days=(SATURDAY - today.weekday()) % 7)
    if today.weekday() > SATURDAY:
        saturday = today - timedelta(days=1)  # on Sundays the weekend is this one
    spans = (
        ("today", gettext("Today"), today, today),
        ("weekend", gettext("This weekend"), max(today, saturday), saturday + timedelta(days=1)),
        ("week", gettext("Next 7 days"), today, today + timedelta(days=6)),
    )
    return [_when(filters, *span) for span in spans]


def _when(filters: EventFilters, code: str, text: str, first: date, last: date) -> FilterChip:
    is_chosen = (filters.from_on, filters.to_on) == (first, last)
    kept = {
        name: value
        for name, value in request.args.items()
        if name in (*_KEPT, "q", "age", "territory", "language")
    }
    for name in ("from", "to"):
        kept.pop(name, None)
    if not is_chosen:
        kept |= {"from": first.isoformat(), "to": last.isoformat()}
    return FilterChip(code, "calendar", text, is_chosen, url_for("events.index", **kept))  # type: ignore[arg-type]  # names come from the address


def _ages() -> Iterator[Option]:
    asked = request.args.get("age", "")
    yield Option("", gettext("Any age"), not asked)
    names = {"pregnancy": gettext("In pregnancy"), "first-40-days": gettext("The first 40 days")}
    for band in AGE_BANDS:
        yield Option(band, names[band], asked == band)
    for months in MONTHS:
        yield Option(str(months), wording.age_in_words(months), asked == str(months))


def _areas(filters: EventFilters) -> Iterator[Option]:
    """The boroughs; a neighbourhood only where it is asked for already."""
    yield Option("", gettext("The whole city"), not filters.territory)
    for one in all_territories():
        if one.kind is TerritoryKind.MUNICIPIO or one.code == filters.territory:
            yield Option(one.code, territory_text(one.name, is_demo=False), one.code == filters.territory)


def _languages(filters: EventFilters) -> Iterator[Option]:
    """Those in which anything is on."""
    names = locale_in_force().languages
    yield Option("", gettext("Any language"), not filters.language)
    for code in queries.languages_spoken():
        yield Option(code, names.get(code, code), code == filters.language)
