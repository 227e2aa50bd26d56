"""A series that changes from one date on: two schedules from one, and a schedule moved as a whole (decisions.md)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from app.core.errors import Invalid
from app.events.rules.recurrence import first_instant, read_recurrence, wall_clock_dates
from app.events.rules.schedule import Schedule

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ON_DAYS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS")
_UTC_FORM = "%Y%m%dT%H%M%SZ"


class SeriesNotMovable(Invalid):
    """The rule names days of its own, which another day would not fit; its hour may change."""


def split(schedule: Schedule, at: datetime) -> tuple[Schedule, Schedule]:
    """What lies before `at` (wall clock, a date of the schedule, not its first one), and what begins with it.

    Together they give the same dates; the second one's COUNT is what was left of the first's.
    """
    before = replace(
        schedule,
        rrule=_until_before(schedule, at),
        rdates=tuple(one for one in schedule.rdates if one < at),
        exdates=tuple(one for one in schedule.exdates if one < at),
    )
    rdates = sorted(one for one in schedule.rdates if one >= at)
    exdates = tuple(one for one in schedule.exdates if one >= at)
    first = _first_of_rule(schedule, at)
    if first is None:
        return before, replace(schedule, starts_local=at, rrule="", rdates=tuple(rdates), exdates=exdates)
    after = replace(
        schedule, starts_local=first, rrule=_rest(schedule, at), rdates=tuple(rdates), exdates=exdates
    )
    return before, after


def shift(schedule: Schedule, by: timedelta) -> Schedule:
    """Every date so much later on the wall clock (or earlier); SeriesNotMovable where the rule's own days forbid it."""
    return replace(
        schedule,
        starts_local=schedule.starts_local + by,
        rrule=_shifted_rule(schedule, by),
        rdates=tuple(one + by for one in schedule.rdates),
        exdates=tuple(one + by for one in schedule.exdates),
    )


def ended_after(schedule: Schedule, last: datetime) -> Schedule:
    """The same dates up to `last` (aware) and none after it."""
    if not schedule.rrule:
        return schedule
    return replace(schedule, rrule=f"{read_recurrence(schedule.rrule).pattern};UNTIL={_utc(last)}")


def _until_before(schedule: Schedule, at: datetime) -> str:
    """The rule, ended by the last date that it gives before `at`."""
    if not schedule.rrule:
        return ""
    recurrence = read_recurrence(schedule.rrule)
    dates = wall_clock_dates(recurrence, schedule.starts_local, schedule.tzid)
    last = schedule.starts_local
    for found in takewhile(lambda found: found < at, dates):
        last = found
    return f"{recurrence.pattern};UNTIL={_utc(first_instant(last, schedule.tzid))}"


def _first_of_rule(schedule: Schedule, at: datetime) -> datetime | None:
    """The first date from `at` on that the rule itself gives: its rhythm begins there anew."""
    if not schedule.rrule:
        return None
    dates = wall_clock_dates(read_recurrence(schedule.rrule), schedule.starts_local, schedule.tzid)
    return next((found for found in dates if found >= at), None)


def _rest(schedule: Schedule, at: datetime) -> str:
    recurrence = read_recurrence(schedule.rrule)
    if recurrence.count is None:
        return schedule.rrule
    dates = wall_clock_dates(recurrence, schedule.starts_local, schedule.tzid)
    gone = sum(1 for _ in takewhile(lambda found: found < at, dates))
    return f"{recurrence.pattern};COUNT={recurrence.count - gone}"


def _shifted_rule(schedule: Schedule, by: timedelta) -> str:
    days = ((schedule.starts_local + by).date() - schedule.starts_local.date()).days
    if not schedule.rrule or by == timedelta():
        return schedule.rrule
    recurrence = read_recurrence(schedule.rrule)
    parts = dict(part.split("=", 1) for part in recurrence.pattern.split(";"))
    if days and any(name in parts for name in _ON_DAYS):
        parts["BYDAY"] = _next_weekday(parts, days)
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    if recurrence.count is not None:
        return f"{rule};COUNT={recurrence.count}"
    if recurrence.until is None:
        return rule
    until = recurrence.until if recurrence.until.tzinfo else first_instant(recurrence.until, schedule.tzid)
    return f"{rule};UNTIL={_utc(until + by)}"


def _next_weekday(parts: dict[str, str], days: int) -> str:
    """Every Thursday becomes every Friday; anything finer has days of its own."""
    named = [name for name in _ON_DAYS if name in parts]
    if parts["FREQ"] != "WEEKLY" or named != ["BYDAY"] or parts["BYDAY"] not in WEEKDAYS:
        raise SeriesNotMovable
    return WEEKDAYS[(WEEKDAYS.index(parts["BYDAY"]) + days) % 7]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_UTC_FORM)
