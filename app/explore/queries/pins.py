"""Places of a box of the map: as pins while they are few, else as clusters."""

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from app.core.database import db
from app.explore.queries.conditions import is_open_at, matching
from app.explore.rules.pins import Cluster, Pin
from app.explore.rules.search import Selection
from app.places.models import Place, PlaceOpening
from geo.bbox import BBox
from geo.cluster import MAX_PINS, cluster_shift
from geo.point import Point

MAX_ROWS = 500


@dataclass(frozen=True)
class OnMap:
    """What is drawn: pins, clusters, and how many places they stand for (`is_complete`: all there are)."""

    pins: tuple[Pin, ...]
    clusters: tuple[Cluster, ...]
    total: int
    is_complete: bool


def on_map(selection: Selection, moment: datetime, *, zoom: int, clustered: bool = True) -> OnMap:
    """What lies in the selection's box: up to 40 pins, else clusters of the zoom (a cluster of one is a pin).

    `clustered=False`: up to 500 pins whatever their number.
    """
    pins = _pins(selection, moment, limit=(MAX_PINS if clustered else MAX_ROWS) + 1)
    if clustered and len(pins) > MAX_PINS:
        return _clustered(selection, moment, zoom)
    return OnMap(pins[:MAX_ROWS], (), min(len(pins), MAX_ROWS), len(pins) <= MAX_ROWS)


def _pins(
    selection: Selection, moment: datetime, *, limit: int, ids: list[int] | None = None
) -> tuple[Pin, ...]:
    statement = sa.select(Place.map_feature, _openness(moment)).where(*matching(selection, few=True))
    if ids is not None:
        statement = statement.where(Place.id.in_(ids))
    rows = db.session.execute(statement.order_by(Place.id).limit(limit))
    return tuple(Pin(feature, None if is_open is None else bool(is_open)) for feature, is_open in rows)


def _openness(moment: datetime) -> sa.ColumnElement[bool | None]:
    """True while open, False while closed, None where no opening is known at all."""
    any_known = sa.select(PlaceOpening.id).where(PlaceOpening.place_id == Place.id).correlate(Place).exists()
    return sa.case((is_open_at(moment), sa.true()), (any_known, sa.false()), else_=sa.null())


def _clustered(selection: Selection, moment: datetime, zoom: int) -> OnMap:
    """Group by the cell of the zoom; the middle is the mean of the members, so a cluster stands where they are."""
    lon, lat = _coordinate("X"), _coordinate("Y")
    cell = Place.map_cell.bitwise_rshift(sa.literal(cluster_shift(zoom), sa.Integer))
    statement = (
        sa.select(
            sa.func.count(), sa.func.avg(lon), sa.func.avg(lat), sa.func.min(lon), sa.func.min(lat),
            sa.func.max(lon), sa.func.max(lat), sa.func.min(Place.id),
        )
        .where(*matching(selection, few=True))
        .group_by(cell)
        .order_by(sa.func.count().desc(), sa.func.min(Place.id))
        .limit(MAX_ROWS)
    )  # fmt: skip
    rows = db.session.execute(statement).all()
    alone = [row[7] for row in rows if row[0] == 1]
    clusters = tuple(
        Cluster(row[0], Point(lon=row[1], lat=row[2]), BBox(row[3], row[4], row[5], row[6]))
        for row in rows
        if row[0] > 1
    )
    pins = _pins(replace(selection, bbox=None), moment, limit=MAX_ROWS, ids=alone) if alone else ()
    return OnMap(pins, clusters, sum(row[0] for row in rows), len(rows) < MAX_ROWS)


def _coordinate(axis: str) -> sa.ColumnElement[float]:
    plain = sa.type_coerce(Place.__table__.c.location, sa.types.NullType())
    return sa.Function(f"ST_{axis}", plain, type_=sa.Float())
