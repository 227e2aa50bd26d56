"""Databases to measure on: migrated and filled by the commands that an operator has."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.config import Settings
from app.core import freshness, state
from app.core.database import db, transaction
from app.core.freshness import PostgresFreshness
from app.events.models import Event, Occurrence
from app.events.rules.vocabulary import OccurrenceStatus
from app.explore.map_script import ensure_map_script
from app.feeds.models import CalendarEntry, FeedEvent
from app.feeds.rules import keys
from app.feeds.service import bump
from app.places.models import Place

FEED_EVENTS = 1_000
FEED_TOPIC = "play"  # no sample event has it, so its feed holds exactly the events put there
FEED = f"/feeds/topics/{FEED_TOPIC}.ics"


@dataclass(frozen=True)
class Sample:
    """An application on a filled database, and what to ask it for."""

    app: Flask
    place_slugs: tuple[str, ...]
    event_slug: str
    occurrence_id: str
    feed_event_ids: tuple[int, ...]
    summary: str


@contextmanager
def sample(
    folder: Path, *, places: int, events: int, database_url: str = "", port: int = 8000
) -> Iterator[Sample]:
    """Migrate, fill, prepare; each event has ten dates. The database stays in `folder` (SQLite)."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(
        Settings(
            data_dir=folder,
            database_url=database_url,
            port=port,
            public_url=f"http://localhost:{port}",
            tiles_url="",
        )
    )
    with app.app_context():
        flask_migrate.upgrade()
        result = app.test_cli_runner().invoke(
            args=["wendy", "sample", "--places", str(places), "--events", str(events), "--seed", "1"]
        )
        if result.exit_code:
            raise SystemExit(f"flask wendy sample failed: {result.output} {result.exception!r}")
        ensure_map_script()
        described = _describe(app, result.output.strip().splitlines()[-1])
    yield described  # outside: a request inside an open context would share its session and its `g`
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def touch(sample: Sample) -> Callable[[], None]:
    """Commit something that no page shows: every answer kept until the data changes is dropped."""

    def change() -> None:
        with sample.app.app_context(), transaction():
            state.write("bench", str(int(state.read("bench") or 0) + 1))
        _notice(sample.app)

    return change


def touch_feed(sample: Sample) -> Callable[[], None]:
    """What an edit of one of its events does to a feed."""

    def change() -> None:
        with sample.app.app_context(), transaction():
            bump([keys.of_topic(FEED_TOPIC)])
        _notice(sample.app)

    return change


def _notice(app: Flask) -> None:
    """On PostgreSQL changes are looked for once a second: behave as if it had passed."""
    known = freshness.of(app)
    if isinstance(known, PostgresFreshness):
        known._asked_at = float("-inf")


def _describe(app: Flask, summary: str) -> Sample:
    """A place with events, a coming date with room enough for the bench, and a feed of a thousand events."""
    with transaction() as session:
        coming = sa.select(Occurrence).where(
            Occurrence.capacity.is_not(None), Occurrence.status == OccurrenceStatus.SCHEDULED,
            Occurrence.starts_at > sa.func.current_timestamp(),
        )  # fmt: skip
        date = session.scalars(coming.order_by(Occurrence.starts_at.desc(), Occurrence.id).limit(1)).one()
        date.capacity = 10_000
        event_ids = tuple(session.scalars(sa.select(Event.id).order_by(Event.id).limit(FEED_EVENTS)))
        rows = [{"key": keys.of_topic(FEED_TOPIC), "event_id": event_id} for event_id in event_ids]
        session.execute(sa.delete(FeedEvent).where(FeedEvent.key == keys.of_topic(FEED_TOPIC)))
        session.execute(sa.insert(FeedEvent), rows)
        bump([keys.of_topic(FEED_TOPIC)])
        place_slugs = tuple(
            session.scalars(sa.select(Place.slug).order_by(Place.id == date.place_id, Place.id))
        )[::-1]
        event_slug = session.get_one(Event, date.event_id).slug
        stored = session.scalar(sa.select(sa.func.count()).select_from(CalendarEntry))
        described = f"{summary}; {stored} calendar entries"
        return Sample(app, place_slugs, event_slug, date.public_id, event_ids, described)
