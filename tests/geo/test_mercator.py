"""Tile arithmetic and the cells that clusters are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cluster import cluster_level, cluster_shift
from geo.mercator import (
    morton,
)
from geo.point import Point
from tests.geo.tile_numbers import to_tile

POINTS = st.builds(Point, lon=st.floats(-180, 180), lat=st.floats(-90, 90))


def test_the_world_is_numbered_as_on_the_openstreetmap_wiki() -> None:
    assert to_tile(Point(139.7006793, 35.6590699), 18) == (232798, 103246)
    assert to_tile(Point(9.1919, 45.4642), 0) == (0, 0)


def test_the_edges_of_the_world_belong_to_the_last_cells() -> None:
    assert morton(Point(180, -90), 3) == 4**3 - 1
    assert morton(Point(-180, 90), 3) == 0


@given(point=POINTS, level=st.integers(0, 24))
def test_a_shifted_cell_is_the_cell_of_the_coarser_level(point: Point, level: int) -> None:
    assert morton(point) >> 2 * (24 - level) == morton(point, level)


@given(point=POINTS)
def test_a_cell_fits_a_signed_bigint(point: Point) -> None:
    assert 0 <= morton(point) < 2**48


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
