"""What the two spatial engines need before they can be used."""

import importlib
import sqlite3
from collections.abc import Callable
from types import ModuleType
from typing import Any

import shapely  # before the extension is loaded: GEOS versions clash otherwise ("WKB output dimension must be 2 or 3")
import sqlalchemy as sa
from geoalchemy2 import alembic_helpers

from geo.errors import GeometryError

_CANDIDATES = (
    "mod_spatialite",
    "mod_spatialite.so",
    "/opt/homebrew/lib/mod_spatialite.dylib",
    "/usr/local/lib/mod_spatialite.dylib",
)
POSTGRES_EXTENSIONS = ("postgis", "pg_trgm", "unaccent", "btree_gist")
# Tables of SpatiaLite 5 that GeoAlchemy2's filter forgets and would propose to drop.
SPATIALITE_TABLES = frozenset(
    {
        "data_licenses", "elementarygeometries", "geom_cols_ref_sys", "geometry_columns_auth",
        "geometry_columns_field_infos", "geometry_columns_statistics", "geometry_columns_time", "geometry_columns",
        "knn", "knn2", "raster_coverages", "raster_coverages_keyword", "raster_coverages_srid", "rl2map_configurations",
        "rl2map_configurations_view", "se_external_graphics", "se_fonts", "se_group_styles", "se_raster_styled_layers",
        "se_raster_styles", "se_styled_groups", "se_styled_group_refs", "se_styled_group_styles",
        "se_vector_styled_layers", "se_vector_styles", "spatial_ref_sys", "spatial_ref_sys_all", "spatial_ref_sys_aux",
        "spatialindex", "spatialite_history", "sql_statements_log", "stored_procedures", "stored_variables",
        "topologies", "networks", "vector_coverages", "vector_coverages_keyword", "vector_coverages_srid",
        "vector_layers", "vector_layers_auth", "vector_layers_field_infos", "vector_layers_statistics",
        "views_geometry_columns", "views_geometry_columns_auth", "views_geometry_columns_field_infos",
        "views_geometry_columns_statistics", "virts_geometry_columns", "virts_geometry_columns_auth",
        "virts_geometry_columns_field_infos", "virts_geometry_columns_statistics", "iso_metadata",
        "iso_metadata_reference", "wms_getcapabilities", "wms_getmap", "wms_ref_sys", "wms_settings", "sqlite_sequence",
    }
)  # fmt: skip


def sqlite_module() -> ModuleType:
    """The SQLite driver that can load extensions: the standard one, else pysqlite3 (pyenv, macOS system Python)."""
    if hasattr(sqlite3.Connection, "enable_load_extension"):
        return sqlite3
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ModuleNotFoundError as error:
        raise GeometryError(
            "This Python's sqlite3 cannot load extensions and pysqlite3-binary is not installed: run `make setup`."
        ) from error


def prepare_sqlite_connection(connection: Any, *, spatialite_path: str | None = None) -> None:
    """Load mod_spatialite into one DB-API connection, from the given path or the usual ones."""
    assert shapely.geos_version
    connection.enable_load_extension(True)
    candidates = (spatialite_path,) if spatialite_path else _CANDIDATES
    for candidate in candidates:
        if _loads(connection, candidate):
            break
    else:
        raise GeometryError(
            "SpatiaLite cannot be loaded: install libsqlite3-mod-spatialite (Debian, Ubuntu) or libspatialite (brew)."
        )
    connection.enable_load_extension(False)


def _loads(connection: Any, candidate: str) -> bool:
    try:
        connection.load_extension(candidate)
    except sqlite_module().OperationalError:
        return False
    return True


def initialise_spatial_metadata(connection: sa.Connection) -> None:
    """Give an empty database what geometry columns need; harmless on a prepared one."""
    if connection.dialect.name == "sqlite":
        has_metadata = connection.exec_driver_sql("SELECT CheckSpatialMetaData()").scalar()
        if not has_metadata:
            # One transaction of its own (1) and WGS84 only: 5 ms instead of 80.
            connection.exec_driver_sql("SELECT InitSpatialMetaData(0, 'WGS84')")
        return
    for extension in POSTGRES_EXTENSIONS:
        connection.exec_driver_sql(f"CREATE EXTENSION IF NOT EXISTS {extension}")


def alembic_include_object(obj: Any, name: str | None, type_: str, reflected: bool, compare_to: Any) -> bool:
    """Which objects migrations look at: ours, and none that an engine made for itself."""
    lowered = (name or "").lower()
    if type_ == "table" and (lowered in SPATIALITE_TABLES or lowered.startswith(("idx_", "se_", "rl2map_"))):
        return False
    if type_ == "table" and "postgis" in str(getattr(obj, "schema", "") or ""):
        return False
    include: Callable[..., bool] = alembic_helpers.include_object
    return bool(include(obj, name, type_, reflected, compare_to))
