"""Keeping what the spatial databases make for themselves out of migrations. Apart from geo.engine: Alembic takes 13 MB."""

from typing import Any

from geoalchemy2 import alembic_helpers  # also teaches SQLAlchemy to reflect SpatiaLite's indexes

# Tables that SpatiaLite makes for itself. GeoAlchemy2's own filter forgets some and `flask db check` then
# proposes to drop them.
_SPATIALITE_TABLES = frozenset(
    {
        "data_licenses", "elementarygeometries", "knn", "knn2", "spatialindex", "sql_statements_log",
        "spatialite_history", "spatial_ref_sys", "spatial_ref_sys_all", "spatial_ref_sys_aux",
        "rl2map_configurations", "stored_procedures", "stored_variables", "topologies", "networks",
    }
)  # fmt: skip
_SPATIALITE_PREFIXES = (
    "geometry_columns", "geom_cols_", "views_geometry_columns", "virts_geometry_columns", "vector_",
    "vector_layers", "raster_coverages", "se_", "wms_", "iso_metadata", "idx_", "sqlite_",
)  # fmt: skip


def include_object(obj: Any, name: str | None, type_: str, reflected: bool, compare_to: Any) -> bool:
    """Alembic's `include_object`: our objects always, the spatial databases' own tables never."""
    if type_ != "table" or not reflected or compare_to is not None or name is None:
        return True
    folded = name.lower()
    if folded in _SPATIALITE_TABLES or folded.startswith(_SPATIALITE_PREFIXES):
        return False
    return bool(alembic_helpers.include_object(obj, name, type_, reflected, compare_to))  # type: ignore[no-untyped-call]  # GeoAlchemy2's helpers have no types
