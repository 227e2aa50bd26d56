"""Many places at once: what cards show, in two queries whatever their number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.core.columns import UtcDateTime
from app.core.database import db
from app.places.models import Island, Place, PlaceOpening
from app.places.rules.intervals import Interval
from app.places.rules.opening import ALWAYS, OpeningState, opening_state
from app.places.rules.vocabulary import PlaceKind

Texts = tuple[str, str]


@dataclass(frozen=True)
class ListedPlace:
    """What a card shows of a place. The hours are as written: the host's, and the corner's where it has its own."""

    id: int
    public_id: str
    slug: str
    name: str
    name_language: str
    kind: PlaceKind
    tzid: str
    opening_hours: str
    corner_hours: str
    amenity_bits: int
    confirmed_on: date | None
    is_island: bool
    is_demo: bool
    doubted_bits: int = 0

    @property
    def hours_texts(self) -> Texts:
        """The host's hours and the corner's, as written."""
        return self.opening_hours, self.corner_hours


# Statements are built once: building them costs more than running them.
_IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
_LISTED = sa.select(
    Place.id, Place.public_id, Place.slug, Place.name, Place.name_language, Place.kind, Place.tzid,
    Place.opening_hours, sa.func.coalesce(Island.opening_hours, ""), Place.amenity_bits, Place.confirmed_on,
    Place.is_island, Place.is_demo, Place.doubted_bits,
).outerjoin(Island, Island.place_id == Place.id).where(Place.id.in_(_IDS), Place.is_published)  # fmt: skip
_HOURS = (
    sa.select(Place.id, Place.opening_hours, sa.func.coalesce(Island.opening_hours, ""))
    .outerjoin(Island, Island.place_id == Place.id)
    .where(Place.id.in_(_IDS))
)
_AT, _SOON = sa.bindparam("at", type_=UtcDateTime), sa.bindparam("soon", type_=UtcDateTime)
# Rows of the next two days, and of later ones only the first opening (without an end).
_TIMES = sa.union_all(
    sa.select(PlaceOpening.place_id, PlaceOpening.opens_at, PlaceOpening.closes_at).where(
        PlaceOpening.place_id.in_(_IDS), PlaceOpening.closes_at > _AT, PlaceOpening.opens_at < _SOON
    ),
    sa.select(
        PlaceOpening.place_id,
        sa.func.min(PlaceOpening.opens_at),
        sa.null().cast(PlaceOpening.closes_at.type),
    )
    .where(PlaceOpening.place_id.in_(_IDS), PlaceOpening.opens_at >= _SOON)
    .group_by(PlaceOpening.place_id),
)


def listed(ids: Sequence[int]) -> list[ListedPlace]:
    """Published places of these keys, in the order of the keys; others are left out. One query."""
    if not ids:
        return []
    rows: Iterable[Any] = db.session.execute(_LISTED, {"ids": ids})
    found = {row[0]: ListedPlace(*row) for row in rows}
    return [found[place_id] for place_id in ids if place_id in found]


def opening_states(
    place_ids: Sequence[int], at: datetime, hours: Mapping[int, Texts] | None = None
) -> dict[int, OpeningState]:
    """How each place stands at a moment of the stored 14 days; one query, two where the hours are not at hand."""
    if not place_ids:
        return {}
    texts = hours if hours is not None else _hours_texts(place_ids)
    rows: dict[int, list[Interval]] = {}
    later: dict[int, datetime] = {}
    asked = {"ids": place_ids, "at": at, "soon": at + ALWAYS}
    for place_id, opens_at, closes_at in db.session.execute(_TIMES, asked):
        if closes_at is None:
            later[place_id] = opens_at
        else:
            rows.setdefault(place_id, []).append(Interval(opens_at, closes_at))
    return {
        place_id: opening_state(
            rows.get(place_id, ()), at, texts=texts.get(place_id, ()), next_opens_at=later.get(place_id)
        )
        for place_id in place_ids
    }


def _hours_texts(place_ids: Sequence[int]) -> dict[int, Texts]:
    rows = db.session.execute(_HOURS, {"ids": place_ids})
    return {row[0]: (row[1], row[2]) for row in rows}
