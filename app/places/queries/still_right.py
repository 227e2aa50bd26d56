"""Questions about places that nobody has confirmed for a long time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.database import db
from app.core.local_text import Text
from app.places.models import Island, Place, PlaceTerritory, StillRightQuestion
from app.places.rules.still_right import ASLEEP_AFTER_DAYS, closures_of, quiet_days

MOST = 200


@dataclass(frozen=True)
class Question:
    """One question to the people of a place."""

    place_id: int
    is_answered: bool


@dataclass(frozen=True)
class SleepingPlace:
    """An island that nobody has confirmed for 120 days, August and announced closures not counted."""

    id: int
    public_id: str
    slug: str
    name: Text
    confirmed_on: date | None
    days: int


def still_right_question(public_id: str) -> Question | None:
    """The one that a mail speaks of."""
    columns = (StillRightQuestion.place_id, StillRightQuestion.answered_at)
    row = db.session.execute(
        sa.select(*columns).where(StillRightQuestion.public_id == public_id)
    ).one_or_none()
    return None if row is None else Question(row.place_id, row.answered_at is not None)


def sleeping_places(territory_ids: Collection[int] | None) -> list[SleepingPlace]:
    """The islands of these territories (None: all) that sleep, the longest first; at most 200."""
    oldest = clock.now().date() - timedelta(days=ASLEEP_AFTER_DAYS)
    columns = (
        Place.id, Place.public_id, Place.slug, Place.name, Place.name_language, Place.confirmed_on, Place.created_at,
        Place.opening_hours, Place.tzid, sa.func.coalesce(Island.opening_hours, "").label("corner"),
    )  # fmt: skip
    quiet = sa.func.coalesce(Place.confirmed_on, sa.func.date(Place.created_at))
    where = [
        Place.is_island,
        Place.is_published,
        sa.or_(Place.confirmed_on.is_(None), Place.confirmed_on <= oldest),
    ]
    if territory_ids is not None:
        inside = sa.select(PlaceTerritory.place_id).where(PlaceTerritory.territory_id.in_(territory_ids))
        where.append(Place.id.in_(inside))
    query = sa.select(*columns).outerjoin(Island, Island.place_id == Place.id).where(*where)
    found = []
    for row in db.session.execute(query.order_by(quiet, Place.id).limit(MOST)):
        since = row.confirmed_on or row.created_at.date()
        days = quiet_days(since, clock.today(row.tzid), closures_of(row.opening_hours, row.corner))
        if days >= ASLEEP_AFTER_DAYS:
            name = Text(row.name, row.name_language)
            found.append(SleepingPlace(row.id, row.public_id, row.slug, name, row.confirmed_on, days))
    return sorted(found, key=lambda place: -place.days)
