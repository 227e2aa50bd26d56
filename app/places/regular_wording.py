"""The regular week of a place and its exceptions in words."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from babel.dates import get_day_names

from app.core.i18n import chosen_language
from app.core.phrasing import listed, side_by_side
from app.core.translation import gettext
from app.places.rules.regular import RegularWeek, Stretches
from app.places.wording import day_text, end_text, run_text, span_text, stretches_text

HOLIDAYS_NAMED = 3


def regular_text(days: Sequence[Stretches]) -> str:
    """A week on one line, days that are alike together: "Mon–Fri 07:30–20:00 · Sat 08:00–14:00"."""
    runs = [list(run) for _, run in groupby(range(7), lambda number: days[number])]
    if len(runs) == 1:
        return stretches_text(days[0])
    names = get_day_names("abbreviated", locale=chosen_language())
    return side_by_side(
        *(
            f"{run_text(names[run[0]], names[run[-1]])} {_times_text(days[run[0]])}"
            for run in runs
            if days[run[0]]
        )
    )


def exceptions(week: RegularWeek) -> list[str]:
    """What departs from the regular week, with its dates: a line for holidays, one for closures, one for the rest."""
    facts = [_holidays_text(week)]
    if week.closures:
        dates = listed([_dates_text(first, last) for first, last in week.closures])
        facts.append(gettext("Closed: %(dates)s", dates=dates))
    if week.varies:
        facts.append(gettext("Other hours on some days"))
    return [fact for fact in facts if fact]


def _holidays_text(week: RegularWeek) -> str | None:
    if week.holiday_hours is None:
        return None
    dates = listed([day_text(day, "d MMM") for day in week.holidays[:HOLIDAYS_NAMED]])
    if not week.holiday_hours:
        return gettext("Closed on public holidays (next: %(dates)s)", dates=dates)
    hours = stretches_text(week.holiday_hours)
    return gettext("On public holidays (next: %(dates)s) %(hours)s", dates=dates, hours=hours)


def _dates_text(first: date, last: date) -> str:
    if first == last:
        return day_text(first, "d MMM")
    if (first.year, first.month) == (last.year, last.month):
        return span_text(str(first.day), day_text(last, "d MMM"))
    return span_text(day_text(first, "d MMM"), day_text(last, "d MMM"))


def _times_text(stretches: Stretches) -> str:
    return listed([span_text(f"{opens:%H:%M}", end_text(closes)) for opens, closes in stretches])
