"""A Point is on the globe or does not exist."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeometryError
from geo.point import Point


@pytest.mark.parametrize(
    ("lon", "lat", "says"),
    [
        (181, 45, "longitude 181"),
        (-180.001, 45, "longitude"),
        (9, 90.5, "latitude 90.5"),
        (9, -91, "latitude -91"),
        (math.nan, 45, "finite"),
        (9, math.inf, "finite"),
    ],
)
def test_what_is_not_on_the_globe_is_refused_with_a_sentence(lon: float, lat: float, says: str) -> None:
    with pytest.raises(GeometryError, match=says):
        Point(lon, lat)


@pytest.mark.parametrize("text", ["45.46,9.19", " 45.46 , 9.19 ", "+45.46,+9.19"])
def test_latitude_comes_first_where_people_write_it(text: str) -> None:
    assert Point.parse_lat_lon(text) == Point(lon=9.19, lat=45.46)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "45",
        "45,",
        "a,b",
        "45.4,9.1,3",
        "nan,9",
        "inf,9",
        "1e1,9",
        "45,4,9,1",
        "91,9",
        "45,181",
        "٤٥,٩",
        "4" * 5000,
    ],
)
def test_what_is_not_a_position_is_refused(text: str) -> None:
    with pytest.raises(GeometryError):
        Point.parse_lat_lon(text)


def test_rounding_never_leaves_a_negative_zero() -> None:
    assert str(Point(-0.000001, -0.000001).rounded(5)) == "Point(lon=0.0, lat=0.0)"


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
def test_well_known_text_keeps_every_digit(lon: float, lat: float) -> None:
    inside = Point(lon, lat).to_wkt().removeprefix("POINT(").removesuffix(")")
    assert tuple(map(float, inside.split(" "))) == (lon, lat)
