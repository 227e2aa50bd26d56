"""A vector archive drawn in our style: what is on the tiles, what is left out, and what damaged ones do."""

import re
from pathlib import Path

import shapely

from geo.mercator import world_fraction
from geo.point import Point
from geo.tile_archive import TileArchive
from geo.tile_style import PALETTES
from geo.vector_map import MOST_BYTES, VectorMap, bare_ground
from geo.vector_schema import drawn_as
from tests.geo.archives import Described, vector_tiles, write_archive

LON, LAT = 9.1675, 45.4595
ZOOM = 15
X, Y = (int(part * 2**ZOOM) for part in world_fraction(Point(LON, LAT)))
ROAD = {"kind": "major_road", "kind_detail": "secondary", "name": "Via Savona"}


def map_of(tmp_path: Path, features: list[Described], zooms: range = range(12, 16)) -> VectorMap:
    return VectorMap(TileArchive(write_archive(tmp_path / "a.pmtiles", vector_tiles(features, zooms))))


def street(lat: float = LAT, **changed: str) -> Described:
    return "roads", ROAD | changed, shapely.LineString([(LON - 0.02, lat), (LON + 0.02, lat)])


def _block(vector_map: VectorMap, zoom: int = ZOOM, x: int = X, y: int = Y) -> str:
    """The tiles around one, as one text."""
    around = [(x + dx, y + dy) for dx in range(-2, 3) for dy in range(-2, 3)]
    return "".join(vector_map.tile_svg(zoom, each, other, "light").decode() for each, other in around)


def test_streets_waters_parks_and_their_names_are_drawn_in_our_colours(tmp_path: Path) -> None:
    square = shapely.box(LON - 0.004, LAT - 0.004, LON + 0.004, LAT + 0.002)
    drawn = map_of(
        tmp_path,
        [
            street(),
            ("landuse", {"kind": "park", "name": "Parco Solari"}, square),
            ("water", {"kind": "water"}, shapely.box(LON - 0.009, LAT - 0.009, LON - 0.006, LAT)),
        ],
    )
    tiles = _block(drawn)
    light = PALETTES["light"]
    assert {light.road, light.park, light.water} <= set(re.findall("#[0-9A-F]{6}", tiles))
    assert "Via Savona" in tiles
    assert "Parco Solari" in tiles
    assert drawn.tile_svg(ZOOM, X, Y, "dark") != drawn.tile_svg(ZOOM, X, Y, "light")


def test_openmaptiles_names_of_layers_are_understood_too() -> None:
    assert drawn_as("transportation", {"class": "secondary"}) == drawn_as(
        "roads", {"kind": "major_road", "kind_detail": "secondary"}
    )
    assert drawn_as("transportation", {"class": "ferry"}) is None
    assert drawn_as("unheard_of", {"class": "secondary"}) is None


def test_beyond_the_last_zoom_the_last_tiles_are_drawn_larger(tmp_path: Path) -> None:
    drawn = map_of(tmp_path, [street()], range(12, 14))
    assert PALETTES["light"].road in _block(drawn, 17, X * 4 + 2, Y * 4 + 2)


def test_where_the_archive_has_nothing_the_ground_is_bare(tmp_path: Path) -> None:
    drawn = map_of(tmp_path, [street()])
    assert drawn.tile_svg(15, 0, 0, "dark") == bare_ground("dark")
    assert drawn.tile_svg(4, 8, 5, "light") == bare_ground("light")


def test_names_keep_within_their_block_so_that_none_is_cut_in_two(tmp_path: Path) -> None:
    streets = [street(LAT + step * 0.0004, name=f"Via Numero {step}") for step in range(-12, 12)]
    drawn = map_of(tmp_path, streets)
    for x in (X - X % 4, X - X % 4 + 4):
        sheet = drawn._sheet(16, x // 4, Y // 4)
        west, north, east, south = (edge * 256 * (1 << 16) for edge in sheet._frame or ())
        for label in sheet.labels(16):
            assert west <= label.box[0]
            assert label.box[2] <= east
            assert north <= label.box[1]
            assert label.box[3] <= south


def test_a_crowded_tile_loses_detail_instead_of_growing(tmp_path: Path) -> None:
    streets: list[Described] = [
        street(LAT + step * 0.00002, name="", kind_detail="residential", kind="minor_road")
        for step in range(-400, 400)
    ]
    crossing: list[Described] = [
        (
            "roads",
            {"kind": "path"},
            shapely.LineString([(LON + step * 2e-5, LAT - 0.01), (LON + step * 2e-5, LAT + 0.01)]),
        )
        for step in range(-400, 400)
    ]
    drawn = map_of(tmp_path, streets + crossing, range(15, 16))
    assert max(len(drawn.tile_svg(ZOOM, X + dx, Y, "light")) for dx in (-1, 0, 1)) <= MOST_BYTES
