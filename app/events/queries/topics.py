"""What events may be about, as operators name it; read often, so it is kept until the stored data change."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.cache import until_change
from app.core.database import db
from app.core.local_text import LocalText
from app.events.models import EventTopic, Topic


@dataclass(frozen=True)
class TopicView:
    """One topic; `icon` is a glyph of the sprite, `merged_into` the slug of the one that took its place ("": none did)."""

    slug: str
    names: LocalText
    icon: str
    merged_into: str


def topics() -> tuple[TopicView, ...]:
    """Those to choose from, in the order in which they were named."""
    return tuple(topic for topic in _all() if not topic.merged_into)


def merged_topics() -> tuple[TopicView, ...]:
    """Those that another one took the place of."""
    return tuple(topic for topic in _all() if topic.merged_into)


def topic_slugs() -> dict[str, str]:
    """Every slug that an address may name, with the one that stands for it today."""
    return {topic.slug: topic.merged_into or topic.slug for topic in _all()}


def topic_by_slug(slug: str) -> TopicView | None:
    """The topic that stands for this slug today."""
    known = {topic.slug: topic for topic in _all()}
    found = known.get(slug)
    return known[found.merged_into] if found and found.merged_into else found


def count_events_by_topic() -> dict[str, int]:
    """How many events are about each topic that any is about."""
    query = sa.select(EventTopic.topic, sa.func.count()).group_by(EventTopic.topic)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _all() -> tuple[TopicView, ...]:
    return until_change("topics", _read)


def _read() -> tuple[TopicView, ...]:
    columns = (Topic.slug, Topic.names, Topic.icon, sa.func.coalesce(Topic.merged_into, ""))
    return tuple(TopicView(*row) for row in db.session.execute(sa.select(*columns).order_by(Topic.id)))
