"""Which places, in which order, and how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.database import db
from app.explore.queries.conditions import matching, open_at, session
from app.explore.rules.histogram import Bar
from app.explore.rules.search import OPENING_HORIZON, Selection, Sort
from app.places.models import Place, PlaceOpening
from geo.bbox import BBox
from geo.point import Point
from geo.queries import distance_metres, extent, in_bbox, nearest_ids

# Up to here every distance is measured at once; above, the growing window of nearest_ids looks at fewer rows.
FEW_PLACES = 500


@dataclass(frozen=True)
class NextOpening:
    """The place of a selection that opens next, when (UTC), and by which clocks."""

    name: str
    tzid: str
    opens_at: datetime


def histogram(selection: Selection, moment: datetime) -> tuple[Bar, ...]:
    """Counts of the selection's places by amenities, kind, membership, and whether they are open at the moment."""
    is_open = Place.id.in_(open_at(moment))
    keys = (Place.amenity_bits, Place.kind, Place.is_island, is_open)
    statement = sa.select(*keys, sa.func.count()).where(*matching(selection)).group_by(*keys)
    return tuple(
        Bar(bits, kind, bool(is_island), bool(open_now), number)
        for bits, kind, is_island, open_now, number in db.session.execute(statement)
    )


def nearest(
    selection: Selection, point: Point, *, total: int, offset: int, limit: int
) -> list[tuple[int, float]]:
    """(id, metres) of the selection's places in order of true distance, ties by id; `total`: how many there are."""
    wanted = min(total, offset + limit)
    if wanted <= offset:
        return []
    if total > FEW_PLACES:
        found = nearest_ids(
            session(), Place.id, Place.location, point, limit=wanted, where=matching(selection)
        )
        return found[offset:]
    metres = distance_metres(Place.location, point).label("metres")
    statement = (
        sa.select(Place.id, metres)
        .where(*matching(selection))
        .order_by(metres, Place.id)
        .offset(offset)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def in_order(selection: Selection, sort: Sort, moment: datetime, *, offset: int, limit: int) -> list[int]:
    """Ids of the selection's places without a location: open first, last confirmed first, or by name."""
    orders: dict[Sort, tuple[sa.ColumnElement[Any], ...]] = {
        Sort.OPEN: (Place.id.in_(open_at(moment)).desc(), Place.confirmed_on.desc().nulls_last()),
        Sort.CONFIRMED: (Place.confirmed_on.desc().nulls_last(),),
        Sort.NAME: (sa.func.lower(Place.name),),
    }
    statement = sa.select(Place.id).where(*matching(selection))
    statement = statement.order_by(*orders.get(sort, orders[Sort.OPEN]), Place.id).offset(offset).limit(limit)
    return list(db.session.scalars(statement))


def distances(place_ids: Sequence[int], point: Point) -> dict[int, float]:
    """Metres from a point for a few places."""
    metres = distance_metres(Place.location, point)
    rows = db.session.execute(sa.select(Place.id, metres).where(Place.id.in_(place_ids)))
    return {row[0]: row[1] for row in rows}


def is_any_within(point: Point, metres: float) -> bool:
    """Whether any published place lies within a distance of a point."""
    around = in_bbox(Place.location, BBox.around(point, metres))
    near = distance_metres(Place.location, point) <= metres
    return bool(db.session.scalar(sa.select(sa.exists().where(Place.is_published.is_(True), around, near))))


def next_to_open(selection: Selection, moment: datetime) -> NextOpening | None:
    """The first place of the selection to open after a moment, within the days that are worked out."""
    statement = (
        sa.select(Place.name, Place.tzid, PlaceOpening.opens_at)
        .join(Place, Place.id == PlaceOpening.place_id)
        .where(
            PlaceOpening.opens_at > moment,
            PlaceOpening.opens_at <= moment + OPENING_HORIZON,
            *matching(selection),
        )
        .order_by(PlaceOpening.opens_at, PlaceOpening.place_id)
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return NextOpening(*row) if row else None


def bounds(selection: Selection) -> BBox | None:
    """The box that holds all places of a selection."""
    return extent(session(), Place.location, where=matching(selection))
