"""The regular week of a place and what departs from it in the coming year: for paper, which hangs there for months.

Read off the days themselves, not off the text, so that every grammar of opening hours is understood alike.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from app.places.rules.holidays import is_holiday
from app.places.rules.hours import Locale, corner_intervals
from app.places.rules.week import DayHours, daily_hours, midnight

Stretches = tuple[tuple[time, time], ...]
DAYS_AHEAD = 366
# The season of the next weeks decides: a garden has other hours in winter.
WEEKS_ASKED = 6
# Closed for longer than a week is a holiday of the place, not its custom.
LONG_BREAK_DAYS = 8
MAX_CLOSURES = 4  # more than that are a custom that seven rows cannot say


@dataclass(frozen=True)
class RegularWeek:
    """Monday to Sunday, and the exceptions of the coming year.

    `holiday_hours`: what all public holidays have in common where that departs from the week (empty: closed), else None;
    `holidays`: the days of which that is true, in order. `closures`: first and last days of other closures.
    `varies`: on other days too the hours differ.
    """

    days: tuple[Stretches, ...]
    holiday_hours: Stretches | None = None
    holidays: tuple[date, ...] = ()
    closures: tuple[tuple[date, date], ...] = ()
    varies: bool = False


@lru_cache(maxsize=512)
def regular_week(host: str, corner: str, today: date, locale: Locale) -> RegularWeek:
    """The week that holds from today on, of the corner inside its host. Raises Unreadable.

    A year of days takes 2 to 6 ms: kept for the day.
    """
    zone = ZoneInfo(locale.tzid)
    # A day before and after: their night shifts would be cut.
    begin, end = (midnight(today + timedelta(days=n), zone) for n in (-1, DAYS_AHEAD + 1))
    days = daily_hours(corner_intervals(host, corner, begin, end, locale), today, DAYS_AHEAD, zone)
    feasts = frozenset(day.day for day in days if is_holiday(locale.country, locale.subdivision, day.day))
    usual = list(_without_breaks(days))
    regular = _regular([day for day in usual if day.day not in feasts])
    said = _on_holidays([day for day in usual if day.day in feasts], regular)
    unlike = [
        day
        for day in days
        if day.stretches != regular[day.day.weekday()]
        and not (said and day.stretches == said[0] and day.day in feasts)
    ]
    closures = tuple(_runs([day.day for day in unlike if not day.stretches], regular, feasts))
    is_custom = len(closures) > MAX_CLOSURES
    return RegularWeek(
        days=regular,
        holiday_hours=said[0] if said else None,
        holidays=said[1] if said else (),
        closures=() if is_custom else closures,
        varies=is_custom or any(day.stretches for day in unlike),
    )


def _without_breaks(days: Sequence[DayHours]) -> Iterator[DayHours]:
    """Without long closures, which say nothing of other weeks."""
    for is_open, run in groupby(days, lambda day: bool(day.stretches)):
        stretch = list(run)
        if is_open or len(stretch) < LONG_BREAK_DAYS:
            yield from stretch


def _regular(usual: Sequence[DayHours]) -> tuple[Stretches, ...]:
    """What is most often true of each weekday in the next weeks."""
    asked = [[day.stretches for day in usual if day.day.weekday() == number] for number in range(7)]
    return tuple(_most_common(stretches[:WEEKS_ASKED]) for stretches in asked)


def _on_holidays(
    feasts: Sequence[DayHours], regular: Sequence[Stretches]
) -> tuple[Stretches, tuple[date, ...]] | None:
    """What all holidays have in common and the days on which it is news; None where they differ or are like any day."""
    common = {day.stretches for day in feasts}
    news = tuple(day.day for day in feasts if day.stretches != regular[day.day.weekday()])
    return (common.pop(), news) if len(common) == 1 and news else None


def _most_common(stretches: Sequence[Stretches]) -> Stretches:
    """The first of them where two are as common."""
    return Counter(stretches).most_common(1)[0][0] if stretches else ()


def _runs(
    closed: Sequence[date], regular: Sequence[Stretches], feasts: frozenset[date]
) -> Iterator[tuple[date, date]]:
    """Closed days in a row; days that are closed anyway lie between them unsaid."""
    first = last = None
    for day in closed:
        if first is None or last is None:
            first = last = day
        elif all(_is_closed_anyway(between, regular, feasts) for between in _days_between(last, day)):
            last = day
        else:
            yield first, last
            first = last = day
    if first is not None and last is not None:
        yield first, last


def _days_between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(1, (last - first).days))


def _is_closed_anyway(day: date, regular: Sequence[Stretches], feasts: frozenset[date]) -> bool:
    return day in feasts or not regular[day.weekday()]
