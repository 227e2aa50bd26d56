"""When the demo's events take place: always relative to the day of loading, so that the demo is never stale."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SEASON_MONTH = 9
SEASON_SETTLES_ON = 15  # until then the season of the year before goes on, so that a series always has a past
EVERY_WEEK = "FREQ=WEEKLY"


@dataclass(frozen=True)
class Day:
    """When an event starts, as the data files say it.

    `offset`: days from today. Else `weekday` (0 = Monday) with `at_least` days from today, chosen anew each day;
    or with `once` days from today, chosen once and kept until it is over; or with neither: since September.
    """

    offset: int | None = None
    weekday: int = 0
    at_least: int | None = None
    once: int | None = None

    @property
    def is_series(self) -> bool:
        """Whether it repeats since September."""
        return self.offset is None and self.at_least is None and self.once is None


def read_day(value: int | str, once: int | None = None) -> Day:
    """The form of the data files.

    >>> read_day(1)
    Day(offset=1, weekday=0, at_least=None, once=None)
    >>> read_day("TU+2").at_least, read_day("TU").is_series, read_day("TU", 3).is_series
    (2, True, False)
    """
    if isinstance(value, int):
        return Day(offset=value)
    name, _, at_least = value.partition("+")
    return Day(weekday=WEEKDAYS.index(name), at_least=int(at_least) if at_least else None, once=once)


def start_date(day: Day, today: date, chosen: date | None = None) -> date:
    """The first date of an event; `chosen` is the one it has now, if any.

    >>> monday = date(2026, 11, 23)
    >>> start_date(read_day(1), monday), start_date(read_day("TU+2"), monday)
    (datetime.date(2026, 11, 24), datetime.date(2026, 12, 1))
    >>> start_date(read_day("TU"), monday)
    datetime.date(2026, 9, 1)
    >>> start_date(read_day("SA", 3), monday, chosen=date(2026, 11, 28))
    datetime.date(2026, 11, 28)
    """
    if day.offset is not None:
        return today + timedelta(days=day.offset)
    if day.at_least is not None:
        return on_or_after(today + timedelta(days=day.at_least), day.weekday)
    if day.once is None:
        return on_or_after(season_start(today), day.weekday)
    if chosen is not None and chosen >= today and chosen.weekday() == day.weekday:
        return chosen
    return on_or_after(today + timedelta(days=day.once), day.weekday)


def on_or_after(first: date, weekday: int) -> date:
    """The first such weekday from a date on.

    >>> on_or_after(date(2026, 11, 22), 0)
    datetime.date(2026, 11, 23)
    """
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def season_start(today: date) -> date:
    """1 September of the school year that is under way.

    >>> season_start(date(2027, 9, 10)), season_start(date(2027, 9, 15))
    (datetime.date(2026, 9, 1), datetime.date(2027, 9, 1))
    """
    began = date(today.year, SEASON_MONTH, 1)
    return began if today >= began.replace(day=SEASON_SETTLES_ON) else began.replace(year=today.year - 1)


@dataclass(frozen=True)
class Party:
    """Who comes, for a made-up booking."""

    adults: int
    children: int


def next_party(counted_as: str, seats: int) -> Party:
    """A family that takes at most this many seats (at least one).

    >>> next_party("everybody", 5), next_party("everybody", 1), next_party("families", 3)
    (Party(adults=1, children=1), Party(adults=1, children=0), Party(adults=1, children=1))
    """
    if counted_as == "everybody" and seats < 2:
        return Party(1, 0)
    return Party(1, 1)
