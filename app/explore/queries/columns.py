"""The columns of all published places, read at once, and the stored features of some."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.database import db
from app.explore.queries.conditions import matching, open_at
from app.explore.rules.atlas import Atlas
from app.explore.rules.search import Selection
from app.places.models import Place

# Core, not the ORM: rows are only read, and by the thousand.
PLACE = Place.__table__
_IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)


def coordinate(axis: str) -> sa.ColumnElement[float]:
    """A place's longitude ("X") or latitude ("Y") as a number."""
    plain = sa.type_coerce(PLACE.c.location, sa.types.NullType())
    return sa.Function(f"ST_{axis}", plain, type_=sa.Float())


_ALL = sa.select(
    PLACE.c.id, PLACE.c.map_cell, PLACE.c.amenity_bits, PLACE.c.kind, PLACE.c.is_island, coordinate("X"), coordinate("Y"),
).where(PLACE.c.is_published.is_(True))  # fmt: skip
_FEATURES = sa.select(PLACE.c.id, PLACE.c.map_feature).where(PLACE.c.id.in_(_IDS))
_NUMBER = sa.select(sa.func.count()).where(PLACE.c.is_published.is_(True))


def number_of_places() -> int:
    """How many are published."""
    return int(db.session.connection().scalar(_NUMBER) or 0)


def atlas() -> Atlas:
    """Every published place (5,000: 20 ms)."""
    return Atlas.of(db.session.connection().execute(_ALL))


def features(place_ids: Sequence[int]) -> list[tuple[int, bytes]]:
    """(id, stored GeoJSON feature) of places, in no order."""
    return [(row[0], row[1]) for row in db.session.connection().execute(_FEATURES, {"ids": place_ids})]


def open_ids(moment: datetime) -> frozenset[int]:
    """Places open at a moment."""
    return frozenset(db.session.scalars(open_at(moment)))


def chosen_ids(words: tuple[str, ...], language: str) -> frozenset[int]:
    """Published places that the words name, and where the language is spoken; what is empty asks for nothing."""
    chosen = Selection(words=words, language=language, everything=True)
    return frozenset(db.session.scalars(sa.select(Place.id).where(*matching(chosen))))


def languages_spoken() -> list[str]:
    """Codes of the languages spoken at published places, those of most places first."""
    text = sa.cast(Place.languages, sa.Text)
    lists = sa.select(text, sa.func.count()).where(Place.is_published).group_by(text)
    counts: Counter[str] = Counter()
    for codes, number in db.session.execute(lists):
        counts.update(dict.fromkeys(json.loads(codes), number))
    return sorted(counts, key=lambda code: (-counts[code], code))


def speakers() -> dict[str, frozenset[int]]:
    """For each language the published places where it is spoken."""
    found: dict[str, set[int]] = {}
    for place_id, codes in db.session.execute(sa.select(Place.id, Place.languages).where(Place.is_published)):
        for code in codes:
            found.setdefault(code, set()).add(place_id)
    return {code: frozenset(ids) for code, ids in found.items()}
