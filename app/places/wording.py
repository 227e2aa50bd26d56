"""Sentences about places: how they stand now, how fresh a fact is, how far away, when they are open."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names
from flask_babel import LazyString

from app.core.i18n import chosen_language
from app.core.phrasing import listed, number_text, opening_a_line, side_by_side, time_text
from app.core.translation import gettext, ngettext
from app.core.translation import lazy_gettext as _l
from app.places import labels
from app.places.rules.freshness import Confirmation, Freshness
from app.places.rules.opening import Opening, OpeningState
from app.places.rules.plain_hours import PlainRule, plain_rules
from app.places.rules.vocabulary import Amenity, ConfirmedBy, PlaceKind
from app.places.rules.week import DayHours
from geo.distance import minutes_on_foot

FAR_MINUTES = 45
A_DAY = timedelta(hours=24)
DASH = "–"
_BY_HOST: dict[PlaceKind, LazyString] = {
    PlaceKind.PHARMACY: _l("Confirmed by the pharmacy %(when)s"),
    PlaceKind.BOOKSHOP: _l("Confirmed by the bookshop %(when)s"),
    PlaceKind.LIBRARY: _l("Confirmed by the library %(when)s"),
    PlaceKind.ASSOCIATION: _l("Confirmed by the association %(when)s"),
}
_BY: dict[ConfirmedBy | None, LazyString] = {
    ConfirmedBy.HOST: _l("Confirmed by the place %(when)s"),
    ConfirmedBy.PARENT: _l("Confirmed by a parent %(when)s"),
    ConfirmedBy.MANAGER: _l("Checked on a visit %(when)s"),
    ConfirmedBy.SOURCE: _l("From public data, %(when)s"),
    None: _l("Confirmed %(when)s"),
}


def opening_text(state: OpeningState, at: datetime, tzid: str) -> str:
    """One line, in the place's own zone: "Open now · closes at 19:30"."""
    zone = ZoneInfo(tzid)
    if state.state is Opening.UNKNOWN:
        return gettext("Hours not known yet")
    if state.state is Opening.ALWAYS:
        return gettext("Open now · day and night")
    if state.state is Opening.CLOSED:
        return _closed_text(state.next_opens_at, at, zone)
    assert state.until is not None
    if state.state is Opening.CLOSING:
        minutes = max(1, -int((at - state.until).total_seconds() // 60))
        return ngettext(
            "Open now · closes in %(num)d minute", "Open now · closes in %(num)d minutes", minutes
        )
    return _open_text(state.until, at, zone)


def _open_text(until: datetime, at: datetime, zone: ZoneInfo) -> str:
    """Says midnight as such: tables write 24:00, clocks 0:00. An end that is a day away has its day."""
    ends = until.astimezone(zone)
    if until - at >= A_DAY:
        day = day_text(ends.date(), "EEEE")
        return gettext("Open now · closes on %(day)s at %(time)s", day=day, time=time_text(until, zone))
    if ends.time() == time(0):
        return gettext("Open now · closes at midnight")
    return gettext("Open now · closes at %(time)s", time=time_text(until, zone))


def _closed_text(opens_at: datetime | None, at: datetime, zone: ZoneInfo) -> str:
    if opens_at is None:
        return gettext("Closed for now")
    hour = time_text(opens_at, zone)
    day, today = opens_at.astimezone(zone).date(), at.astimezone(zone).date()
    if day == today:
        return gettext("Closed · opens at %(time)s", time=hour)
    if day == today + timedelta(days=1):
        return gettext("Closed · opens tomorrow at %(time)s", time=hour)
    pattern = "EEEE" if day < today + timedelta(days=7) else "EEEE d MMMM"
    return gettext("Closed · opens on %(day)s at %(time)s", day=day_text(day, pattern), time=hour)


def confirmed_text(
    fresh: Confirmation, by: ConfirmedBy | None = None, kind: PlaceKind | None = None
) -> str | None:
    """Who said so and how long ago, or None where nobody ever did."""
    if fresh.freshness is Freshness.NEVER or fresh.days is None:
        return None
    when = ago_text(fresh.days)
    if fresh.freshness is Freshness.UNSURE:
        return gettext("We are no longer sure: last confirmed %(when)s", when=when)
    if fresh.freshness is Freshness.TO_CONFIRM:
        return gettext("To be confirmed again: last confirmed %(when)s", when=when)
    sentence = _BY_HOST.get(kind, _BY[by]) if by is ConfirmedBy.HOST and kind else _BY[by]
    return str(sentence) % {"when": when}


def doubted_text(amenity: Amenity) -> str:
    """An amenity of a card of which parents say that it has changed."""
    return gettext("%(amenity)s: not sure", amenity=labels.amenity_text(amenity))


def ago_text(days: int) -> str:
    """Today, yesterday, 12 days ago, 4 months ago."""
    if days <= 1:
        return gettext("yesterday") if days else gettext("today")
    if days <= 60:
        return ngettext("%(num)d day ago", "%(num)d days ago", days)
    return ngettext("%(num)d month ago", "%(num)d months ago", days // 30)


def distance_text(metres: float) -> str:
    """Minutes on foot while that is what one would do, else kilometres."""
    minutes = minutes_on_foot(metres)
    if minutes <= FAR_MINUTES:
        return ngettext("%(num)d minute on foot", "%(num)d minutes on foot", minutes)
    kilometres = round(metres / 1000, 1 if metres < 20_000 else None)
    return gettext("%(kilometres)s km away", kilometres=number_text(kilometres))


def day_hours_text(day: DayHours, *, is_uncertain: bool) -> str:
    """The hours of one day: "09:00–12:30 · 15:00–19:00"; in the night before it also "until 01:30"."""
    until = gettext("until %(time)s", time=end_text(day.until)) if day.until is not None else None
    if until is not None and not day.stretches:
        return until
    return side_by_side(until, stretches_text(day.stretches, is_uncertain=is_uncertain))


def stretches_text(stretches: Sequence[tuple[time, time]], *, is_uncertain: bool = False) -> str:
    """The same of any day of the week."""
    if list(stretches) == [(time(0), time(0))]:
        return gettext("Day and night")
    if not stretches:
        return gettext("Ask before you come") if is_uncertain else gettext("Closed")
    return side_by_side(*(span_text(f"{opens:%H:%M}", end_text(closes)) for opens, closes in stretches))


def span_text(first: str, last: str) -> str:
    """From one to the other: "09:00–12:30". In words where figures beside a dash are read from the right, or the left."""
    return gettext("%(first)s–%(last)s", first=first, last=last)


def end_text(closes: time) -> str:
    """When a stretch ends: midnight ends a day, 24:00."""
    return f"{closes:%H:%M}" if closes != time(0) else "24:00"


def week_day_text(day: date, *, is_holiday: bool) -> str:
    """The day of a row of the hours table."""
    text = opening_a_line(day_text(day, "EEEE d MMM"))
    return gettext("%(day)s (public holiday)", day=text) if is_holiday else text


def hours_text(text: str) -> str:
    """Simple hours in words ("Mon–Fri 09:00–12:30"), others as they were written."""
    rules = plain_rules(text)
    if rules is None:
        return text
    if text.strip() == "24/7":
        return gettext("Day and night")
    return side_by_side(*map(_rule_text, rules))


def territory_text(name: str, *, is_demo: bool) -> str:
    """A territory's own name; borders of the demo are drawn by hand."""
    return gettext("%(name)s (approximate borders)", name=name) if is_demo else name


def day_text(day: date, pattern: str) -> str:
    """A day in the reader's language by a CLDR pattern."""
    return _day_text(day, pattern, chosen_language())


@lru_cache(maxsize=1024)
def _day_text(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


def _rule_text(rule: PlainRule) -> str:
    names = get_day_names("abbreviated", locale=chosen_language())
    days = listed([run_text(names[first], names[last]) for first, last in rule.days])
    times = listed([span_text(opens, closes) for opens, closes in rule.times])
    return times if rule.days == ((0, 6),) else f"{days} {times}"


def run_text(first: str, last: str) -> str:
    """A run of days: "Mon–Fri", or the one day that it is."""
    return first if first == last else f"{first}{DASH}{last}"


def month_text(day: date) -> str:
    """Month and year: "March 2017"."""
    return day_text(day, "LLLL y")
