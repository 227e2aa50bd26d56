"""The backdrop's tiles: the right colours, small, the same at their edges, with names that never collide."""

import random
import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
import shapely

from geo.backdrop_milano import milano_schematic
from geo.errors import GeometryError
from geo.point import Point
from geo.tile_labels import overlaps
from geo.tile_style import PALETTES, at_zoom
from geo.tiles import Backdrop, BackdropFeature
from tests.geo.tile_numbers import to_tile

SVG = "{http://www.w3.org/2000/svg}"
PIAZZA_NAPOLI = Point(9.1513, 45.4528)


@pytest.fixture(scope="module")
def milano() -> Backdrop:
    return Backdrop(milano_schematic())


def texts(tile: bytes) -> dict[str, tuple[float, float]]:
    """The names of a tile with their positions in pixels."""
    found = ET.fromstring(tile).iter(f"{SVG}text")
    return {str(text.text): (float(text.attrib["x"]) / 4, float(text.attrib["y"]) / 4) for text in found}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("zoom", range(19))
def test_every_zoom_is_well_formed_and_small(milano: Backdrop, zoom: int, theme: str) -> None:
    x, y = to_tile(PIAZZA_NAPOLI, zoom)
    tile = milano.tile_svg(zoom, x, y, theme)  # type: ignore[arg-type]  # both are themes
    root = ET.fromstring(tile)
    assert (root.tag, root.attrib["width"], root.attrib["viewBox"]) == (f"{SVG}svg", "256", "0 0 1024 1024")
    assert len(tile) < 15_000


def test_the_colours_are_those_of_the_drawing(milano: Backdrop) -> None:
    x, y = to_tile(Point(9.1765, 45.4735), 14)
    light, dark = milano.tile_svg(14, x, y, "light").decode(), milano.tile_svg(14, x, y, "dark").decode()
    for colour in ("#F3EEE4", "#DCE8D6", "#FFFFFF", "#4E5865"):
        assert colour in light
    for colour in ("#18232D", "#1B2E27", "#2A3945", "#B4C0C8"):
        assert colour in dark
    assert not set(re.findall("#[0-9A-F]{6}", dark)) & {"#F3EEE4", "#FFFFFF"}


def test_labels_are_legible_on_every_ground() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(a: str, b: str) -> float:
        low, high = sorted((luminance(a), luminance(b)))
        return (high + 0.05) / (low + 0.05)

    for palette in PALETTES.values():
        for ground in (palette.land, palette.park, palette.square, palette.road):
            assert contrast(palette.label, ground) >= 4.5
        assert contrast(palette.water_label, palette.water) >= 4.5
        assert contrast(palette.stop, palette.land) >= 3


@pytest.mark.parametrize("zoom", range(11, 19))
def test_names_never_collide(milano: Backdrop, zoom: int) -> None:
    boxes = sorted(label.box for label in milano.labels(zoom))
    assert boxes
    assert not [pair for pair in combinations(boxes, 2) if overlaps(*pair)]


def test_names_stand_clear_of_stops_that_are_not_theirs(milano: Backdrop) -> None:
    x, y = to_tile(PIAZZA_NAPOLI, 14)
    root = ET.fromstring(milano.tile_svg(14, x, y))
    dots = [
        (float(dot.attrib["cx"]) / 4 + x * 256, float(dot.attrib["cy"]) / 4 + y * 256)
        for dot in root.iter(f"{SVG}circle")
    ]
    assert dots
    for label in milano.labels(14):
        west, north, east, south = label.box
        assert not [dot for dot in dots if west < dot[0] < east and north < dot[1] < south]


def test_a_name_across_an_edge_is_written_at_the_same_place_in_both_tiles(milano: Backdrop) -> None:
    crossing = 0
    for label in milano.labels(14):
        west, _, east, _ = label.box
        if west // 256 == east // 256:
            continue
        crossing += 1
        y = int(label.y // 256)
        places = []
        for x in (int(west // 256), int(east // 256)):
            left, top = texts(milano.tile_svg(14, x, y))[label.text]
            places.append((left + x * 256, top + y * 256))
        assert places[0] == pytest.approx(places[1], abs=0.26)
    assert crossing > 3


def test_lines_run_on_beyond_the_edge_so_that_no_seam_shows(milano: Backdrop) -> None:
    road = BackdropFeature("road", "", shapely.LineString([(9.0, 45.45), (9.3, 45.45)]))
    x, y = to_tile(Point(9.15, 45.45), 14)
    path = ET.fromstring(Backdrop([road]).tile_svg(14, x, y)).find(f".//{SVG}defs/{SVG}path")
    assert path is not None
    start, length = re.fullmatch(r"M(-?\d+) \d+l(-?\d+) 0", path.attrib["d"]).groups()
    ends = sorted((int(start), int(start) + int(length)))
    assert ends[0] < -40
    assert ends[1] > 1064


def test_the_same_features_in_another_order_give_the_same_bytes(milano: Backdrop) -> None:
    features = milano_schematic()
    random.Random(7).shuffle(features)
    other = Backdrop(features)
    x, y = to_tile(PIAZZA_NAPOLI, 13)
    assert other.tile_svg(13, x, y) == milano.tile_svg(13, x, y)


def test_names_are_escaped() -> None:
    stop = BackdropFeature("metro_stop", "<b>&\"'Rossi</b>", shapely.Point(9.15, 45.45))
    tile = Backdrop([stop]).tile_svg(15, *to_tile(Point(9.15, 45.45), 15))
    assert b"<b>" not in tile
    assert "<b>&\"'Rossi</b>" in texts(tile)


def test_a_border_shared_by_two_municipi_is_drawn_once() -> None:
    boxes = [shapely.box(9.1, 45.4, 9.15, 45.5), shapely.box(9.15, 45.4, 9.2, 45.5)]
    two = Backdrop(
        [BackdropFeature("municipio", f"Municipio {number}", box) for number, box in enumerate(boxes)]
    )
    tile = two.tile_svg(15, *to_tile(Point(9.15, 45.45), 15)).decode()
    assert len(re.findall(r"M[-\d]+ [-\d]+l", tile)) == 1


def test_a_speed_limit_zone_is_not_painted_as_a_square() -> None:
    x, y = to_tile(Point(9.15, 45.45), 15)

    def painted(size: float) -> bool:
        square = BackdropFeature("pedestrian", "", shapely.box(9.15, 45.45, 9.15 + size, 45.45 + size))
        return PALETTES["light"].square in Backdrop([square]).tile_svg(15, x, y).decode()

    assert painted(0.001)
    assert not painted(0.05)


def test_two_platforms_of_one_station_get_one_name() -> None:
    platforms = [("DUOMO M1", 9.1896), ("DUOMO M3", 9.1905)]
    stops = [BackdropFeature("metro_stop", name, shapely.Point(lon, 45.464)) for name, lon in platforms]
    assert [label.text for label in Backdrop(stops).labels(14)] == ["Duomo"]


def test_nothing_to_draw_is_a_tile_of_land() -> None:
    empty = Backdrop([])
    assert b"#F3EEE4" in empty.tile_svg(14, 0, 0)
    assert empty.labels(14) == []


def test_unknown_layers_are_ignored() -> None:
    odd = Backdrop([BackdropFeature("aliens", "X", shapely.box(9.1, 45.4, 9.2, 45.5))])
    assert odd.tile_svg(13, *to_tile(PIAZZA_NAPOLI, 13)) == Backdrop([]).tile_svg(13, 0, 0)


@pytest.mark.parametrize("tile", [(-1, 0, 0), (2, 4, 0), (2, 0, -1), (21, 0, 0)])
def test_tiles_that_do_not_exist_are_refused(milano: Backdrop, tile: tuple[int, int, int]) -> None:
    with pytest.raises(GeometryError, match="no tile"):
        milano.tile_svg(*tile)


def test_an_unknown_theme_is_refused(milano: Backdrop) -> None:
    with pytest.raises(GeometryError, match="light and in dark"):
        milano.tile_svg(1, 0, 0, "sepia")  # type: ignore[arg-type]  # on purpose


def test_sizes_are_read_between_their_steps() -> None:
    steps = ((10.0, 1.0), (12.0, 3.0))
    assert [at_zoom(steps, zoom) for zoom in (8, 10, 11, 12, 18)] == [1, 1, 2, 3, 3]


def test_the_whole_city_shows_few_names(milano: Backdrop) -> None:
    stops = {each.name for each in milano_schematic() if each.layer == "metro_stop"}
    shown = [label.text for label in milano.labels(12) if label.text in stops]
    assert 10 < len(shown) < 35
    assert len([label for label in milano.labels(14) if label.text in stops]) > 60
