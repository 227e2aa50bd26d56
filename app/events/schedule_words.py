"""A series in plain words: «Every Thursday at 10:00 · until 24 June · not on 24 and 31 December»."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from babel.dates import format_date, format_skeleton

from app.core import clock
from app.core.phrasing import listed, locale_in_force, side_by_side
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.rules.repeat import Repeat, repeat_of
from app.events.rules.schedule import Schedule

MOST_DAYS = 6
SUNDAY = 6
_WEEKDAYS = (
    _l("the first %(weekday)s"), _l("the second %(weekday)s"), _l("the third %(weekday)s"),
    _l("the fourth %(weekday)s"), _l("the last %(weekday)s"),
)  # fmt: skip
_SUNDAYS = (
    _l("the first Sunday"), _l("the second Sunday"), _l("the third Sunday"), _l("the fourth Sunday"),
    _l("the last Sunday"),
)  # fmt: skip


def schedule_text(schedule: Schedule) -> str | None:
    """None for a single date, and for a rule that has no such words: its dates are listed then."""
    repeat, until = repeat_of(schedule)
    today = clock.today(schedule.tzid)
    if repeat is Repeat.OTHER or (repeat is Repeat.ONCE and not schedule.rdates):
        return None
    return side_by_side(
        _rhythm(repeat, schedule.starts_local) if repeat is not Repeat.ONCE else None,
        gettext("until %(day)s", day=_short(until, today)) if until else None,
        _days("not", [one.date() for one in schedule.exdates], today),
        _days("also", [one.date() for one in schedule.rdates], today),
    )


def _rhythm(repeat: Repeat, first: datetime) -> str:
    day = format_date(first.date(), "EEEE", locale=locale_in_force())
    words = {"weekday": day, "time": f"{first.hour}:{first:%M}"}
    if repeat is Repeat.WEEK:
        return gettext("Every %(weekday)s at %(time)s", **words)
    if repeat is Repeat.FORTNIGHT:
        return gettext("Every two weeks, on %(weekday)s at %(time)s", **words)
    return gettext("Every month, %(which)s at %(time)s", which=_which(first.date()), time=words["time"])


def _which(first: date) -> str:
    """Said apart for Sunday, which is of another gender than the other days in some languages."""
    week = (first.day - 1) // 7
    if first.weekday() == SUNDAY:
        return str(_SUNDAYS[week])
    return str(_WEEKDAYS[week]) % {"weekday": format_date(first, "EEEE", locale=locale_in_force())}


def _days(which: str, days: Sequence[date], today: date) -> str | None:
    """Those that are still to come, a few of them."""
    coming = sorted({day for day in days if day >= today - timedelta(days=1)})[:MOST_DAYS]
    if not coming:
        return None
    text = listed([_short(day, today) for day in coming])
    return gettext("not on %(days)s", days=text) if which == "not" else gettext("also on %(days)s", days=text)


def _short(day: date, today: date) -> str:
    """«24 December», with the year where it is not this one."""
    return format_skeleton("MMMMd" if day.year == today.year else "yMMMMd", day, locale=locale_in_force())
