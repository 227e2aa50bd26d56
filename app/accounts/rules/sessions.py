"""How long links and sessions last, and when they may be used."""

from datetime import datetime, timedelta

LINK_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(days=30)
SESSION_IDLE = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=10)


def link_is_usable(*, expires_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """A link works once, within its quarter of an hour.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    >>> link_is_usable(expires_at=noon, used_at=None, now=noon - timedelta(minutes=1))
    True
    >>> link_is_usable(expires_at=noon, used_at=noon, now=noon - timedelta(minutes=1))
    False
    """
    return used_at is None and now < expires_at


def session_is_usable(
    *, expires_at: datetime, last_seen_at: datetime, revoked_at: datetime | None, now: datetime
) -> bool:
    """A session ends when revoked, after 30 days, or after a week without use."""
    return revoked_at is None and now < expires_at and now < last_seen_at + SESSION_IDLE
