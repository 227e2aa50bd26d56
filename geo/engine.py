"""Loading SpatiaLite and preparing both spatial databases."""

import sqlite3
from importlib import import_module
from types import ModuleType
from typing import Any

import shapely  # must come before SpatiaLite: with the other order its GEOS shadows ours
import sqlalchemy as sa

from geo.errors import SpatialEngineError

# Naming the version keeps the import in use, and says in error messages what shapely brought.
GEOS_VERSION = shapely.geos_version_string

SPATIALITE_CANDIDATES = (
    "mod_spatialite",
    "mod_spatialite.so",
    "/opt/homebrew/lib/mod_spatialite.dylib",
    "/usr/local/lib/mod_spatialite.dylib",
)
POSTGRES_EXTENSIONS = ("postgis", "pg_trgm", "unaccent", "btree_gist")


def sqlite_module() -> ModuleType:
    """A SQLite driver that can load extensions: Python's own, else pysqlite3 (SpatialEngineError when neither)."""
    if hasattr(sqlite3.Connection, "enable_load_extension"):
        return sqlite3
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        raise SpatialEngineError(
            "This Python's SQLite cannot load extensions. Install the package pysqlite3-binary (Linux x86-64), "
            "or a Python built with --enable-loadable-sqlite-extensions (Debian's and Homebrew's are)."
        ) from None


def prepare_sqlite_connection(dbapi_connection: Any, *, spatialite_path: str | None) -> None:
    """Load SpatiaLite into a new connection; SpatialEngineError names the package when it is not found.

    A given path is the only one tried. Afterwards SQL can load no further extension.
    """
    candidates = (spatialite_path,) if spatialite_path else SPATIALITE_CANDIDATES
    dbapi_connection.enable_load_extension(True)
    try:
        for candidate in candidates:
            try:
                dbapi_connection.load_extension(candidate)
            except dbapi_connection.OperationalError:
                continue
            return
    finally:
        dbapi_connection.enable_load_extension(False)
    raise SpatialEngineError(
        f"SpatiaLite was not found (tried {', '.join(candidates)}). Install libsqlite3-mod-spatialite "
        "(Debian, Ubuntu: apt install libsqlite3-mod-spatialite; macOS: brew install libspatialite)."
    )


def initialise_spatial_metadata(connection: sa.Connection) -> None:
    """Make a database spatial when it is not yet: SpatiaLite's tables (WGS84 only) or PostgreSQL's extensions."""
    if connection.dialect.name == "sqlite":
        if connection.exec_driver_sql("SELECT CheckSpatialMetaData()").scalar_one() < 1:
            # One transaction: 5 ms instead of 80. Inside an open one SpatiaLite must not begin its own.
            own = 0 if connection.connection.dbapi_connection.in_transaction else 1  # type: ignore[union-attr]  # sqlite3's
            connection.exec_driver_sql(f"SELECT InitSpatialMetaData({own}, 'WGS84')")
        return
    for extension in POSTGRES_EXTENSIONS:
        connection.exec_driver_sql(f"CREATE EXTENSION IF NOT EXISTS {extension}")
