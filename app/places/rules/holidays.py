"""Public holidays of a country and one of its parts: Italy, and 7 December in Milan (subdivision "MI")."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache


def holidays_between(country: str, subdivision: str, first: date, last: date) -> Iterator[date]:
    """Public holidays from `first` to `last`, both included, in order.

    >>> [str(day) for day in holidays_between("IT", "MI", date(2026, 12, 6), date(2026, 12, 9))]
    ['2026-12-07', '2026-12-08']
    >>> [str(day) for day in holidays_between("IT", "RM", date(2026, 12, 6), date(2026, 12, 9))]
    ['2026-12-08']
    """
    day = first
    while day <= last:
        if is_holiday(country, subdivision, day):
            yield day
        day += timedelta(days=1)


def is_holiday(country: str, subdivision: str, day: date) -> bool:
    """Whether it is a public holiday there; a country or part that nobody knows has none (of its own)."""
    return day in _of_year(country.upper(), subdivision.upper(), day.year)


@lru_cache(maxsize=256)
def _of_year(country: str, subdivision: str, year: int) -> frozenset[date]:
    import holidays as public_holidays  # 17 MB that only those need who write opening times

    for part in (subdivision or None, None):
        try:
            return frozenset(public_holidays.country_holidays(country, subdiv=part, years=[year]))
        except NotImplementedError:  # the library's answer to an unknown country or part
            continue
    return frozenset()
