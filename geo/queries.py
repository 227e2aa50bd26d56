"""Spatial questions asked the same way of SpatiaLite and PostGIS; the engines' differences end here."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

from geo.bbox import BBox
from geo.distance import SPHERE_SLACK, metres, sphere_metres
from geo.point import Point

METRES_PER_DEGREE = 111_320.0

GeoColumn = ColumnElement[Any] | InstrumentedAttribute[Any]
Rows = list[tuple[int, Point]]
Question = sa.Select[Any, Any, Any]

_FIRST_WINDOW_M = 800.0
_HALF_GLOBE_M = 20_100_000.0


def in_bbox(column: GeoColumn, bbox: BBox) -> ColumnElement[bool]:
    """Whether a geometry column's box meets the box, found by the spatial index; exact for points.

    The column's table needs one integer primary key (which is SQLite's rowid).
    """
    parts = [_InBox(column, part) for part in bbox.parts()]
    return sa.or_(*parts) if len(parts) > 1 else parts[0]


def distance_metres(column: GeoColumn, point: Point) -> ColumnElement[float]:
    """The distance of a point column from a point over the ellipsoid, in metres, computed by the database."""
    return _Metres(column, point)


def extent(session: Session, column: GeoColumn, *, where: Sequence[ColumnElement[bool]] = ()) -> BBox | None:
    """The smallest box around all values of a column (None when there are none)."""
    on_sqlite, value = _is_sqlite(session), _plain(column)

    def edge(end: str, axis: str) -> ColumnElement[float]:
        name = f"Mbr{end}{axis}" if on_sqlite else f"ST_{axis}{end}"
        return sa.Function(name, value, type_=sa.Float())

    row = session.execute(
        sa.select(
            sa.func.min(edge("Min", "X")),
            sa.func.min(edge("Min", "Y")),
            sa.func.max(edge("Max", "X")),
            sa.func.max(edge("Max", "Y")),
        ).where(*where)
    ).one_or_none()
    if row is None or row[0] is None:
        return None
    return BBox(*(float(value) for value in row))


def nearest_ids(
    session: Session,
    id_column: GeoColumn,
    point_column: GeoColumn,
    point: Point,
    *,
    limit: int,
    where: Sequence[ColumnElement[bool]] = (),
) -> list[tuple[int, float]]:
    """The ids of the nearest rows with their metres, nearest first, equal distances by id.

    The order is that of the true distance over the ellipsoid, on both engines.
    """
    question = sa.select(
        id_column, _axis(session, "X", point_column), _axis(session, "Y", point_column)
    ).where(*where)
    if limit <= 0:
        return []
    window = _postgres_window if not _is_sqlite(session) else _growing_window
    return _ranked(window(session, question, point_column, point, limit), point, limit)


def _growing_window(
    session: Session, question: Question, column: GeoColumn, point: Point, limit: int
) -> Rows:
    """Candidates from the R*Tree: the window grows until enough rows lie within the circle inside it."""
    radius = _FIRST_WINDOW_M
    while radius < _HALF_GLOBE_M / 4:
        rows = _rows(session, question.where(in_bbox(column, BBox.around(point, radius))))
        inside = sum(sphere_metres(point, place) * SPHERE_SLACK <= radius for _, place in rows)
        if inside >= limit:
            return rows
        # Aim a little beyond what the density so far promises, at least doubling.
        radius *= min(8.0, max(2.0, 1.3 * (limit / inside) ** 0.5)) if inside else 4.0
    return _rows(session, question)


def _postgres_window(
    session: Session, question: Question, column: GeoColumn, point: Point, limit: int
) -> Rows:
    """Candidates from the index in degrees give the radius; all rows within it are the candidates in metres."""
    here = sa.func.ST_SetSRID(sa.func.ST_MakePoint(point.lon, point.lat), 4326)
    order = _plain(column).op("<->", return_type=sa.Float())(here)
    first = _rows(session, question.order_by(order).limit(limit))
    if len(first) < limit:
        return first
    radius = max(metres(point, place) for _, place in first) * SPHERE_SLACK + 1
    return _rows(session, question.where(in_bbox(column, BBox.around(point, radius))))


def _ranked(rows: Rows, point: Point, limit: int) -> list[tuple[int, float]]:
    """The nearest by the ellipsoid; the sphere sorts out those that cannot be among them."""
    rough = sorted(
        ((sphere_metres(point, place), number, place) for number, place in rows), key=lambda row: row[:2]
    )
    if len(rough) > limit:
        reach = rough[limit - 1][0] * SPHERE_SLACK + 0.01
        rough = [row for row in rough if row[0] <= reach]
    exact = sorted((metres(point, place), number) for _, number, place in rough)
    return [(number, distance) for distance, number in exact[:limit]]


def _rows(session: Session, question: Question) -> Rows:
    return [(number, Point(lon, lat)) for number, lon, lat in session.execute(question)]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _axis(session: Session, axis: str, column: GeoColumn) -> ColumnElement[float]:
    return sa.Function(f"ST_{axis}", _plain(column), type_=sa.Float())


def _plain(column: GeoColumn) -> ColumnElement[Any]:
    """The bare column, without the type that would wrap it in a conversion."""
    return sa.type_coerce(column.property.columns[0], sa.types.NullType())


class _InBox(FunctionElement[bool]):
    """One box that does not cross the antimeridian; compiled per engine below."""

    inherit_cache = True
    name = "geo_in_box"
    type = sa.Boolean()

    def __init__(self, column: GeoColumn, box: BBox) -> None:
        edges = (box.west, box.south, box.east, box.north)
        # The R*Tree keeps float32: ask it for a slightly larger box, then compare exactly.
        slack = [abs(edge) * 2**-22 + 1e-9 for edge in edges]
        wide = [edge + side * more for edge, side, more in zip(edges, (-1, -1, 1, 1), slack, strict=True)]
        super().__init__(column, *(sa.literal(float(edge), sa.Float()) for edge in (*edges, *wide)))

    def self_group(self, against: Any = None) -> "_InBox":
        """Stay as it is: SQLAlchemy would append "= 1" for SQLite, and SQLite then reads the whole table."""
        return self


@compiles(_InBox, "sqlite")
def _in_box_on_sqlite(element: _InBox, compiler: SQLCompiler, **options: Any) -> str:
    column, *bounds = element.clauses
    table = column.table
    quote = compiler.preparer.quote
    index = quote(f"idx_{getattr(table, 'element', table).name}_{column.name}")
    (key,) = table.primary_key
    west, south, east, north, wide_west, wide_south, wide_east, wide_north = (
        compiler.process(bound, **options) for bound in bounds
    )
    row, value = compiler.process(key, **options), compiler.process(column, **options)
    if column.type.geometry_type == "POINT":  # type: ignore[attr-defined]  # ours are Geometry columns
        exact = f"ST_X({value}) BETWEEN {west} AND {east} AND ST_Y({value}) BETWEEN {south} AND {north}"
    else:
        exact = (
            f"MbrMaxX({value}) >= {west} AND MbrMinX({value}) <= {east} "
            f"AND MbrMaxY({value}) >= {south} AND MbrMinY({value}) <= {north}"
        )
    return (  # quoted names and bound parameters only
        f"({row} IN (SELECT pkid FROM {index} WHERE xmax >= {wide_west} AND xmin <= {wide_east} "  # noqa: S608  # as above
        f"AND ymax >= {wide_south} AND ymin <= {wide_north}) AND {exact})"
    )


@compiles(_InBox, "postgresql")
def _in_box_on_postgresql(element: _InBox, compiler: SQLCompiler, **options: Any) -> str:
    column, *bounds = element.clauses
    west, south, east, north, *wide = (compiler.process(bound, **options) for bound in bounds)
    value = compiler.process(column, **options)
    found = f"{value} && ST_MakeEnvelope({', '.join(wide)}, 4326)"
    if column.type.geometry_type != "POINT":  # type: ignore[attr-defined]  # ours are Geometry columns
        return f"({found})"
    # && compares float32 boxes, so points on the edge are compared again.
    return (
        f"({found} AND ST_X({value}) BETWEEN {west} AND {east} AND ST_Y({value}) BETWEEN {south} AND {north})"
    )


class _Metres(FunctionElement[float]):
    """Geodesic distance from a fixed point; compiled per engine below."""

    inherit_cache = True
    name = "geo_metres"
    type = sa.Float()

    def __init__(self, column: GeoColumn, point: Point) -> None:
        super().__init__(column, sa.literal(point.lon, sa.Float()), sa.literal(point.lat, sa.Float()))


@compiles(_Metres, "sqlite")
def _metres_on_sqlite(element: _Metres, compiler: SQLCompiler, **options: Any) -> str:
    """SpatiaLite gives NULL where its formula does not converge (two points next to nothing apart): degrees then."""
    value, lon, lat = (compiler.process(clause, **options) for clause in element.clauses)
    here = f"MakePoint({lon}, {lat}, 4326)"
    return f"COALESCE(ST_Distance({value}, {here}, 1), ST_Distance({value}, {here}) * {METRES_PER_DEGREE})"


@compiles(_Metres, "postgresql")
def _metres_on_postgresql(element: _Metres, compiler: SQLCompiler, **options: Any) -> str:
    value, lon, lat = (compiler.process(clause, **options) for clause in element.clauses)
    return f"ST_Distance({value}::geography, ST_SetSRID(ST_MakePoint({lon}, {lat}), 4326)::geography)"
