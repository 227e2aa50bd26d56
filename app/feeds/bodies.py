"""Joined calendars, kept in this process until the feed's own version moves.

A booking changes the database, and so ends every answer that the WSGI short-cut keeps; it does not change a feed.
Therefore the joined bytes stand under the feed's version row: two small questions tell that they are still right.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app

from app.core import clock
from app.core.errors import NotFound
from app.core.http import absolute
from app.core.i18n import DEFAULT_LANGUAGE
from app.events.queries import calendar_source
from app.feeds import entries, labels, queries
from app.feeds.queries import FeedState
from app.feeds.rules.calendar import Heading, join

EXTENSION = "feed_bodies"
MAX_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Feed:
    """Which feed: its key, what it is of (None: the network), its zone, its own address, and when these last changed.

    `is_demo`: what it is of is made up, whether or not anything is on there.
    """

    key: str
    subject: str | None
    tzid: str
    endpoint: str
    values: tuple[tuple[str, str], ...] = ()
    changed_at: datetime | None = None
    is_demo: bool = False


# Everything that the joined bytes say: a renamed place is another feed, whatever its events.
BodyKey = tuple[Feed, str, FeedState, int]


@dataclass(frozen=True)
class Body:
    """Calendar bytes, the hash that names them, and when what they say last changed."""

    content: bytes
    etag: str
    changed_at: datetime | None

    @classmethod
    def of(cls, content: bytes, changed_at: datetime | None) -> "Body":
        """Hash the bytes."""
        return cls(content, hashlib.sha256(content).hexdigest()[:32], changed_at)


class Bodies:
    """Least-recently-used joined calendars, bounded by their bytes."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[BodyKey, Body] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: BodyKey, make: Callable[[], Body]) -> Body:
        """The kept body, else the one that `make` joins."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            old = self._kept.pop(key, None)
            self._bytes += len(made.content) - (len(old.content) if old else 0)
            self._kept[key] = made
            while self._bytes > self._max_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= len(dropped.content)
        return made


def body(feed: Feed, language: str) -> Body:
    """The whole calendar of a feed; a feed without events is a calendar with only a time zone."""
    feed_state = queries.feed_state(feed.key)
    year = clock.today(feed.tzid).year
    kept = cast(Bodies, current_app.extensions.setdefault(EXTENSION, Bodies()))
    return kept.get((feed, language, feed_state, year), lambda: _join(feed, language, feed_state, year))


def date_body(public_id: str, language: str) -> Body:
    """A calendar with one date, for those who want to add just this one."""
    event_id = queries.event_id_of_date(public_id)
    source = calendar_source(event_id) if event_id is not None else None
    place = queries.place_by_id(source.event.place.id) if source else None
    if source is None or place is None or not (source.event.is_published and place.is_published):
        raise NotFound
    date = next(date for date in source.dates if date.public_id == public_id)
    changed_at = max(source.event.updated_at, place.updated_at, date.updated_at)
    heading = Heading(
        name=labels.calendar_name(source.event.title.within(language).value, is_demo=source.event.is_demo),
        description=labels.about(),
        source_url=link("feeds.one_date", language, occurrence_id=public_id),
        page_url=link("events.occurrence", language, occurrence_id=public_id),
        tzid=source.event.schedule.tzid,
        changed_at=changed_at,
    )
    content = entries.single_date(source, place.updated_at, public_id, language)
    year = clock.today(heading.tzid).year
    return Body.of(join(heading, [], [content], year=year), changed_at)


def link(endpoint: str, language: str, **values: str) -> str:
    """An absolute address in a language; Italian needs no ?lang=."""
    return absolute(endpoint, **values, **({} if language == DEFAULT_LANGUAGE else {"lang": language}))


def _join(feed: Feed, language: str, feed_state: FeedState, year: int) -> Body:
    stored = queries.entries(feed.key, language, feed_state.window_from)
    changed_at = max(filter(None, (feed.changed_at, feed_state.changed_at)), default=None)
    heading = Heading(
        name=labels.calendar_name(feed.subject, is_demo=feed.is_demo or queries.has_demo_events(feed.key)),
        description=labels.about(),
        source_url=link(feed.endpoint, language, **dict(feed.values)),
        page_url=link("events.index", language),
        tzid=feed.tzid,
        changed_at=changed_at,
    )
    content = join(heading, stored.tzids, stored.contents, year=year)
    return Body.of(content, changed_at)
