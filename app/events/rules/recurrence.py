"""RFC 5545 recurrence rules on the wall clock: read strictly, then laid out by python-dateutil.

Strictly, because python-dateutil takes more than the RFC allows: `INTERVAL=0` never ends, a sub-daily rule fills a
day, and a rule that can give nothing is searched up to the year 9999 (tried: 2 s at worst once sub-daily parts are
refused).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from app.core.errors import Invalid

FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
)  # fmt: skip
LIMITS = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
MAX_LENGTH = 300
_PART = re.compile(r"(?P<name>[A-Z]+)=(?P<value>[A-Z0-9+,-]+)")
_UNTIL_FORMS = (("%Y%m%dT%H%M%SZ", 16), ("%Y%m%dT%H%M%S", 15), ("%Y%m%d", 8))


class RuleNotUnderstood(Invalid):
    """The recurrence rule is not one that we take; `details["rule"]` is what was sent."""


@dataclass(frozen=True)
class Recurrence:
    """A rule in parts: `pattern` is what remains without COUNT and UNTIL, which we apply ourselves.

    `until` is aware (UTC), naive (wall clock) or None, and inclusive.
    """

    pattern: str
    count: int | None = None
    until: datetime | None = None


def read_recurrence(text: str) -> Recurrence:
    """Read a rule such as "FREQ=WEEKLY;BYDAY=TH;COUNT=8", or raise RuleNotUnderstood.

    >>> read_recurrence("FREQ=WEEKLY;BYDAY=TH;COUNT=8")
    Recurrence(pattern='FREQ=WEEKLY;BYDAY=TH', count=8, until=None)
    >>> read_recurrence("FREQ=MINUTELY")
    Traceback (most recent call last):
    ...
    app.events.rules.recurrence.RuleNotUnderstood
    """
    parts = _parts(text)
    count = _count(text, parts)
    until = _read_until(text, parts["UNTIL"]) if "UNTIL" in parts else None
    pattern = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
    _laid_out(text, pattern, datetime(2024, 1, 1))  # noqa: DTZ001  # only to see whether dateutil can read it
    return Recurrence(pattern, count, until)


def wall_clock_dates(recurrence: Recurrence, starts_local: datetime, tzid: str) -> Iterator[datetime]:
    """Naive starts in order, from the first one on, lazily and perhaps without end.

    The first start always belongs to the set and counts (RFC 5545, 3.8.5.3), whether or not the pattern gives it.

    >>> start = datetime(2026, 11, 26, 10)
    >>> [d.day for d in wall_clock_dates(read_recurrence("FREQ=WEEKLY;COUNT=3"), start, "Europe/Rome")]
    [26, 3, 10]
    """
    rule = _laid_out("", recurrence.pattern, starts_local)
    dates = chain([starts_local], (found for found in rule if found > starts_local))
    for found in islice(dates, recurrence.count):
        if recurrence.until is not None and _is_after(found, recurrence.until, tzid):
            return
        yield found


def first_instant(local: datetime, tzid: str) -> datetime:
    """The UTC moment of a wall-clock time; twice a year that needs a decision (RFC 5545, 3.3.5).

    A time skipped in spring is read with the offset before the gap, so it moves forward; a time that comes twice in
    autumn is the first of the two. Both are what `fold=0` means.

    >>> first_instant(datetime(2027, 3, 28, 2, 30), "Europe/Rome").astimezone(ZoneInfo("Europe/Rome")).hour
    3
    >>> first_instant(datetime(2026, 10, 25, 2, 30), "Europe/Rome").hour
    0
    """
    return local.replace(tzinfo=ZoneInfo(tzid), fold=0).astimezone(UTC)


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";") if len(text) <= MAX_LENGTH else [""]:
        match = _PART.fullmatch(part)
        if match is None or match["name"] not in PARTS or match["name"] in parts:
            raise RuleNotUnderstood(rule=text[:MAX_LENGTH])
        parts[match["name"]] = match["value"]
        if match["name"] in LIMITS:
            _check_numbers(text, match["value"], LIMITS[match["name"]])
    if parts.get("FREQ") not in FREQUENCIES or _number(text, parts.get("INTERVAL", "1")) < 1:
        raise RuleNotUnderstood(rule=text)
    return parts


def _count(text: str, parts: dict[str, str]) -> int | None:
    if "COUNT" not in parts:
        return None
    count = _number(text, parts["COUNT"])
    if count < 1 or "UNTIL" in parts:
        raise RuleNotUnderstood(rule=text)
    return count


def _check_numbers(text: str, value: str, most: int) -> None:
    """A list of numbers other than 0, at most `most` either way from it."""
    if not all(1 <= _number(text, number.lstrip("+-")) <= most for number in value.split(",")):
        raise RuleNotUnderstood(rule=text)


def _number(text: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        raise RuleNotUnderstood(rule=text)
    return int(value)


def _read_until(text: str, value: str) -> datetime:
    """A date means the whole of that day."""
    for form, length in _UNTIL_FORMS:
        try:
            moment = datetime.strptime(value, form)  # noqa: DTZ007  # the zone is decided below
        except ValueError:
            continue
        if len(value) == length:
            if length == 16:
                return moment.replace(tzinfo=UTC)
            return moment if length == 15 else datetime.combine(moment, time.max)
    raise RuleNotUnderstood(rule=text)


def _laid_out(text: str, pattern: str, starts_local: datetime) -> rrule:
    try:
        rule = rrulestr(pattern, dtstart=starts_local)
    except (ValueError, IndexError, TypeError) as error:
        raise RuleNotUnderstood(rule=text) from error
    if not isinstance(rule, rrule):
        raise RuleNotUnderstood(rule=text)
    return rule


def _is_after(local: datetime, until: datetime, tzid: str) -> bool:
    return first_instant(local, tzid) > until if until.tzinfo else local > until


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last one it has.

    >>> months_later(date(2026, 8, 31), 18)
    datetime.date(2028, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
