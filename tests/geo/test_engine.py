"""The traps of the two spatial databases, each met once before."""

import sqlite3
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from geo import engine as geo_engine
from geo.errors import SpatialEngineError
from geo.migrating import include_object
from tests.geo.conftest import Base

SHAPELY_AND_SPATIALITE = """
import {first}
from geo import engine
connection = engine.sqlite_module().connect(":memory:")
engine.prepare_sqlite_connection(connection, spatialite_path=None)
import shapely
assert shapely.from_wkb(shapely.to_wkb(shapely.Point(9, 45), output_dimension=2)).x == 9
print(connection.execute("SELECT AsText(ST_Buffer(MakePoint(9, 45, 4326), 0))").fetchone())
"""


@pytest.mark.parametrize("first", ["geo.engine", "geo.columns", "sqlite3"])
def test_shapely_and_spatialite_live_in_one_process(first: str) -> None:
    code = SHAPELY_AND_SPATIALITE.format(first=first)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_missing_spatialite_names_the_package() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(SpatialEngineError, match="libsqlite3-mod-spatialite"):
        geo_engine.prepare_sqlite_connection(connection, spatialite_path="/nowhere/mod_spatialite")
    connection.close()


def test_afterwards_sql_can_load_no_extension(spatialite: sa.Engine) -> None:
    with spatialite.connect() as connection, pytest.raises(sa.exc.OperationalError, match="not authorized"):
        connection.exec_driver_sql("SELECT load_extension('mod_spatialite')")


def test_a_python_that_cannot_load_extensions_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geo_engine, "sqlite3", SimpleNamespace(Connection=object))
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    with pytest.raises(SpatialEngineError, match="pysqlite3-binary"):
        geo_engine.sqlite_module()


def test_pysqlite3_steps_in_where_python_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = SimpleNamespace(name="pysqlite3")
    monkeypatch.setattr(geo_engine, "sqlite3", SimpleNamespace(Connection=object))
    monkeypatch.setitem(sys.modules, "pysqlite3", SimpleNamespace(dbapi2=driver))
    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", driver)
    found: object = geo_engine.sqlite_module()
    assert found is driver


def test_the_world_is_wgs84_and_making_it_twice_is_harmless(spatialite: sa.Engine) -> None:
    with spatialite.begin() as connection:
        geo_engine.initialise_spatial_metadata(connection)
        assert connection.exec_driver_sql("SELECT CheckSpatialMetaData()").scalar_one() == 3
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM spatial_ref_sys WHERE srid = 4326").scalar_one()
            == 1
        )


def test_metadata_is_made_outside_a_transaction_too(tmp_path: Any) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'plain.db'}", module=geo_engine.sqlite_module())
    raw = engine.raw_connection()
    geo_engine.prepare_sqlite_connection(raw.dbapi_connection, spatialite_path=None)
    raw.close()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        geo_engine.initialise_spatial_metadata(connection)
        assert connection.exec_driver_sql("SELECT CheckSpatialMetaData()").scalar_one() == 3
    engine.dispose()


def test_postgis_has_its_extensions(postgis: sa.Engine) -> None:
    with postgis.connect() as connection:
        installed = set(connection.exec_driver_sql("SELECT extname FROM pg_extension").scalars())
    assert set(geo_engine.POSTGRES_EXTENSIONS) <= installed


def test_alembic_finds_nothing_to_do(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        options = {"include_object": include_object, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_alembic_still_sees_a_table_of_ours_that_went_missing_or_stayed_behind(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE left_behind (id INTEGER PRIMARY KEY)")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": include_object})
        found = compare_metadata(context, Base.metadata)
    assert [(change[0], change[1].name) for change in found] == [("remove_table", "left_behind")]
