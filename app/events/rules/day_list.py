"""Days as people list them, "24/12, 31/12/2026; 2027-01-06": the year may be left out."""

import re
from datetime import date

from app.events.rules.schedule import YEARS

MOST_DAYS = 60
_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.](?P<y>\d{4}|\d{2}))?\.?"
)
_BETWEEN = re.compile(r"[,;،\s]+")


class DayNotReadable(ValueError):
    """`text` is no day."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_days(text: str, first: date) -> tuple[date, ...]:
    """Each day once, in order; one without a year is the next such day from `first` on. Raises DayNotReadable.

    >>> [day.isoformat() for day in read_days("24/12, 6.1. 2027-01-13", date(2026, 11, 26))]
    ['2026-12-24', '2027-01-06', '2027-01-13']
    """
    written = [part for part in _BETWEEN.split(text) if part]
    if len(written) > MOST_DAYS:
        raise DayNotReadable(written[MOST_DAYS])
    return tuple(sorted({_day(part, first) for part in written}))


def written_days(days: tuple[date, ...]) -> str:
    """The same days again, for the form.

    >>> written_days((date(2026, 12, 24), date(2027, 1, 6)))
    '24/12/2026, 06/01/2027'
    """
    return ", ".join(f"{day:%d/%m/%Y}" for day in days)


def _day(text: str, first: date) -> date:
    match = _DAY.fullmatch(text)
    if match is None:
        raise DayNotReadable(text)
    month, day = int(match["month"] or match["m"]), int(match["day"] or match["d"])
    year = match["year"] or match["y"]
    try:
        if year:
            return _in_reach(date(int(year) + (2000 if len(year) == 2 else 0), month, day))
        return _next(month, day, first)
    except ValueError as error:
        raise DayNotReadable(text) from error


def _in_reach(day: date) -> date:
    """ValueError for a year that cannot be meant."""
    if day.year not in YEARS:
        raise ValueError(f"{day}")
    return day


def _next(month: int, day: int, first: date) -> date:
    """29 February waits for the next leap year."""
    for year in range(first.year, first.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= first:
            return found
    raise ValueError(f"{day}/{month}")
