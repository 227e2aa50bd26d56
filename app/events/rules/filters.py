"""What a reader of the programme may ask for; the same for the page, the feeds and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.errors import Invalid
from app.core.text import fold

PREGNANCY = "pregnancy"
FIRST_DAYS = "first-40-days"
AGE_BANDS = {PREGNANCY: -1, FIRST_DAYS: 0}
AGES = range(-9, 217)
MAX_WORDS = 8


class UnreadableFilter(Invalid):
    """The value of a filter cannot be read; `details["filter"]` names it."""


@dataclass(frozen=True)
class EventFilters:
    """The query of /events. Days are those of the network's zone; `age` is in months, negative before birth."""

    from_on: date | None = None
    to_on: date | None = None
    q: str = ""
    place: str = ""
    territory: str = ""
    topic: str | None = None
    age: int | None = None
    language: str = ""
    free: bool = False
    proposed_by_residents: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words that must all be found."""
        return tuple(fold(self.q).split()[:MAX_WORDS])


def read_day(name: str, text: str) -> date:
    """A day as 2026-11-26, or UnreadableFilter.

    >>> read_day("from", "2026-11-26")
    datetime.date(2026, 11, 26)
    """
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableFilter(filter=name) from error
    if not 2000 <= day.year <= 2100:
        raise UnreadableFilter(filter=name)
    return day


def read_age(text: str) -> int:
    """Months, or the name of a band: "pregnancy", "first-40-days".

    >>> read_age("7"), read_age("pregnancy")
    (7, -1)
    """
    if text in AGE_BANDS:
        return AGE_BANDS[text]
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3 and int(text) in AGES):
        raise UnreadableFilter(filter="age")
    return int(text)


def read_topic(text: str, known: Mapping[str, str]) -> str:
    """The slug that stands for this one today (another where it was merged), or UnreadableFilter.

    >>> read_topic("books", {"books": "reading"})
    'reading'
    """
    if text not in known:
        raise UnreadableFilter(filter="topic")
    return known[text]


def day_begins_at(day: date, tzid: str) -> datetime:
    """The first moment of a day in a zone.

    >>> day_begins_at(date(2026, 11, 26), "Europe/Rome").isoformat()
    '2026-11-26T00:00:00+01:00'
    """
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(tzid))


def day_ends_at(day: date, tzid: str) -> datetime:
    """The first moment after a day, however many hours it had."""
    return day_begins_at(day + timedelta(days=1), tzid)
