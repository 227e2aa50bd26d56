"""Distances against published values, and minutes as people walk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.distance import metres, minutes_on_foot, sphere_metres
from geo.point import Point

FLINDERS_PEAK = Point(lon=144 + 25 / 60 + 29.52440 / 3600, lat=-(37 + 57 / 60 + 3.72030 / 3600))
BUNINYONG = Point(lon=143 + 55 / 60 + 35.38390 / 3600, lat=-(37 + 39 / 60 + 10.15610 / 3600))
POINTS = st.builds(Point, lon=st.floats(-180, 180), lat=st.floats(-90, 90))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # Geocentric Datum of Australia, technical manual, worked example.
        (FLINDERS_PEAK, BUNINYONG, 54_972.271),
        # One degree of the equator: a * pi / 180.
        (Point(0, 0), Point(1, 0), 111_319.491),
        # The quarter meridian of WGS84.
        (Point(9, 0), Point(9, 90), 10_001_965.729),
        (Point(179.5, 0), Point(-179.5, 0), 111_319.491),
    ],
)
def test_known_lines_are_met_to_the_millimetre(a: Point, b: Point, expected: float) -> None:
    assert metres(a, b) == pytest.approx(expected, abs=0.001)


def test_the_same_place_is_no_distance_away() -> None:
    assert metres(Point(9, 45), Point(9, 45)) == 0
    assert metres(Point(180, 45), Point(-180, 45)) == pytest.approx(0, abs=1e-6)
    assert metres(Point(9, 90), Point(120, 90)) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("b", [Point(180, 0), Point(179.7, 0.5), Point(-179.99, -0.001), Point(179.5, 0)])
def test_almost_antipodal_points_still_get_an_answer(b: Point) -> None:
    assert metres(Point(0, 0), b) == pytest.approx(20_003_931, rel=0.007)


@given(a=POINTS, b=POINTS)
def test_there_and_back_are_equally_far(a: Point, b: Point) -> None:
    assert metres(a, b) == pytest.approx(metres(b, a), rel=1e-9, abs=1e-6)


@given(a=POINTS, b=POINTS)
def test_the_sphere_is_within_six_in_a_thousand(a: Point, b: Point) -> None:
    assert sphere_metres(a, b) == pytest.approx(metres(a, b), rel=0.006, abs=1e-6)


@pytest.mark.parametrize(("distance", "minutes"), [(0, 1), (20, 1), (80, 1), (100, 2), (500, 8), (1000, 16)])
def test_minutes_count_the_detour_of_streets(distance: float, minutes: int) -> None:
    assert minutes_on_foot(distance) == minutes
