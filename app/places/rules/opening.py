"""Open, closing soon, closed or unknown: read off the stored stretches of time, without reading hours again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.places.rules.hours import is_readable, is_uncertain
from app.places.rules.intervals import Interval, merged

CLOSING_SOON = timedelta(minutes=30)
# Open without a break for so long ahead counts as always open.
ALWAYS = timedelta(hours=48)


class Opening(StrEnum):
    """How a place stands at a moment."""

    ALWAYS = "always"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OpeningState:
    """The state; until when, where open with an end; when it opens next, where closed and that is known."""

    state: Opening
    until: datetime | None = None
    next_opens_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether one can go in now."""
        return self.state in {Opening.ALWAYS, Opening.OPEN, Opening.CLOSING}


UNKNOWN = OpeningState(Opening.UNKNOWN)


def opening_state(
    rows: Iterable[Interval],
    at: datetime,
    *,
    texts: Iterable[str] = (),
    next_opens_at: datetime | None = None,
) -> OpeningState:
    """The state at a moment from the rows that end after it.

    `texts` are the hours as written (the host's and the corner's): they tell closed from unknown where no row says open.
    `next_opens_at` is the first opening after the last row given, where the caller knows it.
    """
    times = merged(rows)
    now = next((interval for interval in times if interval.contains(at)), None)
    if now is not None:
        return _open(now, at)
    written = [text for text in texts if text]
    if not written or not all(is_readable(text) and not is_uncertain(text) for text in written):
        return UNKNOWN
    coming = next((interval.starts_at for interval in times if interval.starts_at > at), next_opens_at)
    return OpeningState(Opening.CLOSED, next_opens_at=coming)


def _open(now: Interval, at: datetime) -> OpeningState:
    left = now.ends_at - at
    if left >= ALWAYS:
        return OpeningState(Opening.ALWAYS)
    return OpeningState(Opening.CLOSING if left <= CLOSING_SOON else Opening.OPEN, until=now.ends_at)
