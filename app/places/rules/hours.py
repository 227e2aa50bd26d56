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
from geo.point import Point

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Where one rule ends and the next begins: ";", or a comma between a time (or "off") and a selector.
_SEPARATOR = re.compile(r"(\s*;\s*|(?:(?<=:\d\d)|(?<=off)|(?<=open)|(?<=closed))\s*,\s*(?=[A-Z]))")
_DAY = r"(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:\s*-\s*(?:Mo|Tu|We|Th|Fr|Sa|Su)|\[[^\]]*\])?|PH)"
_HOLIDAY_RULE = re.compile(
    rf"(?P<days>{_DAY}(?:\s*,\s*{_DAY})*)\s*:?\s*(?P<rest>(?:\d.*|off|closed|open)?)\Z"
)
_STRETCH = re.compile(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)")
_OPEN_END = re.compile(r"\d:\d\d\s*\+")
_UNKNOWABLE = re.compile(r"\bSH\b")
_UNCERTAIN = re.compile(r'"|\bunknown\b|\|\|')
# A remark on time that is open all the same: it takes nothing back.
_REMARK = re.compile(r'\bopen\s*"[^"]*"\s*')
_SUN = re.compile(r"\bsun(?:rise|set)\b|\bd(?:awn|usk)\b")
# "||" and what holds where nothing before it does, up to the next rule.
_FALLBACK = re.compile(r"\|\|\s*(?P<rule>[^;|]*)")
_ONLY_WORDS = re.compile(r'(?:unknown\s*)?"[^"]*"\s*\Z')
# "Sep-Jul week 2-52/2": nobody else reads months and weeks of one rule.
_MIXED_WEEKS = re.compile(rf"(?:{'|'.join(_MONTHS)})[^;]*\bweek\b")
# "Fr11:00" and "Sa 10-18" can only mean one thing.
_TIGHT_DAY = re.compile(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su)(?=\d)")
_WHOLE_HOURS = re.compile(r"(?<=\b[A-Z][a-z] )(?P<from>\d{1,2})-(?P<to>\d{1,2})(?=\s*(?:[,;]|\Z|[A-Z]))")
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
    if (
        not text
        or len(text) > 1000
        or any(part.search(text) for part in (_OPEN_END, _UNKNOWABLE, _MIXED_WEEKS))
    ):
        return False
    try:
        OpeningHours(_with_dates(_plain(text), [date(2026, 12, 7)]), auto_country=False, auto_timezone=False)
    except (Unreadable, ParserError):
        return False
    return True


def is_uncertain(text: str) -> bool:
    """Whether some of its time is only described in words, so that "closed" would be a guess."""
    return bool(_UNCERTAIN.search(_without_remarks(text)))


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
    """The rules, and again without the first, without the first two …: what is open in any of them is open.

    The library forgets a night that runs into a day of an earlier rule ("Mo-Sa …; Su 20:00-04:00" on Monday); without
    that rule it remembers. A later rule does end it, as in opening_hours.js, and it stands in every part.
    """
    written = rules.split(";")
    return ["; ".join(written[index:]) for index in range(len(written))]


def _plain(text: str) -> str:
    """As the library reads it: remarks on open time and fallbacks in words left out, loose writing made strict.

    >>> _plain('We-Fr10-18, Sa 12:00-18:00 open "ring" || "by phone"; PH off')
    'We-Fr 10:00-18:00, Sa 12:00-18:00 open; PH off'
    """
    without = _FALLBACK.sub(_without_words, _without_remarks(text))
    strict = _TIGHT_DAY.sub(r"\g<0> ", without.strip())
    strict = _WHOLE_HOURS.sub(lambda hours: _in_minutes(hours["from"], hours["to"]), strict)
    return _LOOSE_DAYS.sub(",", strict).strip()


def _without_remarks(text: str) -> str:
    """Not where the sun decides: to the minute nobody agrees, so the remark's doubt stays."""
    return text if _SUN.search(text) else _REMARK.sub("open", text)


def _without_words(fallback: re.Match[str]) -> str:
    """A fallback in words alone leaves that time unknown; one that is a rule must be one that can be read."""
    rule = fallback["rule"].strip()
    if not _ONLY_WORDS.match(rule):
        try:
            OpeningHours(_without_remarks(rule), auto_country=False, auto_timezone=False)
        except ParserError as error:
            raise Unreadable(rule) from error
    return ""


def _in_minutes(first: str, last: str) -> str:
    """«10-18» of a weekday is the hours; more than 24 is something else."""
    if int(first) > 24 or int(last) > 24:
        raise Unreadable(f"{first}-{last}")
    return f"{first.zfill(2)}:00-{last.zfill(2)}:00"


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
    if match is None or (match["days"] != "PH" and _passes_midnight(match["rest"])):
        raise Unreadable(
            rule
        )  # a night from a weekday into a holiday of one rule: the library ends it at midnight
    if not days:
        return []
    dates = ",".join(f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}" for day in days)
    return [separator, f"{dates} {match['rest']}".rstrip()]


def _passes_midnight(times: str) -> bool:
    return any(closes <= opens for opens, closes in _STRETCH.findall(times))
