"""Tile arithmetic and the cells that clusters are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.bbox import BBox
from geo.cluster import cluster_level, cluster_shift
from geo.errors import GeometryError
from geo.mercator import (
    MAX_LATITUDE,
    cell_center,
    from_pixel,
    morton,
    tile_bbox,
    to_pixel,
    to_tile,
)
from geo.point import Point

POINTS = st.builds(Point, lon=st.floats(-180, 180), lat=st.floats(-90, 90))
MAPPED = st.builds(Point, lon=st.floats(-180, 180), lat=st.floats(-85, 85))


def test_tiles_are_numbered_as_on_the_openstreetmap_wiki() -> None:
    assert to_tile(Point(139.7006793, 35.6590699), 18) == (232798, 103246)
    assert to_tile(Point(9.1919, 45.4642), 0) == (0, 0)


@given(point=MAPPED, zoom=st.integers(0, 20))
def test_a_point_lies_in_its_tile(point: Point, zoom: int) -> None:
    x, y = to_tile(point, zoom)
    box = tile_bbox(zoom, x, y)
    near = 1e-9
    assert BBox(
        max(-180, box.west - near), box.south - near, min(180, box.east + near), box.north + near
    ).contains(point)


def test_the_edges_of_the_world_belong_to_the_last_tiles() -> None:
    assert to_tile(Point(180, -90), 3) == (7, 7)
    assert to_tile(Point(-180, 90), 3) == (0, 0)
    assert tile_bbox(0, 0, 0).north == pytest.approx(MAX_LATITUDE)


@pytest.mark.parametrize("tile", [(-1, 0, 0), (1, 2, 0), (1, 0, -1), (25, 0, 0)])
def test_tiles_that_do_not_exist_are_refused(tile: tuple[int, int, int]) -> None:
    with pytest.raises(GeometryError, match="no tile"):
        tile_bbox(*tile)


@given(point=MAPPED)
def test_pixels_and_back_is_the_same_place(point: Point) -> None:
    back = from_pixel(*to_pixel(point, 17), 17)
    assert (back.lon, back.lat) == pytest.approx((point.lon, point.lat), abs=1e-7)


@given(point=POINTS, level=st.integers(0, 24))
def test_a_shifted_cell_is_the_cell_of_the_coarser_level(point: Point, level: int) -> None:
    assert morton(point) >> 2 * (24 - level) == morton(point, level)


@given(point=POINTS)
def test_a_cell_fits_a_signed_bigint(point: Point) -> None:
    assert 0 <= morton(point) < 2**48


@given(point=MAPPED, level=st.integers(1, 24))
def test_the_middle_of_a_cell_lies_in_that_cell(point: Point, level: int) -> None:
    cell = morton(point, level)
    assert morton(cell_center(cell, level), level) == cell


def test_interleaving_is_what_it_says() -> None:
    x, y = to_tile(Point(9.1919, 45.4642), 24)
    expected = sum((x >> bit & 1) << 2 * bit | (y >> bit & 1) << 2 * bit + 1 for bit in range(24))
    assert morton(Point(9.1919, 45.4642)) == expected


@pytest.mark.parametrize("zoom", range(3, 22))
def test_a_cluster_cell_is_sixty_four_pixels_wide(zoom: int) -> None:
    cells = 2 ** cluster_level(zoom)
    assert 256 * 2**zoom / cells == 64


def test_shifts_stay_between_the_whole_world_and_a_single_cell() -> None:
    assert cluster_shift(-5) == 48
    assert cluster_shift(0) == 44
    assert cluster_shift(30) == 0
