"""OpenStreetMap extracts and Overpass answers are read as they come."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from geo.errors import GeometryError
from geo.osm import OsmElement, place_kind, read_osm_file
from geo.point import Point

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "osm"
ELEMENTS = [
    {"type": "node", "id": 1, "lat": 45.45, "lon": 9.15, "tags": {"name": "Farmacia", "amenity": "pharmacy"}},
    {"type": "way", "id": 2, "center": {"lat": 45.46, "lon": 9.16}, "tags": {"name": "Biblioteca"}},
    {"type": "relation", "id": 3, "center": {"lat": 45.47, "lon": 9.17}, "tags": {"name": "Ospedale"}},
    {"type": "node", "id": 4, "lat": 45.45, "lon": 9.15, "tags": {"amenity": "bench"}},
    {"type": "node", "id": 5, "lat": 45.45, "lon": 9.15},
    {"type": "way", "id": 6, "nodes": [1, 5], "tags": {"name": "without a middle"}},
    {"type": "count", "id": 7},
    "nonsense",
]
EXTRACT = """<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="45.0" lon="9.0" version="1"><tag k="name" v="Un nodo"/></node>
<node id="2" lat="45.0" lon="9.2" version="1"/><node id="3" lat="45.2" lon="9.2" version="1"/>
<node id="4" lat="45.2" lon="9.0" version="1"/><node id="5" lat="46" lon="10" version="1"/>
<way id="7" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="name" v="Una casa"/></way>
<way id="8" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="path"/></way>
<way id="9" version="1"><nd ref="99"/><tag k="name" v="fuori"/></way>
</osm>"""


def overpass(folder: Path, elements: object, *, packed: bool = False) -> Path:
    path = folder / ("answer.json.gz" if packed else "answer.json")
    content = json.dumps({"version": 0.6, "elements": elements}).encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_named_elements_of_an_overpass_answer(tmp_path: Path, packed: bool) -> None:
    assert list(read_osm_file(overpass(tmp_path, ELEMENTS, packed=packed))) == [
        OsmElement("n/1", {"name": "Farmacia", "amenity": "pharmacy"}, Point(9.15, 45.45)),
        OsmElement("w/2", {"name": "Biblioteca"}, Point(9.16, 45.46)),
        OsmElement("r/3", {"name": "Ospedale"}, Point(9.17, 45.47)),
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"elements": 3}', "[" * 100_000])
def test_what_is_no_overpass_answer_is_refused_with_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "answer.json"
    path.write_text(content)
    with pytest.raises(GeometryError, match=r"answer\.json .*Overpass"):
        list(read_osm_file(path))


def test_named_nodes_and_the_middles_of_named_ways(tmp_path: Path) -> None:
    path = tmp_path / "extract.osm"
    path.write_text(EXTRACT)
    node, house = read_osm_file(path)
    assert node == OsmElement("n/1", {"name": "Un nodo"}, Point(9.0, 45.0))
    assert (house.id, house.tags) == ("w/7", {"name": "Una casa"})
    assert (house.point.lon, house.point.lat) == pytest.approx((9.1, 45.1))


@pytest.mark.parametrize("name", ["broken.osm.pbf", "broken.osm"])
def test_a_broken_extract_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"this is no extract")
    with pytest.raises(GeometryError, match="not a readable OpenStreetMap extract"):
        list(read_osm_file(path))


@pytest.mark.parametrize("name", ["gone.osm.pbf", "gone.json"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(GeometryError, match=f"no file {name}"):
        list(read_osm_file(tmp_path / name))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder with OpenStreetMap extracts is absent")
@pytest.mark.parametrize(
    ("name", "named", "cafes", "libraries"),
    [("helsinki", 2600, 85, 7), ("liechtenstein", 2900, 5, 1), ("lund", 80, 2, 0)],
)
def test_real_extracts_give_their_places(name: str, named: int, cafes: int, libraries: int) -> None:
    elements = list(read_osm_file(SHARED / f"{name}.osm.pbf"))
    kinds = Counter(place_kind(element.tags) for element in elements)
    assert len(elements) >= named
    assert len({element.id for element in elements}) == len(elements)
    assert kinds["cafe"] >= cafes
    assert kinds["library"] >= libraries
