"""Ages of children as people write them, "8 mesi, 3 anni": read in months."""

import re
from collections.abc import Sequence

from app.core.errors import Invalid

MOST_YEARS = 18
YEARS_FROM = 24  # months from which ages are said in years
_UNITS = {
    1: ("m", "mo", "mese", "mesi", "month", "months", "شهر", "أشهر", "اشهر", "شهرا", "شهرًا"),
    12: ("a", "y", "yr", "anno", "anni", "year", "years", "سنة", "سنوات", "سنين", "عام", "أعوام"),
}
_MONTHS = {word: months for months, words in _UNITS.items() for word in words}
_AGE = re.compile(
    r"(?P<number>\d{1,3})\s*(?P<unit>[^\W\d_]+)\.?(?P<half>\s*(?:e mezzo|e ½|½|and a half|ونصف))?"
)
_BETWEEN = re.compile(r"\s*(?:[,;،\n+&]|\be\b(?!\s*(?:mezzo|½))|\band\b(?!\s*a half)|\sو)\s*")


class AgesNotReadable(Invalid):
    """`details["text"]` is no age."""


class AgesNotComplete(Invalid):
    """One age for each child: `details["children"]` are coming."""


class NobodyFitsTheAges(Invalid):
    """The event is for children of other ages."""


def read_ages(text: str) -> tuple[int, ...]:
    """The ages in months; raises AgesNotReadable.

    >>> read_ages("8 mesi, 3 anni"), read_ages("2 anni e mezzo e 6 mesi"), read_ages("3y and 10 months")
    ((8, 36), (30, 6), (36, 10))
    """
    parts = [part for part in _BETWEEN.split(text.strip().lower()) if part]
    return tuple(_age(part) for part in parts)


def check_ages(ages: Sequence[int], children: int, youngest: int | None, oldest: int | None) -> None:
    """Raise AgesNotComplete, or NobodyFitsTheAges where no child is of the event's ages (siblings may come along).

    >>> check_ages((8, 60), children=2, youngest=0, oldest=36)
    """
    if len(ages) != children:
        raise AgesNotComplete(children=children)
    if ages and not any((youngest or 0) <= age <= _until(oldest) for age in ages):
        raise NobodyFitsTheAges


def _until(oldest: int | None) -> int:
    """«Up to 3 years» holds until the fourth birthday."""
    return (
        MOST_YEARS * 12
        if oldest is None
        else oldest + 11
        if oldest >= YEARS_FROM and oldest % 12 == 0
        else oldest
    )


def _age(text: str) -> int:
    match = _AGE.fullmatch(text.strip())
    months = _MONTHS.get(match["unit"]) if match else None
    if match is None or months is None:
        raise AgesNotReadable(text=text[:30])
    age = int(match["number"]) * months + (6 if match["half"] and months > 1 else 0)
    if age > MOST_YEARS * 12:
        raise AgesNotReadable(text=text[:30])
    return age
