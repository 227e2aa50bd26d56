"""What the home template reads, and nothing else."""

from dataclasses import dataclass

from app.core.filtering import EmptyState, FilterChip
from app.core.http import Link
from app.core.pagination import Pagination
from app.core.preview import Preview
from app.places.pages import PlaceCard


@dataclass(frozen=True)
class MapView:
    """What the map needs to start: addresses, the filters for its data, and what it shows first.

    `bounds` "w,s,e,n" or empty; `centre` and `here` "lat,lon"; `attribution` names whose map it is. `still_url` is the
    one tile that is shown until the map's script is there.
    """

    script_url: str
    leaflet_js: str
    leaflet_css: str
    query: str
    bounds: str
    centre: str
    zoom: int
    here: str | None
    attribution: str
    still_url: str


@dataclass(frozen=True)
class HomePage:
    """The first screen. `problems`: a sentence for each parameter of the address that was left out."""

    title: str
    where: str
    where_error: str | None
    near_text: str | None
    preset_url: str
    preset_selected: bool
    chips: list[FilterChip]
    more_chips: list[FilterChip]
    kind_chips: list[FilterChip]
    language_chips: list[FilterChip]
    result_text: str
    sort_text: str
    cards: list[tuple[PlaceCard, str | None]]  # with the distance in words, where one is known
    empty: EmptyState | None
    pages: Pagination
    choices: list[Link]
    named: list[Link]
    far_text: str | None
    hidden_fields: list[tuple[str, str]]
    map: MapView
    view: str
    list_url: str
    map_url: str
    preview: Preview
    problems: list[str]
