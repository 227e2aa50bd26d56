"""Filters as chips: the seven amenities and "open now" in the first row, the rest under «More filters», the kinds."""

from app.core.filtering import FilterChip
from app.core.phrasing import locale_in_force
from app.core.translation import gettext as _
from app.explore import finding
from app.explore.rules.histogram import Counts
from app.explore.rules.search import OpenAt, Search, Selection, written
from app.places import labels
from app.places.rules.vocabulary import Amenity, PlaceKind

# interface.md, convention 8.
MOST_LANGUAGES = 12
FIRST_ROW = (
    Amenity.BABY_FEEDING,
    Amenity.CHANGING_TABLE,
    Amenity.CHANGING_TABLE_FATHERS,
    Amenity.PLAY_AREA,
    Amenity.STROLLER,
    Amenity.TOILETS,
    Amenity.STEP_FREE,
)


def first_row(search: Search, counts: Counts) -> list[FilterChip]:
    """The seven amenities that parents ask for first, then «Open now»."""
    return [*(_amenity(amenity, search, counts) for amenity in FIRST_ROW), _open_now(search, counts)]


def more(search: Search, counts: Counts) -> list[FilterChip]:
    """Islands only, the other amenities, and every place on the map whatever it offers."""
    rest = [amenity for amenity in Amenity if amenity not in FIRST_ROW]
    islands = _chip(
        "island",
        "heart",
        _("Wendy Islands only"),
        counts.islands,
        search.island,
        search,
        island=not search.island,
    )
    everything = _chip(
        "all", "map", _("All places, also without a baby corner"), None, search.everything, search,
        everything=not search.everything,
    )  # fmt: skip
    return [islands, *(_amenity(amenity, search, counts) for amenity in rest), everything]


def kinds(search: Search, counts: Counts) -> list[FilterChip]:
    """Kinds of place that exist in the answer, and those chosen."""
    return [
        FilterChip(
            kind.value, labels.kind_icon(kind), labels.kind_text(kind), kind in search.kinds,
            address(search.toggled(kind)), counts.kinds[kind],
        )
        for kind in PlaceKind
        if counts.kinds[kind] or kind in search.kinds
    ]  # fmt: skip


def languages(search: Search, selection: Selection) -> list[FilterChip]:
    """The languages spoken at places; one that everybody speaks leaves nothing to choose."""
    spoken = finding.languages(selection)
    shown = [
        (code, number) for code, number in spoken[:MOST_LANGUAGES] if number != 0 or code == search.language
    ]
    if search.language not in {"", *(code for code, _number in shown)}:
        shown.append((search.language, 0))
    return [_language(code, number, search) for code, number in shown] if len(spoken) > 1 else []


def _language(code: str, number: int | None, search: Search) -> FilterChip:
    is_on = search.language == code
    name = locale_in_force().languages.get(code, code)
    return _chip(f"language-{code}", "people", name, number, is_on, search, language="" if is_on else code)


def address(search: Search, **changes: object) -> str:
    """The home address of a search."""
    asked = search.having(**{"page": search.page, **changes}) if changes else search
    query = written(asked.pairs())
    return f"/?{query}" if query else "/"


def _amenity(amenity: Amenity, search: Search, counts: Counts) -> FilterChip:
    return FilterChip(
        amenity.value, labels.amenity_icon(amenity), labels.amenity_text(amenity),
        amenity in search.amenities, address(search.toggled(amenity)), counts.amenities[amenity],
    )  # fmt: skip


def _open_now(search: Search, counts: Counts) -> FilterChip:
    is_on = search.open is not None
    text = (
        _("Open now")
        if search.open is None or search.open.is_now
        else _("Open at %(time)s", time=str(search.open.at)[:5])
    )
    return _chip("open", "clock", text, counts.open_if_asked, is_on, search, open=None if is_on else OpenAt())


def _chip(
    code: str, icon: str, text: str, count: int | None, selected: bool, search: Search, **changes: object
) -> FilterChip:
    return FilterChip(code, icon, text, selected, address(search.having(**changes)), count)
