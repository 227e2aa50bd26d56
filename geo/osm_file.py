"""Reading OpenStreetMap extracts: `.osm.pbf` (also .osm, .osm.bz2) and Overpass JSON (.gz too)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import osmium
import shapely

from geo.errors import GeometryError
from geo.geojson import read_bytes
from geo.point import Point


@dataclass(frozen=True, slots=True)
class OsmElement:
    """A named thing with its stable id ("n/123", "w/45", "r/6"), its tags and one position."""

    id: str
    tags: Mapping[str, str]
    point: Point


def read_osm_file(path: Path) -> Iterator[OsmElement]:
    """Every named node, way and (Overpass only) relation, in the file's order; GeometryError when it is broken."""
    if path.name.endswith((".pbf", ".osm", ".osm.gz", ".osm.bz2")):
        return _from_extract(path)
    return _from_overpass(path)


def _from_extract(path: Path) -> Iterator[OsmElement]:
    """Named nodes and the middles of named ways."""
    if not path.is_file():
        raise GeometryError(f"There is no file {path.name}.")
    try:
        named = osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("name"))
        for thing in named:
            point = _middle(thing)
            if point is not None:
                yield OsmElement(f"{thing.type_str()}/{thing.id}", dict(thing.tags), point)
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise GeometryError(f"{path.name} is not a readable OpenStreetMap extract: {error}.") from None


def _middle(thing: Any) -> Point | None:
    """A node's position, or the centroid of a way whose nodes are in the file."""
    if thing.is_node():
        return Point(thing.location.lon, thing.location.lat) if thing.location.valid() else None
    if not thing.is_way():
        return None
    path = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
    if not path:
        return None
    closed = len(path) >= 4 and path[0] == path[-1]
    middle = (shapely.Polygon(path) if closed else shapely.MultiPoint(path)).centroid
    return Point(middle.x, middle.y) if not middle.is_empty else Point(*path[0])


def _from_overpass(path: Path) -> Iterator[OsmElement]:
    """Named elements of an Overpass answer (`out center`)."""
    try:
        document = json.loads(read_bytes(path))
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise GeometryError(f"{path.name} is not Overpass JSON.") from None
    except RecursionError:
        raise GeometryError(f"{path.name} is nested too deeply to be Overpass JSON.") from None
    elements = document.get("elements") if isinstance(document, dict) else None
    if not isinstance(elements, list):
        raise GeometryError(f"{path.name} is not Overpass JSON: it has no elements.")
    for element in elements:
        read = _overpass_element(element)
        if read is not None:
            yield read


def _overpass_element(element: Any) -> OsmElement | None:
    """One element, or None when it has no name, no position or is not one."""
    if not isinstance(element, dict) or element.get("type") not in {"node", "way", "relation"}:
        return None
    tags = element.get("tags")
    if not isinstance(tags, dict) or not tags.get("name"):
        return None
    centre = element.get("center")
    place = centre if isinstance(centre, dict) else element
    lon, lat = place.get("lon"), place.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    texts = {str(key): str(value) for key, value in tags.items()}
    return OsmElement(f"{element['type'][0]}/{element.get('id')}", texts, Point(float(lon), float(lat)))
