"""Questions about events that wait for a manager, and about those that hosts have just published."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.database import db
from app.core.local_text import LocalText, Text
from app.events.models import Event, EventReview
from app.events.rules.reviews import ReviewStatus
from app.places.models import Place, PlaceTerritory

MOST = 100
MOST_NEW = 30


@dataclass(frozen=True)
class ReviewView:
    """An event that somebody would publish, as those see it who decide."""

    event_id: str
    title: LocalText
    place_id: int
    place_public_id: str
    place_name: Text
    is_demo: bool
    status: ReviewStatus
    asked_by: str
    asked_name: str
    asked_at: datetime
    reason: Text


@dataclass(frozen=True)
class NewEvent:
    """An event that a host has published."""

    event_id: str
    slug: str
    title: LocalText
    place_name: Text
    created_at: datetime


def review_of(event_public_id: str) -> ReviewView | None:
    """How an event's review stands; None where nobody asked for one."""
    return next(iter(_reviews(Event.public_id == event_public_id)), None)


def waiting_reviews(territory_ids: Collection[int] | None) -> list[ReviewView]:
    """Those that wait in these territories (None: everywhere), the oldest first; at most 100."""
    waiting = (EventReview.status == ReviewStatus.WAITING, Event.is_published.is_(False))
    return _reviews(*waiting, *_inside(territory_ids))


def declined_reviews(territory_ids: Collection[int] | None) -> list[ReviewView]:
    """Those that were sent back and are still drafts."""
    declined = (EventReview.status == ReviewStatus.DECLINED, Event.is_published.is_(False))
    return _reviews(*declined, *_inside(territory_ids))


def new_events(territory_ids: Collection[int] | None, *, since: datetime) -> list[NewEvent]:
    """What hosts have published there since a moment, the newest first; imports are not meant. At most 30."""
    by_hosts = sa.or_(Event.source_key.startswith("form:"), Event.source_key.startswith("proposal:"))
    columns = (Event.public_id, Event.slug, Event.title, Place.name, Place.name_language, Event.created_at)
    query = sa.select(*columns).join(Place, Place.id == Event.place_id)
    own = (
        Event.created_at > since,
        Event.is_published,
        Place.is_published,
        by_hosts,
        *_inside(territory_ids),
    )
    rows = db.session.execute(query.where(*own).order_by(Event.id.desc()).limit(MOST_NEW))
    return [NewEvent(row[0], row[1], row[2], Text(row[3], row[4]), row[5]) for row in rows]


def _inside(territory_ids: Collection[int] | None) -> list[sa.ColumnElement[bool]]:
    if territory_ids is None:
        return []
    lies_in = sa.select(PlaceTerritory.place_id).where(PlaceTerritory.territory_id.in_(territory_ids))
    return [Event.place_id.in_(lies_in)]


def _reviews(*conditions: sa.ColumnElement[bool]) -> list[ReviewView]:
    query = (
        sa.select(EventReview, Event, Place, Person.name)
        .join(Event, Event.id == EventReview.event_id)
        .join(Place, Place.id == Event.place_id)
        .outerjoin(Person, Person.public_id == EventReview.asked_by)
        .where(*conditions)
        .order_by(EventReview.asked_at, Event.id)
        .limit(MOST)
    )
    return [
        ReviewView(
            event.public_id, event.title, place.id, place.public_id, Text(place.name, place.name_language), place.is_demo,
            review.status, review.asked_by, name or "", review.asked_at, Text(review.reason, review.reason_language or "it"),
        )
        for review, event, place, name in db.session.execute(query)
    ]  # fmt: skip
