"""VTIMEZONE by recurrence rules (RFC 5545, 3.6.5), derived from an IANA zone's own clock changes.

icalendar 7.3 lists transitions as RDATEs of a limited span, with the DAYLIGHT onset on the wrong side of the hour;
clients ask for rules. Zones whose changes follow no yearly rule (Morocco's Ramadan) get RDATEs for the years given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

YEARS_LOOKED_AT = 11
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST_YEAR = 1970


@dataclass(frozen=True)
class Change:
    """One clock change: `onset` on the wall clock before it, offsets before and after, the name after it."""

    onset: datetime
    offset_from: timedelta
    offset_to: timedelta
    name: str
    is_daylight: bool


@lru_cache(maxsize=64)
def vtimezone(tzid: str, year: int) -> bytes:
    """The zone as it is kept from 1 January of `year` on: CRLF lines, rules where the zone follows one.

    >>> "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in vtimezone("Europe/Rome", 2026).decode().splitlines()
    True
    """
    zone = ZoneInfo(tzid)
    groups = _by_kind(list(_changes(zone, year)))
    rules = [_yearly_rule(group) for group in groups]
    if not all(rules):  # dates for all: a rule that begins in 1970 would hold before the first date
        rules = [""] * len(groups)
    before = [] if all(rules) and rules else _fixed(zone, year)
    parts = [line for group, rule in zip(groups, rules, strict=True) for line in _observance(group, rule)]
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tzid}", *before, *parts, "END:VTIMEZONE", ""]
    return "\r\n".join(lines).encode()


def _changes(zone: ZoneInfo, year: int) -> Iterator[Change]:
    """Every change of the offset in the years looked at, to the second."""
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + YEARS_LOOKED_AT, 1, 1, tzinfo=UTC)
    while moment < end:
        following = moment + timedelta(days=5)
        if _offset(zone, moment) != _offset(zone, following):
            yield _change(zone, _bisect(zone, moment, following))
        moment = following


def _bisect(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second with the new offset."""
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _change(zone: ZoneInfo, moment: datetime) -> Change:
    offset_from = _offset(zone, moment - timedelta(seconds=1))
    local = moment.astimezone(zone)
    onset = (moment + offset_from).replace(tzinfo=None)
    return Change(onset, offset_from, _offset(zone, moment), local.tzname() or "", bool(local.dst()))


def _by_kind(changes: list[Change]) -> list[list[Change]]:
    """Changes of the same kind together: to daylight time, back from it."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        key = (change.offset_from, change.offset_to, change.name, change.is_daylight)
        groups.setdefault(key, []).append(change)
    return list(groups.values())


def _observance(group: list[Change], rule: str) -> list[str]:
    """STANDARD or DAYLIGHT with its yearly rule, or with the dates of each year."""
    first = group[0]
    if rule:
        first_onset = _first_onset(group[0], rule)
        recurrence = [f"DTSTART:{first_onset:%Y%m%dT%H%M%S}", f"RRULE:FREQ=YEARLY;{rule}"]
    else:
        recurrence = [f"DTSTART:{first.onset:%Y%m%dT%H%M%S}"]
        recurrence += [f"RDATE:{change.onset:%Y%m%dT%H%M%S}" for change in group[1:]]
    kind = "DAYLIGHT" if first.is_daylight else "STANDARD"
    return [
        f"BEGIN:{kind}",
        *recurrence,
        *_names(first.offset_from, first.offset_to, first.name),
        f"END:{kind}",
    ]


def _yearly_rule(group: list[Change]) -> str:
    """BYMONTH and BYDAY that hold for every year looked at, or nothing."""
    onsets = [change.onset for change in group]
    shapes = {(onset.month, onset.weekday(), onset.time()) for onset in onsets}
    if len(onsets) < YEARS_LOOKED_AT or len(shapes) != 1:
        return ""
    month, day = onsets[0].month, DAY_CODES[onsets[0].weekday()]
    if all((onset + timedelta(days=7)).month != month for onset in onsets):
        return f"BYMONTH={month};BYDAY=-1{day}"
    weeks = {(onset.day - 1) // 7 + 1 for onset in onsets}
    if len(weeks) == 1:
        return f"BYMONTH={month};BYDAY={weeks.pop()}{day}"
    lowest = max(onset.day for onset in onsets) - 6
    if lowest <= min(onset.day for onset in onsets):
        days = ",".join(str(number) for number in range(lowest, lowest + 7))
        return f"BYMONTH={month};BYMONTHDAY={days};BYDAY={day}"
    return ""


def _first_onset(change: Change, rule: str) -> datetime:
    """The rule's date in 1970, where calendars customarily start their zones."""
    ordinal = rule.rsplit("BYDAY=", 1)[1][:-2]
    start = change.onset.replace(year=FIRST_YEAR, day=1)
    month = [start + timedelta(days=number) for number in range(31)]
    days = [day for day in month if day.month == start.month and day.weekday() == change.onset.weekday()]
    if ordinal:
        return days[int(ordinal)] if int(ordinal) < 0 else days[int(ordinal) - 1]
    lowest = int(rule.split("BYMONTHDAY=")[1].split(",", maxsplit=1)[0])
    return next(day for day in days if day.day >= lowest)


def _fixed(zone: ZoneInfo, year: int) -> list[str]:
    """The offset at the start: the only one, or the one before the first date of a zone without rules."""
    moment = datetime(year, 1, 1, tzinfo=UTC)
    offset = _offset(zone, moment)
    names = _names(offset, offset, moment.astimezone(zone).tzname() or "")
    return ["BEGIN:STANDARD", f"DTSTART:{FIRST_YEAR}0101T000000", *names, "END:STANDARD"]


def _names(offset_from: timedelta, offset_to: timedelta, name: str) -> list[str]:
    return [f"TZOFFSETFROM:{_signed(offset_from)}", f"TZOFFSETTO:{_signed(offset_to)}", f"TZNAME:{name}"]


def _signed(offset: timedelta) -> str:
    """The form +HHMM, with seconds where the zone has them."""
    seconds = int(offset.total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"
    return text + (f"{rest:02}" if rest else "")


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
