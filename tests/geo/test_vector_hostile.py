"""Vector archives with hostile names and damaged tiles: a drawing or a sentence, never a script and never a crash."""

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeometryError
from geo.tile_archive import TileArchive
from geo.vector_map import VectorMap
from tests.geo.archives import Described, encoded, write_archive
from tests.geo.test_vector_map import LAT, LON, ROAD, ZOOM, X, Y, map_of, street


def test_names_are_text_whatever_was_typed(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>\u202e&\x00"
    point: Described = ("places", {"kind": "neighbourhood", "name": hostile}, shapely.Point(LON, LAT))
    drawn = map_of(tmp_path, [point, street(name='"><image href="x"/>')])
    tiles = [drawn.tile_svg(ZOOM, X + dx, Y + dy, "light") for dx in range(-2, 3) for dy in range(-2, 3)]
    for tile in tiles:
        names = {element.tag.rpartition("}")[2] for element in ET.fromstring(tile).iter()}
        assert not names & {"script", "image", "foreignObject", "a"}
    assert any(b"&lt;script" in tile for tile in tiles)


def test_bow_ties_and_spikes_do_not_break_the_drawing(tmp_path: Path) -> None:
    shapes: list[tuple[Mapping[str, str], str]] = [
        ({"kind": "park"}, "POLYGON((0 0, 4000 4000, 4000 0, 0 4000, 0 0))"),
        ({"kind": "park"}, "POLYGON((0 0, 0 4000, 0 0, 0 0))"),
    ]
    tile = encoded("landuse", shapes)
    archive = TileArchive(write_archive(tmp_path / "a.pmtiles", {(14, X >> 1, Y >> 1): tile}))
    assert VectorMap(archive).tile_svg(ZOOM, X, Y, "light").startswith(b"<svg")


@given(st.data())
def test_a_damaged_tile_is_a_sentence_or_a_drawing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = encoded("roads", [(ROAD, "LINESTRING(0 0, 2000 2000, 4000 100)")])
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("archive") / "a.pmtiles"
    archive = TileArchive(write_archive(path, {(14, X >> 1, Y >> 1): bytes(content)}))
    try:
        svg = VectorMap(archive).tile_svg(ZOOM, X, Y, "light")
    except GeometryError:
        return
    ET.fromstring(svg)
