"""Which of our own layers a feature of a vector tile belongs to, and the name it may show.

Read are the Protomaps basemap (version 4, and 3 with its `pmap:` keys) and OpenMapTiles; their layers have different
names, so that one table holds both. Sources: docs.protomaps.com/basemaps/layers, openmaptiles.org/schema.
"""

from collections.abc import Callable
from dataclasses import dataclass

from geo.map_name import clean_name
from geo.vector_tile import Properties

_GREEN = {"park", "garden", "cemetery", "grave_yard", "forest", "wood", "grass", "grassland", "meadow", "village_green",
          "recreation_ground", "golf_course", "allotments", "playground", "dog_park", "zoo", "orchard", "scrub", "pitch",
          "wetland", "nature_reserve"}  # fmt: skip
_GREEN_POINTS = {"park", "garden", "zoo", "nature_reserve", "national_park"}
_SQUARES = {"pedestrian", "footway", "plaza"}
_POOLS = {"swimming_pool", "fountain", "drain", "ditch"}
# By the finer word where there is one (residential), else by the coarser (minor_road).
_ROADS = {
    "motorway": "ring", "trunk": "ring", "primary": "ring", "highway": "ring",
    "secondary": "road", "tertiary": "road", "major_road": "road", "medium_road": "road",
    "minor": "minor_road", "minor_road": "minor_road", "residential": "minor_road", "unclassified": "minor_road",
    "living_street": "minor_road", "pedestrian": "minor_road", "road": "minor_road", "busway": "minor_road",
    "service": "lane", "track": "lane",
    "path": "path", "footway": "path", "cycleway": "path", "steps": "path", "bridleway": "path",
    "rail": "rail", "light_rail": "metro_line", "subway": "metro_line",
}  # fmt: skip
_NOT_DRAWN = {
    "tram",
    "bus",
    "ferry",
    "platform",
    "corridor",
    "proposed",
    "construction",
    "sidewalk",
    "crossing",
}
_PLACES = {
    "city": "city", "town": "town", "village": "town", "hamlet": "town", "locality": "town",
    "suburb": "suburb", "macrohood": "suburb", "quarter": "nil", "neighbourhood": "nil",
}  # fmt: skip
_STOPS = {"station", "subway", "halt", "light_rail"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One of our layers and the name to show there, or ""."""

    layer: str
    name: str


def drawn_as(layer: str, properties: Properties) -> Drawn | None:
    """Our layer and name for a feature; None for what our map does not show."""
    kind, detail = _kinds(properties)
    if {kind, detail} & _NOT_DRAWN:
        return None
    ours = _own_layer(layer, kind, detail)
    return Drawn(ours, clean_name(properties.get("name"))) if ours else None


def _own_layer(layer: str, kind: str, detail: str) -> str | None:
    reader = _READERS.get(layer)
    return reader(kind, detail) if reader else None


def _road(kind: str, detail: str) -> str | None:
    if detail.endswith("_link"):
        return "minor_road"
    return _ROADS.get(detail) or _ROADS.get(kind)


def _road_name(kind: str, detail: str) -> str | None:
    return {"ring": "road_name", "road": "road_name", "minor_road": "minor_name"}.get(_ROADS.get(kind, ""))


def _water(kind: str, detail: str) -> str | None:
    return None if kind in _POOLS else "water"


def _ground(kind: str, detail: str) -> str | None:
    if {kind, detail} & _GREEN:
        return "park"
    return "pedestrian" if kind in _SQUARES else None


def _building(kind: str, detail: str) -> str | None:
    return None if kind in {"address", "building_part"} else "building"


def _place(kind: str, detail: str) -> str | None:
    return _PLACES.get(detail) or _PLACES.get(kind)


def _point(kind: str, detail: str) -> str | None:
    if kind in {"station", "subway"} or (kind == "railway" and detail in _STOPS):
        return "metro_stop"
    return "park_point" if kind in _GREEN_POINTS else None


_READERS: dict[str, Callable[[str, str], str | None]] = {
    "roads": _road, "transportation": _road, "transit": _road, "transportation_name": _road_name,
    "water": _water, "waterway": _water, "water_name": _water, "physical_line": _water,
    "landuse": _ground, "landcover": _ground, "natural": _ground,
    "buildings": _building, "building": _building,
    "places": _place, "place": _place, "pois": _point, "poi": _point,
}  # fmt: skip
LAYERS = frozenset(_READERS)


def _kinds(properties: Properties) -> tuple[str, str]:
    """The coarse and the fine word for what it is: kind and kind_detail, or class and subclass."""
    kind = properties.get("kind", properties.get("pmap:kind", properties.get("class", "")))
    detail = properties.get("kind_detail", properties.get("pmap:kind_detail", properties.get("subclass", "")))
    return str(kind), str(detail)
