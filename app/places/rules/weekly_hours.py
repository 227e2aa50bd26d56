"""Opening hours as a host writes them: days and times, holidays, closed periods; to OpenStreetMap's syntax and back.

Only what the form can show is read; everything else stays as it was written until somebody writes it anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import groupby, pairwise

from app.core.errors import Invalid

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOST_SPANS, MOST_CLOSURES = 2, 3
LEAP_YEAR = 2028  # every day of a year is one of its days
_WEEK = re.compile(r"(?P<days>(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)[-,]?)+) (?P<spans>\d[\d:,\-]+|off)")
_BETWEEN = re.compile(r";|, (?=[A-Z])")
_DATE = r"(?:(\d{4}) )?([A-Z][a-z]{2}) (\d{2})"
_CLOSED = re.compile(rf"{_DATE}(?:-{_DATE})? off")

Span = tuple[time, time]


class SpansOverlap(Invalid):
    """Two stretches of one day meet; `details["day"]` is its number from Monday, 0."""


@dataclass(frozen=True)
class Closure:
    """From a first to a last day; `is_yearly`: every year on these days, whatever year stands in them."""

    first_on: date
    last_on: date
    is_yearly: bool = False


@dataclass(frozen=True)
class WeeklyHours:
    """Seven days from Monday, each with up to two stretches in order; one that ends before it begins ends the next day.

    Midnight as an end is the end of the day. `on_holidays` False: closed on public holidays.
    """

    days: tuple[tuple[Span, ...], ...] = ((),) * 7
    on_holidays: bool = True
    closures: tuple[Closure, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Nothing is said: nobody knows the hours."""
        return not any(self.days)


def check(hours: WeeklyHours) -> None:
    """Raise SpansOverlap where stretches of one day meet, or the first one runs into the night before the second."""
    for number, spans in enumerate(hours.days):
        for (_, end), (begin, _) in pairwise(spans):
            if end == time(0) or begin <= end:
                raise SpansOverlap(day=number)
        if any(_is_overnight(span) for span in spans[:-1]):
            raise SpansOverlap(day=number)


def written(hours: WeeklyHours) -> str:
    """In OpenStreetMap's syntax; "" where nothing is said.

    >>> morning, evening = (time(8, 30), time(12, 30)), (time(15), time(19, 30))
    >>> written(WeeklyHours(((morning, evening),) * 5 + ((morning,), ()), on_holidays=False))
    'Mo-Fr 08:30-12:30,15:00-19:30; Sa 08:30-12:30; PH off'
    """
    if hours.is_empty:
        return ""
    week = [f"{_days(days)} {','.join(map(_span, spans))}" for spans, days in _alike(hours.days)]
    # A rule after ";" takes its whole day, the night before it too; one after "," adds to what is there.
    is_by_night = any(_is_overnight(span) for spans in hours.days for span in spans)
    rules = [", ".join(week)] if is_by_night else week
    if not hours.on_holidays:
        rules.append("PH off")
    return "; ".join([*rules, *(f"{_period(one)} off" for one in hours.closures)])


def read(text: str) -> WeeklyHours | None:
    """The value that `written` gives this text for, or None.

    >>> read("Mo-Fr 08:30-12:30,15:00-19:30; Sa 08:30-12:30; PH off").on_holidays
    False
    >>> read("Mo-Fr sunrise-sunset") is None
    True
    """
    if text.strip() == "24/7":
        return WeeklyHours((((time(0), time(0)),),) * 7)
    days: list[tuple[Span, ...]] = [()] * 7
    closures: list[Closure] = []
    on_holidays = True
    try:
        for rule in filter(None, (part.strip() for part in _BETWEEN.split(text))):
            if rule == "PH off":
                on_holidays = False
            elif (week := _WEEK.fullmatch(rule)) is not None:
                for number in _numbers(week["days"]):
                    days[number] = _spans(week["spans"])
            elif (closed := _CLOSED.fullmatch(rule)) is not None:
                closures.append(_closure(closed.groups()))
            else:
                return None
        hours = WeeklyHours(tuple(days), on_holidays, tuple(closures))
        check(hours)
    except (ValueError, SpansOverlap):
        return None
    is_shown = len(closures) <= MOST_CLOSURES and all(len(spans) <= MOST_SPANS for spans in days)
    return hours if is_shown and written(hours) == _plain(text) else None


def _plain(text: str) -> str:
    return "; ".join(part.strip() for part in text.split(";") if part.strip())


def _is_overnight(span: Span) -> bool:
    return time(0) < span[1] <= span[0]


def _alike(days: Sequence[tuple[Span, ...]]) -> Iterator[tuple[tuple[Span, ...], list[int]]]:
    """Open days with the same hours, in the order of their first."""
    for spans in dict.fromkeys(spans for spans in days if spans):
        yield spans, [number for number, own in enumerate(days) if own == spans]


def _days(numbers: Sequence[int]) -> str:
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    return ",".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)


def _numbers(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(DAYS.index(first), DAYS.index(last or first) + 1)


def _span(span: Span) -> str:
    end = "24:00" if span[1] == time(0) else f"{span[1]:%H:%M}"
    return f"{span[0]:%H:%M}-{end}"


def _spans(text: str) -> tuple[Span, ...]:
    pairs = (part.split("-") for part in text.split(",") if text != "off")
    return tuple(
        (time.fromisoformat(begin), time.fromisoformat(end.replace("24:00", "00:00"))) for begin, end in pairs
    )


def _period(one: Closure) -> str:
    first, last = (_day(day, is_yearly=one.is_yearly) for day in (one.first_on, one.last_on))
    return first if first == last else f"{first}-{last}"


def _day(day: date, *, is_yearly: bool) -> str:
    name = f"{MONTHS[day.month - 1]} {day.day:02}"
    return name if is_yearly else f"{day.year} {name}"


def _closure(groups: Sequence[str | None]) -> Closure:
    year, month, day, last_year, last_month, last_day = groups
    first = date(int(year or LEAP_YEAR), MONTHS.index(str(month)) + 1, int(str(day)))
    if last_day is None:
        return Closure(first, first, is_yearly=year is None)
    last = date(int(last_year or LEAP_YEAR), MONTHS.index(str(last_month)) + 1, int(last_day))
    return Closure(first, last, is_yearly=year is None)
