"""The WHERE of a selection, in forms that both engines answer from an index."""

from datetime import datetime, timedelta
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.database import db
from app.explore.queries.lookup import place_ids
from app.explore.rules.search import Selection
from app.places.models import Place, PlaceOpening
from app.places.rules.vocabulary import USEFUL_BITS
from geo.queries import in_bbox

LONGEST_OPENING = timedelta(hours=24)

Condition = sa.ColumnElement[bool]


def session() -> Session:
    """The session behind the scoped one, as geo.queries takes it."""
    return cast(Session, db.session())


def open_at(moment: datetime) -> sa.Select[int]:
    """Ids of all places open at a moment. No row is longer than 24 hours, which bounds the index range on both sides."""
    return sa.select(PlaceOpening.place_id).where(*_covers(moment))


def is_open_at(moment: datetime) -> Condition:
    """The same asked for one place at a time: better where few places are looked at."""
    covering = sa.select(PlaceOpening.id).where(PlaceOpening.place_id == Place.id, *_covers(moment))
    return covering.correlate(Place).exists()


def matching(selection: Selection, *, few: bool = False) -> list[Condition]:
    """Conditions on Place for a selection; `few` says that the box leaves few rows to look at."""
    conditions: list[Condition] = [Place.is_published.is_(True)]
    if not selection.everything:
        conditions.append(sa.or_(Place.is_island.is_(True), Place.amenity_bits.bitwise_and(USEFUL_BITS) != 0))
    if selection.mask:
        conditions.append(Place.amenity_bits.bitwise_and(selection.mask) == selection.mask)
    if selection.kinds:
        conditions.append(Place.kind.in_(sorted(selection.kinds)))
    if selection.island:
        conditions.append(Place.is_island.is_(True))
    if selection.open_at is not None:
        moment = selection.open_at
        conditions.append(is_open_at(moment) if few else Place.id.in_(open_at(moment)))
    if selection.words:
        conditions.append(Place.id.in_(place_ids(selection.words)))
    if selection.language:
        spoken = sa.cast(Place.languages, sa.Text)
        conditions.append(spoken.contains(f'"{selection.language}"', autoescape=True))
    if selection.bbox is not None:
        conditions.append(in_bbox(Place.location, selection.bbox))
    return conditions


def _covers(moment: datetime) -> tuple[Condition, Condition, Condition]:
    return (
        PlaceOpening.opens_at <= moment,
        PlaceOpening.opens_at > moment - LONGEST_OPENING,
        PlaceOpening.closes_at > moment,
    )
