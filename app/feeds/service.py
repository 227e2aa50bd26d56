"""Writing calendar bytes: when an event is saved, inside that edit's transaction; or all of them again."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from app.core import clock, state
from app.core.database import db, transaction, write_last
from app.core.i18n import language_codes
from app.events.facts import CalendarSource
from app.events.queries import calendar_source
from app.events.rules.schedule import DAYS_BACK
from app.feeds import entries, queries
from app.feeds.models import CalendarEntry, FeedEvent, FeedVersion
from app.feeds.rules import keys

EVENTS_PER_TRANSACTION = 15


def write_event(event_id: int) -> bool:
    """Store an event's bytes in every language and bump the feeds it is in or was in; inside the caller's transaction.

    Nothing is written, and nothing bumped, when the bytes and the feeds come out as they were.
    """
    source = calendar_source(event_id)
    place = queries.place_by_id(source.event.place.id) if source else None
    if source is None or place is None:
        return False
    is_public = source.event.is_published and place.is_published
    old_keys = set(db.session.scalars(sa.select(FeedEvent.key).where(FeedEvent.event_id == event_id)))
    new_keys = _keys(source) if is_public else set()
    contents = (
        {code: entries.content(source, place.updated_at, code) for code in language_codes()}
        if is_public
        else {}
    )
    bytes_changed = _store(event_id, source.event.schedule.tzid, contents)
    if not bytes_changed and old_keys == new_keys:
        return False
    _store_keys(event_id, old_keys, new_keys)
    bump(old_keys | new_keys)
    return True


def find_events_in(territory_id: int) -> None:
    """Put the events of a territory's places into its feed; inside the caller's transaction."""
    key = keys.of_territory(territory_id)
    old, new = queries.event_ids_under(key), queries.public_event_ids_in(territory_id)
    if old == new:
        return
    db.session.execute(sa.delete(FeedEvent).where(FeedEvent.key == key))
    rows = [{"key": key, "event_id": event_id} for event_id in sorted(new)]
    if rows:
        db.session.execute(sa.insert(FeedEvent), rows)
    bump([key])


def bump(feed_keys: Iterable[str]) -> None:
    """Say that these feeds change with the caller's transaction: each once, however many of its events do.

    Last in it and in the order of their keys: every writer of events writes the network's row.
    """
    for key in feed_keys:
        write_last(f"feed_version {key}", partial(_bump, key))


def bump_all() -> None:
    """Say that every feed changes with the caller's transaction."""
    write_last("feed_version", _bump_every)


def _bump(key: str) -> None:
    changed = {"version": FeedVersion.version + 1, "changed_at": clock.now()}
    insert = state.INSERTS[db.session.get_bind().dialect.name]
    row = insert(FeedVersion).values(key=key, version=1, changed_at=changed["changed_at"])
    db.session.execute(row.on_conflict_do_update(index_elements=["key"], set_=changed))


def _bump_every() -> None:
    changed = {"version": FeedVersion.version + 1, "changed_at": clock.now()}
    db.session.execute(sa.update(FeedVersion).values(changed))


def rebuild() -> int:
    """Write the bytes of all events again, in short transactions; returns how many came out different."""
    changed = 0
    event_ids = queries.all_event_ids()
    for first in range(0, len(event_ids), EVENTS_PER_TRANSACTION):
        with transaction():
            changed += sum(
                write_event(event_id) for event_id in event_ids[first : first + EVENTS_PER_TRANSACTION]
            )
    return changed


def move_window() -> None:
    """Let events whose last date is 180 days past leave the feeds; the feeds that lose one change."""
    new = clock.now().date() - timedelta(days=DAYS_BACK)
    with transaction():
        old = queries.window_from()
        if old == new:
            return
        if old is None or old > new:
            bump_all()
        else:
            bump(queries.keys_left_behind(old, new))
        state.write(queries.WINDOW_STATE, new.isoformat())


def _keys(source: CalendarSource) -> set[str]:
    territories = {keys.of_territory(territory_id) for territory_id in source.territory_ids}
    topics = {keys.of_topic(topic) for topic in source.event.topics}
    return {keys.NETWORK, keys.of_place(source.event.place.id)} | territories | topics


def _store(event_id: int, tzid: str, contents: dict[str, bytes]) -> bool:
    """Whether any stored row had to change."""
    rows = db.session.scalars(sa.select(CalendarEntry).where(CalendarEntry.event_id == event_id)).all()
    stored = {row.language: row for row in rows}
    if {code: (row.tzid, row.content) for code, row in stored.items()} == {
        code: (tzid, content) for code, content in contents.items()
    }:
        return False
    for code, row in stored.items():
        if code not in contents:
            db.session.delete(row)
    for code, content in contents.items():
        row = stored.get(code) or CalendarEntry(event_id=event_id, language=code)
        row.tzid, row.content = tzid, content
        db.session.add(row)
    return True


def _store_keys(event_id: int, old: set[str], new: set[str]) -> None:
    if old - new:
        gone = sa.delete(FeedEvent).where(FeedEvent.event_id == event_id, FeedEvent.key.in_(old - new))
        db.session.execute(gone)
    db.session.add_all(FeedEvent(key=key, event_id=event_id) for key in sorted(new - old))
