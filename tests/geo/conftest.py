"""Both spatial databases for the library's own tests: a temporary SpatiaLite file and a PostGIS database."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from geo import engine as geo_engine
from geo.columns import GeometryColumn, MultiPolygonColumn, PointColumn
from geo.point import Point

NO_POSTGRES = "no PostgreSQL server: install postgresql-15-postgis-3 or set TEST_POSTGRES_URL"


class Base(DeclarativeBase):
    pass


class Spot(Base):
    """A table with every kind of geometry column."""

    __tablename__ = "geo_spot"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    location: Mapped[Point] = mapped_column(PointColumn())
    area: Mapped[Any | None] = mapped_column(MultiPolygonColumn(), nullable=True)
    shape: Mapped[Any | None] = mapped_column(GeometryColumn(), nullable=True)


def fresh_metadata() -> sa.MetaData:
    """A copy of the tables: creating one with SpatiaLite takes its spatial indexes out of the metadata (GeoAlchemy2)."""
    copy = sa.MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(copy)
    return copy


def spatialite_engine(file: Path) -> sa.Engine:
    """An engine prepared as the application prepares it."""
    engine = sa.create_engine(f"sqlite:///{file}", module=geo_engine.sqlite_module())

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        geo_engine.prepare_sqlite_connection(connection, spatialite_path=None)

    @event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@pytest.fixture
def spatialite(tmp_path: Path) -> Iterator[sa.Engine]:
    """A spatial SQLite file without tables of ours."""
    engine = spatialite_engine(tmp_path / "geo.db")
    with engine.begin() as connection:
        geo_engine.initialise_spatial_metadata(connection)
    yield engine
    engine.dispose()


@pytest.fixture
def postgis(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """A PostGIS database of its own without tables of ours, dropped afterwards."""
    url = os.environ.get("TEST_POSTGRES_URL") or request.getfixturevalue("postgres_url")
    if not url:
        pytest.skip(NO_POSTGRES)
    server = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    name = f"geo_{os.getpid()}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    engine = sa.create_engine(server.url.set(database=name))
    with engine.begin() as connection:
        geo_engine.initialise_spatial_metadata(connection)
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture(params=["spatialite", pytest.param("postgis", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> sa.Engine:
    """Each database in turn, with the test's tables."""
    chosen: sa.Engine = request.getfixturevalue(request.param)
    fresh_metadata().create_all(chosen)
    return chosen


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """A session on each database in turn."""
    with Session(engine) as opened:
        yield opened
