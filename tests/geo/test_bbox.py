"""Boxes: read, split at the antimeridian, and large enough around a point."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.bbox import BBox
from geo.distance import metres
from geo.errors import GeometryError
from geo.point import Point

LONGITUDES = st.floats(-180, 180)
LATITUDES = st.floats(-90, 90)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "nan,0,1,1",
        "0,0,inf,1",
        "0,5,1,4",
        "0,0,181,1",
        "0,-91,1,1",
        "1;2;3;4",
        "," * 9999,
    ],
)
def test_malformed_boxes_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(GeometryError, match=r"\.$"):
        BBox.parse(text)


def test_a_box_of_no_size_holds_its_point() -> None:
    box = BBox.parse("9.19,45.46,9.19,45.46")
    assert box.contains(Point(9.19, 45.46))
    assert not box.contains(Point(9.190001, 45.46))


def test_west_beyond_east_crosses_the_antimeridian() -> None:
    box = BBox.parse("170,-20,-170,10")
    assert box.parts() == (BBox(170, -20, 180, 10), BBox(-180, -20, -170, 10))
    assert box.width == 20
    assert box.center == Point(180, -5)


@given(west=LONGITUDES, east=LONGITUDES, lon=LONGITUDES, lat=LATITUDES)
def test_the_parts_hold_the_same_points_as_the_box(west: float, east: float, lon: float, lat: float) -> None:
    box = BBox(west, -45, east, 60)
    point = Point(lon, lat)
    assert box.contains(point) == any(part.contains(point) for part in box.parts())


@given(lon=LONGITUDES, lat=LATITUDES, other_lon=LONGITUDES, other_lat=LATITUDES)
@example(lon=179.9, lat=0, other_lon=-179.9, other_lat=0.1)
@example(lon=0, lat=89.99, other_lon=180, other_lat=89.99)
@example(lon=10, lat=-90, other_lon=-120, other_lat=-89.5)
@example(lon=0, lat=80, other_lon=30, other_lat=85)
def test_a_box_around_a_point_holds_all_that_is_as_near(
    lon: float, lat: float, other_lon: float, other_lat: float
) -> None:
    here, there = Point(lon, lat), Point(other_lon, other_lat)
    assert BBox.around(here, metres(here, there)).contains(there)


def test_a_box_around_a_point_is_not_much_larger_than_asked() -> None:
    box = BBox.around(Point(9.15, 45.45), 1000)
    assert 2000 < metres(Point(box.west, 45.45), Point(box.east, 45.45)) < 2100
    assert 2000 < metres(Point(9.15, box.south), Point(9.15, box.north)) < 2100


def test_growing_keeps_the_middle_and_stays_on_the_globe() -> None:
    assert BBox(0, 0, 10, 10).expanded(0.5) == BBox(-5, -5, 15, 15)
    assert BBox(0, 80, 10, 90).expanded(0.5).north == 90
    assert BBox(-170, 0, 170, 10).expanded(0.5).width == 360
    grown = BBox(175, 0, 179, 10).expanded(0.5)
    assert (grown.west, grown.east) == (173, -179)
