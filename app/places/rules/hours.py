"""OpenStreetMap's opening_hours made into stretches of time; what cannot be known is never guessed.

The grammar and its evaluation are opening-hours-py's. Public holidays are ours (`rules.holidays`), because that library
does not know the feasts of a town: each rule for PH is repeated with the dates of the holidays in the window.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # its stub forgets ParserError

from app.places.rules.holidays import holidays_between
from app.places.rules.intervals import Interval, crossed, merged
from app.places.rules.plain_hours import plain_rules, run_of_days
from geo.point import Point

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Where one rule ends and the next begins: ";", or a comma between a time (or "off") and a selector.
_SEPARATOR = re.compile(r"(\s*;\s*|(?:(?<=:\d\d)|(?<=off)|(?<=closed))\s*,\s*(?=[A-Z]))")
_DAY = r"(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:\s*-\s*(?:Mo|Tu|We|Th|Fr|Sa|Su)|\[[^\]]*\])?|PH)"
_HOLIDAY_RULE = re.compile(
    rf"(?P<days>{_DAY}(?:\s*,\s*{_DAY})*)\s*:?\s*(?P<rest>(?:\d.*|off|closed|open)?)\Z"
)
_OPEN_END = re.compile(r"\d:\d\d\s*\+")
_UNKNOWABLE = re.compile(r"\bSH\b")
_UNCERTAIN = re.compile(r'"|\bunknown\b|\|\|')
# "Sa, Su 14:00" means both days; the library would read a rule "Sa" of its own.
_LOOSE_DAYS = re.compile(r"(?<=\b[A-Z][a-z])\s*,\s*(?=(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b)")


class Unreadable(ValueError):
    """These hours cannot be read with certainty: show them as they were written."""


@dataclass(frozen=True)
class Locale:
    """Where the hours hold: IANA zone, country and subdivision for holidays, the point for sunrise and sunset."""

    tzid: str
    country: str = ""
    subdivision: str = ""
    point: Point | None = None


def intervals(text: str, start: datetime, end: datetime, locale: Locale) -> tuple[Interval, ...]:
    """When it is surely open between two aware moments, touching stretches made one, or raise Unreadable.

    Time of which the text only says "unknown" or something in words is left out: ask `is_uncertain`.
    """
    zone = ZoneInfo(locale.tzid)
    first, last = start.astimezone(zone), end.astimezone(zone)
    rules = _with_holidays(text, locale, first.date() - timedelta(days=1), last.date())
    return merged(
        Interval(max(opens.astimezone(start.tzinfo), start), min(closes.astimezone(start.tzinfo), end))
        for part in _parts(rules)
        for opens, closes, state, comment in _parsed(part, locale).intervals(first, last)
        if state == State.OPEN and not comment and opens < closes
    )


def corner_intervals(
    host: str, corner: str, start: datetime, end: datetime, locale: Locale
) -> tuple[Interval, ...]:
    """When an island's corner can be used: its own hours inside its host's; an empty text means no limit of its own."""
    texts = [text for text in (host, corner) if text]
    if not texts:
        raise Unreadable
    open_times = [intervals(text, start, end, locale) for text in texts]
    return open_times[0] if len(open_times) == 1 else crossed(*open_times)


@lru_cache(maxsize=8192)
def is_readable(text: str) -> bool:
    """Whether `intervals` can say anything about it.

    >>> is_readable("Mo-Fr 08:30-12:30,15:30-19:30; PH off"), is_readable("LUNEDI CHIUSO"), is_readable("")
    (True, False, False)
    """
    if not text or len(text) > 1000 or _OPEN_END.search(text) or _UNKNOWABLE.search(text):
        return False
    try:
        OpeningHours(_with_dates(_plain(text), [date(2026, 12, 7)]), auto_country=False, auto_timezone=False)
    except (Unreadable, ParserError):
        return False
    return True


def is_uncertain(text: str) -> bool:
    """Whether some of its time is only described in words, so that "closed" would be a guess."""
    return bool(_UNCERTAIN.search(text))


@lru_cache(maxsize=4096)
def _parsed(rules: str, locale: Locale) -> OpeningHours:
    coordinates = None if locale.point is None else (locale.point.lat, locale.point.lon)
    try:
        return OpeningHours(rules, timezone=ZoneInfo(locale.tzid), coords=coordinates, auto_country=False)
    except ParserError as error:
        raise Unreadable(str(error).splitlines()[0]) from error


def _with_holidays(text: str, locale: Locale, first: date, last: date) -> str:
    if not is_readable(text):
        raise Unreadable(text)
    plain = _plain(text)
    if "PH" not in plain:
        return plain
    return _with_dates(plain, list(holidays_between(locale.country, locale.subdivision, first, last)))


def _parts(rules: str) -> list[str]:
    """The rules, and again without the first, without the first two …, where their days do not overlap.

    The library forgets a night that runs into a day of an earlier rule ("Mo-Sa …; Su 20:00-04:00" on Monday); without
    that rule it remembers. A later rule does end it, as in opening_hours.js.
    """
    plain = plain_rules(rules)
    if plain is None or len(plain) < 2:
        return [rules]
    days = [day for rule in plain for first, last in rule.days for day in run_of_days(first, last)]
    written = rules.split(";")
    count = len(written) if len(days) == len(set(days)) else 1
    return ["; ".join(written[index:]) for index in range(count)]


def _plain(text: str) -> str:
    """Without what stands after "||": the library takes a fallback in words for opening hours."""
    return _LOOSE_DAYS.sub(",", text.partition("||")[0].strip())


def _with_dates(text: str, days: list[date]) -> str:
    """Repeat every rule that holds on public holidays with the holidays' dates in place of its days.

    >>> _with_dates("Mo-Sa 09:00-19:30; Su,PH 09:30-18:00", [date(2026, 12, 7)])
    'Mo-Sa 09:00-19:30; Su,PH 09:30-18:00; 2026 Dec 07 09:30-18:00'
    """
    pieces = _SEPARATOR.split(text.strip())
    written = [pieces[0]]
    separator = "; "
    for index, rule in enumerate(pieces[::2]):
        if index:
            separator = pieces[2 * index - 1]
            written += [separator, rule]
        if re.search(r"\bPH\b", rule):
            written += _repeated(rule, separator, days)
    return "".join(written)


def _repeated(rule: str, separator: str, days: list[date]) -> list[str]:
    match = _HOLIDAY_RULE.match(rule.strip())
    if match is None:
        raise Unreadable(rule)
    if not days:
        return []
    dates = ",".join(f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}" for day in days)
    return [separator, f"{dates} {match['rest']}".rstrip()]
