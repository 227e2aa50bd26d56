"""The home page put together: where one is, what belongs, in which order, and what stands around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.pagination import PAGE_SIZE, Pagination, page_text
from app.core.preview import Preview
from app.core.translation import gettext as _
from app.core.zone import network_zone
from app.explore import chips, finding, labels, leaflet_files, map_script, sentences
from app.explore.chips import address
from app.explore.counting import counts_for
from app.explore.emptiness import empty_state
from app.explore.finding import this_minute
from app.explore.locating import FAR_METRES, Location, locate, moved_if_far
from app.explore.pages import HomePage, MapView
from app.explore.queries import listing
from app.explore.remembered import until_places_change
from app.explore.rules.search import OpenAt, Search, Selection, Sort, View, bbox_text, point_text
from app.explore.rules.search_parsing import Parsed, parse, within_horizon
from app.places.pages import PlaceCard, place_cards
from app.places.rules.vocabulary import Amenity
from app.places.wording import distance_text
from geo.bbox import BBox
from geo.mercator import world_fraction
from geo.point import Point

NEAR_ZOOM = 15
CITY_ZOOM = 12
PRESET = (Amenity.CHANGING_TABLE_FATHERS,)


@dataclass(frozen=True)
class Listed:
    """One page of the list: ids in order, metres where a point is known, and the location measured from."""

    ids: tuple[int, ...]
    metres: dict[int, float]
    location: Location


def read(arguments: Mapping[str, Sequence[str]]) -> Parsed:
    """The search that query arguments ask for, with a fault for each part that was left out."""
    return within_horizon(parse(arguments), this_minute(), network_zone())


def home_page(parsed: Parsed) -> HomePage:
    """Everything that the template shows for a search."""
    now, zone = this_minute(), network_zone()
    search = parsed.search
    selection = search.selection(now, zone)
    moment = selection.open_at or now
    counts = counts_for(selection, moment)
    listed = list_places(search, selection, moment, counts.total)
    return HomePage(
        title=_("Find an island"),
        preview=Preview(_("Find an island"), _("Where to feed and change your baby, nearby"), "/"),
        where=search.where,
        where_error=listed.location.error,
        near_text=listed.location.near_text,
        preset_url=address(preset_of(search)),
        preset_selected=search.amenities == PRESET and search.open == OpenAt(),
        chips=chips.first_row(search, counts),
        more_chips=chips.more(search, counts),
        kind_chips=chips.kinds(search, counts),
        language_chips=chips.languages(search, selection),
        result_text=sentences.result(search, counts, moment, now, zone),
        sort_text=str(labels.SORTS[order_of(search, listed.location)]),
        cards=_cards(listed, now),
        empty=empty_state(search, now, zone, listed.location.point) if counts.total == 0 else None,
        pages=pagination(search, counts.total),
        choices=list(listed.location.choices),
        named=list(listed.location.named),
        far_text=listed.location.far_text,
        hidden_fields=list(search.having(near=None, where="", bbox=None).pairs()),
        map=map_view(search, listed.location),
        view=search.view.value,
        list_url=address(search, view=View.LIST),
        map_url=address(search, view=View.MAP),
        problems=[labels.problem(fault) for fault in parsed.faults],
    )


def list_places(search: Search, selection: Selection, moment: datetime, total: int) -> Listed:
    """The ids of the asked page; the order is by true distance where a point is known."""
    location = locate(search)
    offset = (search.page - 1) * PAGE_SIZE
    if location.point is None or order_of(search, location) is not Sort.DISTANCE:
        return _in_order(search, selection, moment, location)
    found = _nearest(selection, location.point, total, offset)
    if not found or found[0][1] > FAR_METRES:  # perhaps far from everything: asked on every page alike
        location = moved_if_far(location)
        found = _nearest(selection, location.point, total, offset)
    return Listed(tuple(place_id for place_id, _metres in found), dict(found), location)


def order_of(search: Search, location: Location) -> Sort:
    """What was asked for, else by distance where a point is known, else open ones first."""
    default = Sort.OPEN if location.point is None else Sort.DISTANCE
    return default if search.sort is None or search.sort is Sort.DISTANCE else search.sort


def _nearest(selection: Selection, point: Point | None, total: int, offset: int) -> list[tuple[int, float]]:
    assert point is not None
    return finding.nearest(selection, point, total=total, offset=offset, limit=PAGE_SIZE)


def _in_order(search: Search, selection: Selection, moment: datetime, location: Location) -> Listed:
    sort, offset = order_of(search, location), (search.page - 1) * PAGE_SIZE
    key = ("in order", selection, sort, moment, offset)
    ids = until_places_change(
        key, lambda: listing.in_order(selection, sort, moment, offset=offset, limit=PAGE_SIZE)
    )
    metres = listing.distances(ids, location.point) if location.point and ids else {}
    return Listed(tuple(ids), metres, location)


def _cards(listed: Listed, now: datetime) -> list[tuple[PlaceCard, str | None]]:
    metres = listed.metres
    return [
        (card, distance_text(metres[key]) if key in metres else None)
        for key, card in place_cards(listed.ids, at=now).items()
    ]


def preset_of(search: Search) -> Search:
    """«Change a nappy now, fathers too»: keeps where one is and drops every other filter."""
    return Search(amenities=PRESET, open=OpenAt(), near=search.near, where=search.where, view=search.view)


def pagination(search: Search, total: int) -> Pagination:
    """Links to the pages before and after; beyond the last page the way back leads to it."""
    last = max(1, -(-total // PAGE_SIZE))
    before = address(search, page=min(search.page - 1, last)) if search.page > 1 else None
    after = address(search, page=search.page + 1) if search.page < last else None
    return Pagination(before, after, page_text(min(search.page, last), last))


def map_view(search: Search, location: Location) -> MapView:
    """Around the reader, else the asked box, else all that belongs by default."""
    centre = location.point or map_script.CENTRE
    bounds = None if location.point else search.bbox or _usual_bounds()
    zoom = NEAR_ZOOM if location.point else CITY_ZOOM
    x, y = (min(int(part * 2**zoom), 2**zoom - 1) for part in world_fraction(centre))
    return MapView(
        script_url=f"/map-{map_script.current_hash()}.js",
        leaflet_js=leaflet_files.address("leaflet.js"),
        leaflet_css=leaflet_files.address("leaflet.css"),
        query=search.filter_query(),
        bounds=bbox_text(bounds) if bounds else "",
        centre=point_text(centre),
        zoom=zoom,
        here=point_text(location.here) if location.here else None,
        attribution=map_script.attribution_text(),
        still_url=f"/tiles/{zoom}/{x}/{y}",
    )


def _usual_bounds() -> BBox | None:
    """The box of the islands, or of all useful places where there are no islands yet."""

    def reach() -> BBox | None:
        return finding.bounds(Selection(island=True)) or finding.bounds(Selection())

    return until_places_change(("usual bounds", this_minute()), reach)
