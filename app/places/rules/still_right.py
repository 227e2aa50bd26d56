"""When the people of a place are asked whether its page is still right, and when a place sleeps."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from app.places.rules.weekly_hours import Closure, read

ASK_AFTER_DAYS = 60
ASLEEP_AFTER_DAYS = 120
PAUSE = timedelta(days=92)  # at most four times a year
AUGUST = 8


def closures_of(*hours: str) -> tuple[Closure, ...]:
    """The closed periods that hours announce, where they are written as the host's form writes them."""
    known = (read(text) for text in hours if text)
    return tuple(closure for week in known if week is not None for closure in week.closures)


def quiet_days(since: date, today: date, closures: Collection[Closure] = ()) -> int:
    """Days on which somebody could have confirmed: neither in August nor in a closure that was announced.

    >>> quiet_days(date(2026, 7, 30), date(2026, 9, 2))
    3
    >>> quiet_days(date(2026, 11, 1), date(2026, 11, 11), [Closure(date(2026, 11, 5), date(2026, 11, 30))])
    3
    """
    days = (since + timedelta(days=number) for number in range(1, max(0, (today - since).days) + 1))
    return sum(day.month != AUGUST and not _is_closed(day, closures) for day in days)


def is_due(
    since: date, asked_at: datetime | None, now: datetime, today: date, closures: Collection[Closure] = ()
) -> bool:
    """Whether to ask: 60 quiet days, nobody asked for a quarter of a year, and today somebody is there to answer."""
    if today.month == AUGUST or _is_closed(today, closures):
        return False
    is_rested = asked_at is None or now - asked_at >= PAUSE
    return is_rested and quiet_days(since, today, closures) >= ASK_AFTER_DAYS


def _is_closed(day: date, closures: Collection[Closure]) -> bool:
    return any(_lies_in(day, one) for one in closures)


def _lies_in(day: date, closure: Closure) -> bool:
    if not closure.is_yearly:
        return closure.first_on <= day <= closure.last_on
    here, first, last = (
        (one.month, one.day) for one in (day, closure.first_on, closure.last_on)
    )  # a period over the new year begins after it ends
    return first <= here <= last if first <= last else here >= first or here <= last
