"""Name topics, and merge one into another: events, calendars and addresses follow, and the old row tells where to."""

from collections.abc import Mapping

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.core.errors import NotFound
from app.core.ids import free_slug, public_id
from app.core.jobs import daily
from app.events.models import Event, EventTopic, Topic
from app.events.rules import topics as rules
from app.events.signals import event_saved

BATCH_SECONDS = 0.05


@patiently
def add_topic(names: Mapping[str, str], icon: str) -> str:
    """A new one; returns its slug, which never changes. Raises TooManyTopics, TopicNotNamed."""
    named = rules.named(names)
    with transaction() as session:
        taken = set(session.scalars(sa.select(Topic.slug).with_for_update()))
        if len(taken) >= rules.MOST:
            raise rules.TooManyTopics
        slug = free_slug(named.within(named.original).value[:30], taken.__contains__, fallback="tema")
        session.add(Topic(public_id=public_id(), slug=slug, names=named, icon=icon))
    return slug


def rename_topic(slug: str, names: Mapping[str, str], icon: str) -> None:
    """Other words for it; calendars that name it are written anew. Raises NotFound, TopicNotNamed."""
    named = rules.named(names)
    with transaction() as session:
        topic = session.scalar(sa.select(Topic).where(Topic.slug == slug).with_for_update())
        if topic is None:
            raise NotFound
        is_same, topic.names, topic.icon = topic.names == named, named, icon
    if not is_same:
        _tell_all(slug)


def merge_topics(slug: str, into: str) -> None:
    """What was about the one is about the other from now on; pressed again it finishes what was cut short.

    Raises NotFound, NotMergeable.
    """
    with transaction() as session:
        found = {row.slug: row for row in session.scalars(sa.select(Topic).with_for_update())}
        if slug not in found or into not in found:
            raise NotFound
        rules.check_merge(slug, into, {one.slug: one.merged_into for one in found.values()})
        found[slug].merged_into = into
        for one in found.values():
            if one.merged_into == slug:
                one.merged_into = into
    _move_events(slug, into)


@daily("events.topics")
def finish_merges() -> None:
    """Events of a merge that was cut short follow now."""
    with transaction() as session:
        merged = sa.select(Topic.slug, Topic.merged_into).where(Topic.merged_into.is_not(None))
        pairs = [(row[0], str(row[1])) for row in session.execute(merged)]
    for slug, into in pairs:
        _move_events(slug, into)


def _move_events(slug: str, into: str) -> None:
    while _move_some(slug, into):
        pass


@patiently
def _move_some(slug: str, into: str) -> bool:
    """For about 50 ms, so that bookings can pass between; false when none is left."""
    begun = clock.monotonic()
    with transaction() as session:
        rows = session.scalars(sa.select(EventTopic).where(EventTopic.topic == slug).limit(50)).all()
        for row in rows:
            event_id = row.event_id
            session.delete(row)
            if session.get(EventTopic, (event_id, into)) is None:
                session.add(EventTopic(event_id=event_id, topic=into))
            session.flush()
            session.get_one(Event, event_id, populate_existing=True).updated_at = clock.now()
            session.flush()
            event_saved.send(event_id=event_id)
            if clock.monotonic() - begun > BATCH_SECONDS:
                break
    return bool(rows)


def _tell_all(slug: str) -> None:
    """The events of a topic, in their order, some in each transaction."""
    after = 0
    while (last := _tell_some(slug, after)) is not None:
        after = last


@patiently
def _tell_some(slug: str, after: int) -> int | None:
    """For about 50 ms; returns the last event, None when there is none."""
    begun, last = clock.monotonic(), None
    with transaction() as session:
        own = (EventTopic.topic == slug, EventTopic.event_id > after)
        for event_id in session.scalars(
            sa.select(EventTopic.event_id).where(*own).order_by(EventTopic.event_id).limit(50)
        ).all():
            session.get_one(Event, event_id).updated_at = clock.now()
            session.flush()
            event_saved.send(event_id=event_id)
            last = event_id
            if clock.monotonic() - begun > BATCH_SECONDS:
                break
    return last
