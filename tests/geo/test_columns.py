"""Geometry columns give back what was put in, on both engines."""

import pytest
import shapely
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon
from sqlalchemy.orm import Session

from geo.point import Point
from tests.geo.conftest import Spot

SQUARE = shapely.box(9.1, 45.4, 9.2, 45.5)


def test_a_point_comes_back_as_a_point(session: Session) -> None:
    session.add(Spot(location=Point(9.1859243, 45.4654219)))
    session.commit()
    session.expire_all()
    assert session.scalars(sa.select(Spot)).one().location == Point(9.1859243, 45.4654219)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
def test_every_bit_of_a_coordinate_comes_back(session: Session, lon: float, lat: float) -> None:
    spot = Spot(location=Point(lon, lat))
    session.add(spot)
    session.flush()
    session.refresh(spot)
    assert (spot.location.lon, spot.location.lat) == (lon, lat)
    session.rollback()


def test_polygons_and_other_geometries_come_back_as_shapely(session: Session) -> None:
    line = shapely.LineString([(9.1, 45.4), (9.2, 45.5)])
    session.add(Spot(location=Point(9, 45), area=MultiPolygon([SQUARE]), shape=line))
    session.commit()
    spot = session.scalars(sa.select(Spot)).one()
    assert isinstance(spot.area, MultiPolygon)
    assert spot.area.equals(SQUARE)
    assert spot.shape == line


def test_a_polygon_is_stored_as_a_multipolygon_of_one(session: Session) -> None:
    session.add(Spot(location=Point(9, 45), area=SQUARE))
    session.commit()
    assert isinstance(session.scalars(sa.select(Spot.area)).one(), MultiPolygon)


def test_heights_are_dropped(session: Session) -> None:
    session.add(Spot(location=Point(9, 45), shape=shapely.from_wkt("POINT Z (9 45 120)")))
    session.commit()
    assert not session.scalars(sa.select(Spot.shape)).one().has_z


def test_missing_geometries_are_none(session: Session) -> None:
    session.add(Spot(location=Point(9, 45)))
    session.commit()
    spot = session.scalars(sa.select(Spot)).one()
    assert (spot.area, spot.shape) == (None, None)


def test_bulk_inserts_take_points_too(session: Session) -> None:
    session.execute(sa.insert(Spot), [{"location": Point(9, 45 + n / 10)} for n in range(3)])
    assert [spot.location.lat for spot in session.scalars(sa.select(Spot).order_by(Spot.id))] == [
        45.0,
        45.1,
        45.2,
    ]


def test_a_bare_pair_is_refused(session: Session) -> None:
    session.add(Spot(location=(9.1, 45.4)))
    with pytest.raises(sa.exc.StatementError, match="takes a Point, not tuple"):
        session.flush()


def test_an_area_of_the_wrong_kind_is_refused_by_the_database(session: Session) -> None:
    session.add(Spot(location=Point(9, 45), area=shapely.LineString([(0, 0), (1, 1)])))
    with pytest.raises(sa.exc.DBAPIError):
        session.flush()


def test_updates_move_the_spatial_index_along(session: Session) -> None:
    from geo.bbox import BBox
    from geo.queries import in_bbox

    spot = Spot(location=Point(9, 45))
    session.add(spot)
    session.flush()
    spot.location = Point(12, 41)
    session.flush()
    count = sa.select(sa.func.count(Spot.id))
    assert session.scalar(count.where(in_bbox(Spot.location, BBox(11, 40, 13, 42)))) == 1
    assert session.scalar(count.where(in_bbox(Spot.location, BBox(8, 44, 10, 46)))) == 0
