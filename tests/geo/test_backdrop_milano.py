"""The hand-made Milan: complete, roughly right, and only where Milan is."""

from pathlib import Path

import pytest
import shapely

from geo.backdrop_milano import SCHEMATIC, completed, milano_schematic
from geo.distance import metres
from geo.geojson import read_features
from geo.geometry import parse_geometry
from geo.point import Point
from geo.tiles import Backdrop, BackdropFeature
from tests.geo.tile_numbers import to_tile

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "milano"
BASEMAP = SHARED / "basemap_milano.geojson.gz"
needs_shared = pytest.mark.skipif(
    not BASEMAP.exists(), reason="the shared folder with Milan's open data is absent"
)


def test_it_says_that_it_is_approximate_and_ours() -> None:
    head = SCHEMATIC.read_text()[:400]
    assert "approximate" in head
    assert "EUPL-1.2" in head


def test_it_has_everything_that_people_know_milan_by() -> None:
    features = milano_schematic()
    names = {feature.name for feature in features}
    assert {f"Municipio {number}" for number in range(1, 10)} <= names
    assert {"Naviglio Grande", "Naviglio Pavese", "Martesana", "Darsena", "Lambro"} <= names
    assert {
        "Parco Sempione",
        "Giardini Indro Montanelli",
        "Parco Lambro",
        "Parco Forlanini",
        "Parco Ravizza",
    } <= names
    assert {"Parco delle Cave", "Parco di Trenno", "Parco Nord", "Idroscalo"} <= names
    assert {feature.name for feature in features if feature.layer == "metro_line"} == {
        "M1",
        "M2",
        "M3",
        "M4",
        "M5",
    }
    assert sum(feature.layer == "metro_stop" for feature in features) > 80
    assert all(feature.geometry.is_valid for feature in features)


def test_the_sectors_share_their_borders_and_do_not_overlap() -> None:
    sectors = [feature.geometry for feature in milano_schematic() if feature.layer == "municipio"]
    assert len(sectors) == 9
    whole = shapely.union_all(sectors)
    assert whole.geom_type == "Polygon"
    assert sum(sector.area for sector in sectors) == pytest.approx(whole.area, rel=0.01)


def test_lines_run_through_their_stops() -> None:
    features = milano_schematic()
    lines = shapely.union_all([feature.geometry for feature in features if feature.layer == "metro_line"])
    assert all(
        lines.distance(feature.geometry) < 1e-9 for feature in features if feature.layer == "metro_stop"
    )


def test_an_imported_map_of_milan_gets_our_waters_and_parks() -> None:
    road = BackdropFeature("road", "", shapely.LineString([(9.05, 45.40), (9.28, 45.53)]))
    layers = {feature.layer for feature in completed([road])}
    assert layers == {"road", "water", "park"}


def test_an_imported_map_with_waters_keeps_its_own() -> None:
    canal = BackdropFeature("water", "Canale", shapely.LineString([(9.05, 45.40), (9.28, 45.53)]))
    assert [feature.name for feature in completed([canal]) if feature.layer == "water"] == ["Canale"]


def test_a_map_of_another_town_gets_nothing_of_milan() -> None:
    road = BackdropFeature("road", "", shapely.LineString([(24.9, 60.1), (25.0, 60.2)]))
    assert completed([road]) == [road]


def test_nothing_imported_is_the_schematic() -> None:
    assert len(completed([])) == len(milano_schematic())


def imported() -> list[BackdropFeature]:
    return [
        BackdropFeature(
            each.properties["layer"], each.properties.get("name") or "", parse_geometry(each.geometry)
        )
        for each in read_features(BASEMAP)
    ]


@needs_shared
def test_the_hand_made_stops_are_near_the_real_ones() -> None:
    real = {each.name: each.geometry for each in imported() if each.layer == "metro_stop"}
    ours = {each.name.upper(): each.geometry for each in milano_schematic() if each.layer == "metro_stop"}
    common = sorted(set(real) & set(ours))
    assert len(common) > 50
    for name in common:
        a, b = real[name].centroid, ours[name].centroid
        assert metres(Point(a.x, a.y), Point(b.x, b.y)) < 900, name


@needs_shared
@pytest.mark.parametrize("zoom", [11, 12, 13, 14, 15, 16])
def test_the_imported_basemap_makes_light_tiles(zoom: int) -> None:
    backdrop = Backdrop(imported())
    cx, cy = to_tile(Point(9.19, 45.464), zoom)
    sizes = [len(backdrop.tile_svg(zoom, cx + dx, cy + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    assert max(sizes) < 40_000
    if zoom >= 13:
        assert max(sizes) < 15_000
