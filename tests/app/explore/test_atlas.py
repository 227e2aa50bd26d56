"""The columns in memory: the nearest are the nearest anywhere on the globe."""

from hypothesis import given
from hypothesis import strategies as st

from app.explore.rules.atlas import Atlas
from app.explore.rules.search import Selection
from app.places.rules.vocabulary import PlaceKind
from geo.distance import metres
from geo.point import Point

degrees = st.one_of(
    st.builds(Point, st.floats(-180, 180), st.floats(-90, 90)),
    st.builds(Point, st.floats(9.1, 9.2), st.floats(45.4, 45.5)),
    st.builds(Point, st.sampled_from([-180.0, 180.0, 0.0]), st.sampled_from([-90.0, 90.0, 0.0])),
)


def atlas_of(points: list[Point]) -> Atlas:
    return Atlas.of(
        (number, 0, 0, PlaceKind.CAFE, True, point.lon, point.lat) for number, point in enumerate(points)
    )


@given(st.lists(degrees, min_size=1, max_size=40), degrees, st.integers(1, 12))
def test_the_nearest_are_the_nearest_everywhere(points, here, limit):
    atlas = atlas_of(points)
    found = atlas.nearest(atlas.belonging(Selection()), here, limit)
    true = sorted((metres(here, point), number) for number, point in enumerate(points))[:limit]
    assert found == [(number, distance) for distance, number in true]


def test_no_places_are_no_answer():
    empty = atlas_of([])
    rows = empty.belonging(Selection(everything=True))
    assert empty.nearest(rows, Point(9.0, 45.0), 5) == []
    assert empty.grouped(rows, 4, 40) == []
    assert empty.extent(rows) is None
    assert empty.histogram(rows, empty.mask_of([])) == ()
