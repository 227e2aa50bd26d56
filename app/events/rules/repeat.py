"""The rules that people say in plain words, to and from RFC 5545: every week, every two, every month on that weekday."""

from collections import deque
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from app.events.rules.recurrence import Recurrence, first_instant, read_recurrence, wall_clock_dates
from app.events.rules.schedule import MAX_DATES, Schedule, to_local
from app.events.rules.series import WEEKDAYS

LAST_WEEK = 5
_UTC_FORM = "%Y%m%dT%H%M%SZ"


class Repeat(StrEnum):
    """How often. OTHER is a rule that came from elsewhere and is kept as it is."""

    ONCE = "once"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    OTHER = "other"


def rule_for(repeat: Repeat, starts_local: datetime, until: date | None, tzid: str) -> str:
    """The rule of a series that begins at this wall-clock time and ends with a day (None: it goes on).

    >>> rule_for(Repeat.WEEK, datetime(2026, 11, 26, 10), date(2026, 12, 17), "Europe/Rome")
    'FREQ=WEEKLY;UNTIL=20261217T225959Z'
    >>> rule_for(Repeat.MONTH, datetime(2026, 11, 26, 10), None, "Europe/Rome")
    'FREQ=MONTHLY;BYDAY=4TH'
    """
    if repeat in (Repeat.ONCE, Repeat.OTHER):
        return ""
    pattern = _pattern(repeat, starts_local)
    if until is None:
        return pattern
    last = first_instant(datetime.combine(until, time(23, 59, 59)), tzid)
    return f"{pattern};UNTIL={last.strftime(_UTC_FORM)}"


def repeat_of(schedule: Schedule) -> tuple[Repeat, date | None]:
    """What a stored schedule means in these words, and its last day (None: it goes on, or there is only one date).

    >>> from datetime import timedelta
    >>> start = datetime(2026, 11, 26, 10)
    >>> repeat_of(Schedule(start, timedelta(hours=1), "Europe/Rome", "FREQ=WEEKLY;BYDAY=TH;COUNT=3"))
    (<Repeat.WEEK: 'week'>, datetime.date(2026, 12, 10))
    """
    if not schedule.rrule:
        return Repeat.ONCE, None
    recurrence = read_recurrence(schedule.rrule)
    repeat = _said(recurrence, schedule.starts_local)
    return repeat, None if repeat is Repeat.OTHER else _last_day(recurrence, schedule)


def next_weekday(first: date, after: date) -> date:
    """The first day later than `after` that is the weekday of `first`.

    >>> next_weekday(date(2026, 11, 26), date(2026, 12, 10))
    datetime.date(2026, 12, 17)
    """
    return after + timedelta(days=(first.weekday() - after.weekday() - 1) % 7 + 1)


def _pattern(repeat: Repeat, starts_local: datetime) -> str:
    if repeat is Repeat.MONTH:
        return f"FREQ=MONTHLY;BYDAY={_nth(starts_local.date())}"
    return "FREQ=WEEKLY;INTERVAL=2" if repeat is Repeat.FORTNIGHT else "FREQ=WEEKLY"


def _nth(day: date) -> str:
    """«The second Thursday»; a fifth one, which not every month has, is the last."""
    week = (day.day - 1) // 7 + 1
    return f"{-1 if week == LAST_WEEK else week}{WEEKDAYS[day.weekday()]}"


def _said(recurrence: Recurrence, starts_local: datetime) -> Repeat:
    parts = dict(part.split("=", 1) for part in recurrence.pattern.split(";"))
    parts.pop("WKST", None)
    if parts.get("INTERVAL") == "1":
        parts.pop("INTERVAL")
    if parts.get("FREQ") == "WEEKLY" and parts.get("BYDAY") == WEEKDAYS[starts_local.weekday()]:
        parts.pop("BYDAY")
    if parts.get("BYDAY", "").startswith("+"):
        parts["BYDAY"] = parts["BYDAY"][1:]
    for repeat in (Repeat.WEEK, Repeat.FORTNIGHT, Repeat.MONTH):
        if parts == dict(part.split("=", 1) for part in _pattern(repeat, starts_local).split(";")):
            return repeat
    return Repeat.OTHER


def _last_day(recurrence: Recurrence, schedule: Schedule) -> date | None:
    if recurrence.until is not None:
        until = recurrence.until
        return (to_local(until, schedule.tzid) if until.tzinfo else until).date()
    if recurrence.count is None:
        return None
    dates = islice(wall_clock_dates(recurrence, schedule.starts_local, schedule.tzid), MAX_DATES)
    return deque(dates, maxlen=1)[0].date()
