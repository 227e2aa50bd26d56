"""Laying out a rule of 10,400 dates: two hundred years of one reading a week, twenty-eight of one a day."""

# ruff: noqa: DTZ001  # wall-clock times: the zone stands beside them

from datetime import UTC, datetime, timedelta

from app.events.rules.recurrence import read_recurrence, wall_clock_dates
from app.events.rules.schedule import Schedule, slots, window_at
from bench.cpu import cost
from bench.results import Result, limit

DATES, MOST_MILLISECONDS = 10_400, 60
START = datetime(2000, 1, 3, 10)
ROME = "Europe/Rome"
RULES = {
    "each day": "FREQ=DAILY",
    "each week": "FREQ=WEEKLY",
    "Mondays and Thursdays": "FREQ=WEEKLY;BYDAY=MO,TH",
    "each second Tuesday of a month": "FREQ=MONTHLY;BYDAY=2TU",
}


def recurrence() -> list[Result]:
    """CPU of this process for each kind of rule, and for what a save does with 28 years of days."""
    laid_out = {what: cost(lambda rule=rule: _lay_out(rule)).seconds for what, rule in RULES.items()}
    schedule = Schedule(START, timedelta(minutes=45), ROME, f"FREQ=DAILY;COUNT={DATES}")
    window = window_at(datetime(2026, 11, 23, tzinfo=UTC))
    laid_out["each day, as rows of the window that is kept"] = cost(lambda: slots(schedule, window)).seconds
    return [
        limit(f"rule of {DATES:,} dates, {what}", seconds * 1000, MOST_MILLISECONDS, "ms")
        for what, seconds in laid_out.items()
    ]


def _lay_out(rule: str) -> None:
    dates = list(wall_clock_dates(read_recurrence(f"{rule};COUNT={DATES}"), START, ROME))
    assert len(dates) == DATES
