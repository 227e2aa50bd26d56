"""From a schedule to its dates: laid out on the wall clock of the place, then put on the time line (RFC 5545)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import takewhile
from zoneinfo import ZoneInfo, available_timezones

from app.core.errors import Invalid
from app.events.rules.recurrence import first_instant, months_later, read_recurrence, wall_clock_dates

MONTHS_AHEAD = 18
DAYS_BACK = 180
MAX_DATES = 1_000
YEARS = range(2000, 2101)
LOCAL_FORM = "%Y-%m-%dT%H:%M"


class NoDates(Invalid):
    """The schedule gives no date that anybody could come to."""


class TooFarAhead(Invalid):
    """The date lies beyond `last_moment`."""


class TooManyDates(Invalid):
    """More than 1,000 dates in the window that we keep."""


class ScheduleOutOfRange(Invalid):
    """The first date lies in a year that cannot be meant, or the zone is unknown."""


@dataclass(frozen=True)
class Schedule:
    """When an event happens. Wall-clock times are naive, in the zone `tzid`; `duration` is exact time."""

    starts_local: datetime
    duration: timedelta
    tzid: str
    rrule: str = ""
    rdates: tuple[datetime, ...] = ()
    exdates: tuple[datetime, ...] = ()


@dataclass(frozen=True, order=True)
class Slot:
    """One date as the rule gives it: its name for ever (`recurrence_id`, UTC) and its end."""

    recurrence_id: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Window:
    """The time that is kept as rows: aware UTC, both ends included."""

    begins_at: datetime
    ends_at: datetime


def last_moment(now: datetime) -> datetime:
    """The latest start that a date may have: 18 months ahead, to the end of that day (aware UTC).

    The one horizon of all who ask for dates: forms, moves and schedules.

    >>> last_moment(datetime(2026, 11, 22, 12, tzinfo=UTC)).isoformat()
    '2028-05-22T23:59:59+00:00'
    """
    day = months_later(now.date(), MONTHS_AHEAD)
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


def window_at(now: datetime) -> Window:
    """180 days back, and ahead to the last moment."""
    return Window(now - timedelta(days=DAYS_BACK), last_moment(now))


def slots(schedule: Schedule, window: Window) -> list[Slot]:
    """Every date of the schedule inside the window, in order, each once.

    A reading each Thursday at ten stays at ten when the clocks change:

    >>> rome = Schedule(
    ...     datetime(2027, 3, 18, 10), timedelta(minutes=45), "Europe/Rome", "FREQ=WEEKLY;COUNT=3"
    ... )
    >>> whole = Window(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC))
    >>> [slot.recurrence_id.isoformat() for slot in slots(rome, whole)]
    ['2027-03-18T09:00:00+00:00', '2027-03-25T09:00:00+00:00', '2027-04-01T08:00:00+00:00']

    EXDATE leaves a date out, RDATE adds one; more than 1,000 dates raise TooManyDates. An empty list is an answer
    too: a series may be over (see `check` for what may be saved).
    """
    _check_range(schedule)
    found: set[Slot] = set()
    for local in _locals(schedule, window):
        starts_at = first_instant(local, schedule.tzid)
        if window.begins_at <= starts_at <= window.ends_at and local not in schedule.exdates:
            found.add(Slot(starts_at, starts_at + schedule.duration))
            if len(found) > MAX_DATES:
                raise TooManyDates(most=MAX_DATES)
    return sorted(found)


def check(schedule: Schedule, window: Window) -> list[Slot]:
    """The slots of a schedule that somebody wants to save.

    Where there is none in the window: TooFarAhead if it begins after it, else NoDates.
    """
    found = slots(schedule, window)
    if found:
        return found
    if first_instant(schedule.starts_local, schedule.tzid) > window.ends_at:
        raise TooFarAhead
    raise NoDates


def read_local(text: str) -> datetime:
    """A wall-clock time in the stored form.

    >>> read_local("2026-11-26T10:00")
    datetime.datetime(2026, 11, 26, 10, 0)
    """
    return datetime.strptime(text, LOCAL_FORM)  # noqa: DTZ007  # wall clock: the zone stands beside it


def write_local(local: datetime) -> str:
    """The stored form of a wall-clock time."""
    return local.strftime(LOCAL_FORM)


def to_local(moment: datetime, tzid: str) -> datetime:
    """The wall-clock time (naive) of a moment.

    >>> to_local(datetime(2026, 11, 26, 9, tzinfo=UTC), "Europe/Rome")
    datetime.datetime(2026, 11, 26, 10, 0)
    """
    return moment.astimezone(ZoneInfo(tzid)).replace(tzinfo=None, fold=0)


def _locals(schedule: Schedule, window: Window) -> Iterator[datetime]:
    """Wall-clock starts of rule and RDATEs; the rule is followed to a day after the window, never further."""
    stop = window.ends_at.replace(tzinfo=None) + timedelta(days=1)
    if schedule.rrule:
        dates = wall_clock_dates(read_recurrence(schedule.rrule), schedule.starts_local, schedule.tzid)
        yield from takewhile(lambda local: local <= stop, dates)
    else:
        yield schedule.starts_local
    yield from schedule.rdates


def _check_range(schedule: Schedule) -> None:
    years = {local.year for local in (schedule.starts_local, *schedule.rdates)}
    if not all(year in YEARS for year in years) or schedule.tzid not in _zones():
        raise ScheduleOutOfRange


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Every IANA zone; listing them reads a folder, which costs 10 ms each time."""
    return frozenset(available_timezones())
