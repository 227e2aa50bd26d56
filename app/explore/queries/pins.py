"""Places of a box of the map: as pins while they are few, else as clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.database import db
from app.explore.queries.columns import PLACE, coordinate
from app.explore.queries.conditions import matching, open_at
from app.explore.rules.pins import Cell, Cluster, Pin, apart, coarsened
from app.explore.rules.search import Selection
from app.places.models import PlaceOpening
from geo.cluster import MAX_PINS, cluster_shift

MAX_ROWS = 500


@dataclass(frozen=True)
class OnMap:
    """What is drawn: pins, clusters, and how many places they stand for (`is_complete`: all there are)."""

    pins: tuple[Pin, ...]
    clusters: tuple[Cluster, ...]
    total: int
    is_complete: bool


@dataclass(frozen=True)
class Openness:
    """Ids of the places open at a moment, and of those whose hours are known at all."""

    open: frozenset[int]
    known: frozenset[int]

    def of(self, place_id: int) -> bool | None:
        """True while open, False while closed, None where no hours are known."""
        return True if place_id in self.open else False if place_id in self.known else None


def openness(moment: datetime) -> Openness:
    """For all places at once: asked once a minute, since every box needs it (5,000 places: 3 ms)."""
    known = db.session.scalars(sa.select(PlaceOpening.place_id).distinct())
    return Openness(frozenset(db.session.scalars(open_at(moment))), frozenset(known))


def on_map(selection: Selection, states: Openness, *, zoom: int, clustered: bool = True) -> OnMap:
    """What lies in the selection's box: up to 40 pins, else clusters of the zoom (a cluster of one is a pin).

    `clustered=False`: up to 500 pins whatever their number.
    """
    pins = _pins(matching(selection, few=True), states, limit=(MAX_PINS if clustered else MAX_ROWS) + 1)
    if clustered and len(pins) > MAX_PINS:
        return _clustered(selection, states, zoom)
    return OnMap(pins[:MAX_ROWS], (), min(len(pins), MAX_ROWS), len(pins) <= MAX_ROWS)


def _pins(
    conditions: Sequence[sa.ColumnElement[bool]], states: Openness, *, limit: int = MAX_ROWS
) -> tuple[Pin, ...]:
    statement = (
        sa.select(PLACE.c.id, PLACE.c.map_feature).where(*conditions).order_by(PLACE.c.id).limit(limit)
    )
    of = states.of
    return tuple([Pin(feature, of(place_id)) for place_id, feature in _rows(statement)])


def _clustered(selection: Selection, states: Openness, zoom: int) -> OnMap:
    """Group by the cell of the zoom, and coarser while more than 40 rings and pins would stand on the map."""
    cells = _cells(selection, zoom)
    groups = apart(coarsened(cells, MAX_PINS), zoom)
    alone = [group.first_id for group in groups if group.number == 1]
    pins = _pins([PLACE.c.id.in_(alone)], states) if alone else ()
    clusters = tuple(group.as_cluster() for group in groups if group.number > 1)
    return OnMap(pins, clusters, sum(group.number for group in groups), is_complete=True)


def _cells(selection: Selection, zoom: int) -> list[Cell]:
    lon, lat = coordinate("X"), coordinate("Y")
    cell = PLACE.c.map_cell.bitwise_rshift(sa.literal(cluster_shift(zoom), sa.Integer)).label("cell")
    sums = (sa.func.count(), sa.func.min(PLACE.c.id), sa.func.sum(lon), sa.func.sum(lat))
    edges = (sa.func.min(lon), sa.func.min(lat), sa.func.max(lon), sa.func.max(lat))
    statement = sa.select(cell, *sums, *edges).where(*matching(selection, few=True)).group_by(cell)
    return [Cell(*row) for row in _rows(statement)]


def _rows(statement: sa.Select[*tuple[Any, ...]]) -> Sequence[Sequence[Any]]:
    return db.session.connection().execute(statement).all()
