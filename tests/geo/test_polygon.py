"""Territories: read with care, asked cheaply."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon

from geo.errors import GeometryError
from geo.geometry import parse_geometry
from geo.point import Point
from geo.polygon import PolygonIndex, parse_polygon

SQUARE = [[9.0, 45.0], [9.1, 45.0], [9.1, 45.1], [9.0, 45.1], [9.0, 45.0]]


def polygon(ring: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [ring]}


def test_a_polygon_becomes_a_multipolygon() -> None:
    assert isinstance(parse_polygon(polygon(SQUARE)), MultiPolygon)


def test_heights_are_dropped() -> None:
    assert not parse_polygon(polygon([[x, y, 120.0] for x, y in SQUARE])).has_z


def test_a_bow_tie_is_repaired() -> None:
    repaired = parse_polygon(polygon([[9, 45], [9.1, 45.1], [9.1, 45], [9, 45.1], [9, 45]]))
    assert repaired.is_valid
    assert len(repaired.geoms) == 2


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        (None, "no geometry"),
        ({}, "not readable"),
        ({"type": "Polygon"}, "not readable"),
        ({"type": "Polygon", "coordinates": "x"}, "not readable"),
        ({"type": "Polygon", "coordinates": [[[1, 2]]]}, "not readable"),
        ({"type": "Blob", "coordinates": []}, "not readable"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Point", "coordinates": [9, 45]}, "not a Point"),
        ({"type": "LineString", "coordinates": [[9, 45], [9, 46]]}, "not a LineString"),
        (
            polygon(
                [
                    [1_000_000, 5_000_000],
                    [1_000_100, 5_000_000],
                    [1_000_100, 5_000_100],
                    [1_000_000, 5_000_000],
                ]
            ),
            "degrees",
        ),
        (polygon([[9, 45], [float("nan"), 45], [9.1, 45.1], [9, 45]]), "degrees"),
        (polygon([[9, 45], [9.1, 45], [9.2, 45], [9, 45]]), "no area"),
    ],
)
def test_what_is_no_territory_is_refused_with_a_sentence(
    geometry: dict[str, object] | None, says: str
) -> None:
    with pytest.raises(GeometryError, match=says):
        parse_polygon(geometry)


def test_a_nested_collection_bomb_is_refused() -> None:
    bomb: dict[str, object] = {"type": "Point", "coordinates": [9, 45]}
    for _ in range(5000):
        bomb = {"type": "GeometryCollection", "geometries": [bomb]}
    with pytest.raises(GeometryError):
        parse_geometry(bomb)


def test_a_point_finds_all_territories_that_hold_it_in_their_order() -> None:
    index = PolygonIndex(
        [
            ("municipio", shapely.box(9, 45, 9.2, 45.2)),
            ("far", shapely.box(10, 45, 11, 46)),
            ("nil", shapely.box(9, 45, 9.1, 45.1)),
        ]
    )
    assert index.containing(Point(9.05, 45.05)) == ["municipio", "nil"]
    assert index.containing(Point(9.15, 45.05)) == ["municipio"]
    assert index.containing(Point(12, 45)) == []


def test_a_point_on_the_common_border_is_in_both() -> None:
    index = PolygonIndex([(4, shapely.box(9, 45, 9.1, 45.1)), (5, shapely.box(9.1, 45, 9.2, 45.1))])
    assert index.containing(Point(9.1, 45.05)) == [4, 5]


def test_an_index_of_nothing_finds_nothing() -> None:
    empty: PolygonIndex[str] = PolygonIndex([])
    assert empty.containing(Point(9, 45)) == []


@given(lon=st.floats(8.9, 9.5), lat=st.floats(44.9, 45.4))
def test_the_index_agrees_with_asking_every_polygon(lon: float, lat: float) -> None:
    shapes = [(number, shapely.Point(9 + number / 20, 45 + number / 40).buffer(0.06)) for number in range(8)]
    expected = [number for number, shape in shapes if shape.intersects(shapely.Point(lon, lat))]
    assert PolygonIndex(shapes).containing(Point(lon, lat)) == expected
