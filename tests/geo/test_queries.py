"""Both engines give the same, exact answers to spatial questions."""

import struct
from collections.abc import Iterable

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session, aliased

from geo import queries
from geo.bbox import BBox
from geo.distance import metres
from geo.point import Point
from geo.queries import distance_metres, extent, in_bbox, nearest_ids
from tests.geo.conftest import Spot

WORLD = st.builds(Point, lon=st.floats(-180, 180), lat=st.floats(-90, 90))
CITY = st.builds(Point, lon=st.floats(9.0, 9.3), lat=st.floats(45.35, 45.55))
DATE_LINE = st.builds(
    Point, lon=st.one_of(st.floats(179, 180), st.floats(-180, -179)), lat=st.floats(-20, 20)
)
POLES = st.builds(Point, lon=st.floats(-180, 180), lat=st.one_of(st.floats(88, 90), st.floats(-90, -88)))
PLACES = st.one_of(CITY, WORLD, DATE_LINE, POLES)
many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def filled(session: Session, points: Iterable[Point]) -> dict[int, Point]:
    """Only these spots, numbered from one."""
    session.rollback()
    rows = dict(enumerate(points, start=1))
    session.execute(sa.delete(Spot))
    if rows:
        session.execute(
            sa.insert(Spot), [{"id": number, "location": point} for number, point in rows.items()]
        )
    return rows


def found(session: Session, box: BBox) -> set[int]:
    return set(session.scalars(sa.select(Spot.id).where(in_bbox(Spot.location, box))))


@many
@given(
    points=st.lists(PLACES, max_size=25),
    west=st.floats(-180, 180),
    east=st.floats(-180, 180),
    latitudes=st.tuples(st.floats(-90, 90), st.floats(-90, 90)).map(sorted),
)
@example(points=[Point(180, 0), Point(-180, 0), Point(0, 0)], west=170, east=-170, latitudes=[-10, 10])
def test_a_box_finds_exactly_what_it_contains(
    session: Session, points: list[Point], west: float, east: float, latitudes: list[float]
) -> None:
    rows = filled(session, points)
    box = BBox(west, latitudes[0], east, latitudes[1])
    assert found(session, box) == {number for number, point in rows.items() if box.contains(point)}


@many
@given(point=CITY)
def test_a_point_on_the_edge_is_inside_however_float32_rounds_it(session: Session, point: Point) -> None:
    filled(session, [point])
    assert found(session, BBox(point.lon, point.lat, 10, 46)) == {1}
    assert found(session, BBox(9, 45, point.lon, point.lat)) == {1}
    assert found(session, BBox(point.lon, point.lat, point.lon, point.lat)) == {1}


def test_a_point_a_hair_outside_is_outside_although_float32_cannot_tell(session: Session) -> None:
    point = Point(9.1859243, 45.4654219)
    hair = point.lon + 1e-9
    assert struct.pack("f", point.lon) == struct.pack("f", hair)
    filled(session, [point])
    assert found(session, BBox(hair, 45, 10, 46)) == set()


def test_boxes_of_areas_are_found_when_they_meet(session: Session) -> None:
    import shapely

    session.add(
        Spot(
            id=1,
            location=Point(0, 0),
            area=shapely.box(9, 45, 9.1, 45.1),
            shape=shapely.LineString([(9, 45), (10, 46)]),
        )
    )
    session.flush()
    for column in (Spot.area, Spot.shape):
        question = sa.select(Spot.id).where(in_bbox(column, BBox(9.05, 45.05, 12, 47)))
        assert session.scalars(question).all() == [1]
        assert session.scalars(sa.select(Spot.id).where(in_bbox(column, BBox(11, 45, 12, 47)))).all() == []


def test_boxes_work_through_an_alias_and_beside_each_other(session: Session) -> None:
    filled(session, [Point(9, 45), Point(12, 41)])
    other = aliased(Spot)
    question = sa.select(Spot.id, other.id).where(
        Spot.id < other.id,
        in_bbox(Spot.location, BBox(8, 44, 10, 46)),
        in_bbox(other.location, BBox(11, 40, 13, 42)),
    )
    assert session.execute(question).all() == [(1, 2)]


def test_boxes_use_the_spatial_index(session: Session) -> None:
    filled(session, [Point(9 + number / 10_000, 45) for number in range(500)])
    question = sa.select(Spot.id).where(in_bbox(Spot.location, BBox(9, 44, 9.01, 46)))
    text = str(question.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
    if session.get_bind().dialect.name == "sqlite":
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
        assert "VIRTUAL TABLE INDEX" in str(plan)
        assert "SCAN geo_spot" not in str(plan)
    else:
        session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = session.connection().exec_driver_sql(f"EXPLAIN {text}").all()
        assert "idx_geo_spot_location" in str(plan)


@many
@given(points=st.lists(PLACES, max_size=40), here=PLACES, limit=st.integers(1, 12))
@example(points=[Point(-179.99, 0), Point(179.9, 0), Point(170, 0)], here=Point(179.999, 0), limit=2)
@example(points=[Point(0, 89.9), Point(180, 89.9), Point(90, 85)], here=Point(10, 90), limit=2)
@example(points=[Point(9, 45)] * 5, here=Point(9, 45), limit=3)
# A degree of longitude is shorter than one of latitude: nearest in degrees is not nearest in metres.
@example(points=[Point(9.013, 45), Point(9, 45.0100)], here=Point(9, 45), limit=1)
def test_the_nearest_are_those_of_the_true_distance_in_its_order(
    session: Session, points: list[Point], here: Point, limit: int
) -> None:
    rows = filled(session, points)
    expected = sorted((metres(here, point), number) for number, point in rows.items())[:limit]
    nearest = nearest_ids(session, Spot.id, Spot.location, here, limit=limit)
    assert nearest == [(number, distance) for distance, number in expected]


@many
@given(points=st.lists(CITY, min_size=5, max_size=40), here=CITY)
def test_conditions_are_kept_while_the_window_grows(
    session: Session, points: list[Point], here: Point
) -> None:
    rows = filled(session, points)
    nearest = nearest_ids(session, Spot.id, Spot.location, here, limit=3, where=(Spot.id % 3 == 0,))
    expected = sorted((metres(here, point), number) for number, point in rows.items() if number % 3 == 0)[:3]
    assert [number for number, _ in nearest] == [number for _, number in expected]


@pytest.mark.parametrize("limit", [0, -1])
def test_asking_for_none_gives_none(session: Session, limit: int) -> None:
    filled(session, [Point(9, 45)])
    assert nearest_ids(session, Spot.id, Spot.location, Point(9, 45), limit=limit) == []


def test_the_nearest_of_many_reads_only_a_part_of_them(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(session, [Point(9 + x / 100, 45 + y / 100) for x in range(40) for y in range(40)])
    read: list[int] = []
    original = queries._rows

    def counting(*arguments: object) -> list[tuple[int, Point]]:
        rows = original(*arguments)  # type: ignore[arg-type]  # passed on as they come
        read.append(len(rows))
        return rows

    monkeypatch.setattr(queries, "_rows", counting)
    nearest_ids(session, Spot.id, Spot.location, Point(9.2, 45.2), limit=5)
    assert sum(read) < 200


@many
@given(here=PLACES, there=PLACES)
@example(here=Point(lon=0.0, lat=0.0), there=Point(lon=0.0, lat=6.9e-259))
def test_the_database_measures_as_we_do(session: Session, here: Point, there: Point) -> None:
    filled(session, [there])
    measured = session.scalar(sa.select(distance_metres(Spot.location, here)))
    expected = metres(here, there)
    if expected < 19_900_000:  # near the antipode formulas differ
        assert measured == pytest.approx(expected, rel=2e-6, abs=0.01)


def test_the_extent_is_the_smallest_box_around_all(session: Session) -> None:
    assert extent(session, Spot.location) is None
    filled(session, [Point(9.1, 45.4), Point(-3.5, 51.25), Point(12, 41)])
    assert extent(session, Spot.location) == BBox(-3.5, 41, 12, 51.25)
    assert extent(session, Spot.location, where=(Spot.id < 3,)) == BBox(-3.5, 45.4, 9.1, 51.25)
