"""The only place that reads the time: aware UTC, and a way for tests and the demo to hold it still."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen_time", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def monotonic() -> float:
    """Seconds that only ever grow, for measuring how long ago something was done in this process."""
    return time.monotonic()


def today(tzid: str) -> date:
    """The calendar day that people in this IANA time zone are living."""
    return now().astimezone(ZoneInfo(tzid)).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Hold the clock at an aware moment inside the block (tests)."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _frozen.reset(token)
