"""Facts of events in words, in the language of the answer: when, for whom, how many places are left."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app.core import clock
from app.core.i18n import local
from app.core.phrasing import listed, locale_in_force, number_text, opening_a_line, time_text
from app.core.translation import gettext, ngettext
from app.events.facts import OccurrenceView
from app.events.rules.vocabulary import OccurrenceStatus

YEAR_IN_PATTERN = re.compile(r"[,،]?\s*('[^']*'\s*)?y+年?")
FEW_PLACES = 3
YEARS_FROM_MONTHS = 36


def title_text(view: OccurrenceView) -> str:
    """What the event is called, in the language of the answer where it has it."""
    return str(local(view.title) or "")


def when_text(starts_at: datetime, ends_at: datetime, tzid: str) -> str:
    """«Tomorrow, Thursday 26 November, 10:00–10:45», on the clocks of the place; it begins a line."""
    day = starts_at.astimezone(ZoneInfo(tzid)).date()
    return opening_a_line(_on_day(day, _times(starts_at, ends_at, tzid), clock.today(tzid)))


def span_text(starts_at: datetime, ends_at: datetime, tzid: str) -> str:
    """«Thursday 26 November, 10:00–10:45»: the same for what is read on another day, such as a mail."""
    day = day_text(starts_at.astimezone(ZoneInfo(tzid)).date(), clock.today(tzid))
    return opening_a_line(gettext("%(date)s, %(times)s", date=day, times=_times(starts_at, ends_at, tzid)))


def moment_text(moment: datetime, tzid: str) -> str:
    """«Thursday 26 November, 10:00», on the clocks of the place, inside a sentence."""
    zone = ZoneInfo(tzid)
    day = day_text(moment.astimezone(zone).date(), clock.today(tzid))
    return gettext("%(day)s, %(time)s", day=day, time=time_text(moment, zone))


def soon_text(moment: datetime, tzid: str) -> str:
    """«tomorrow at 10:00», inside a sentence."""
    zone = ZoneInfo(tzid)
    day, today, time = moment.astimezone(zone).date(), clock.today(tzid), time_text(moment, zone)
    distance = (day - today).days
    if distance == 0:
        return gettext("today at %(time)s", time=time)
    if distance == 1:
        return gettext("tomorrow at %(time)s", time=time)
    return gettext("%(day)s at %(time)s", day=day_text(day, today), time=time)


def day_text(day: date, today: date) -> str:
    """«Thursday 26 November», with the year where it is not this one."""
    pattern = locale_in_force().date_formats["full"].pattern.replace("EEEE,", "EEEE")
    if day.year == today.year:
        pattern = YEAR_IN_PATTERN.sub("", pattern)
    return format_date(day, pattern, locale=locale_in_force())


def weekday_text(day: date) -> str:
    """«Thu»."""
    return format_date(day, "EEE", locale=locale_in_force())


def month_text(day: date) -> str:
    """«Nov»."""
    return format_date(day, "MMM", locale=locale_in_force())


def status_text(view: OccurrenceView) -> str | None:
    """What one should know before coming; None where all is as planned. A moved date says where it was."""
    if view.status is OccurrenceStatus.CANCELLED:
        return gettext("Cancelled")
    if view.status is OccurrenceStatus.POSTPONED:
        return gettext("Postponed: the new date is not known yet")
    if view.is_moved:
        return gettext("Moved: it was %(when)s", when=moment_text(view.recurrence_id, view.tzid))
    return None


def seats(view: OccurrenceView) -> tuple[str | None, str]:
    """Words and state ("free", "few", "full", "none") of what is left to book."""
    free, now = view.free, clock.now()
    if view.status is not OccurrenceStatus.SCHEDULED or view.starts_at <= now or course_has_begun(view, now):
        return None, "none"
    if free is None:
        return gettext("No booking needed"), "none"
    if free == 0:
        return gettext("Full"), "full"
    left = ngettext("%(num)s place left", "%(num)s places left", free, num=number_text(free))
    return left, "few" if free <= FEW_PLACES else "free"


def course_has_begun(view: OccurrenceView, now: datetime) -> bool:
    """Whether it belongs to a course that is booked whole and whose first date is over."""
    return view.course is not None and view.course.starts_at <= now


def terms_text(view: OccurrenceView) -> str | None:
    """From when, or until when, it is booked, where that is not simply until it begins."""
    now, times = clock.now(), view.booking_times
    if view.status is not OccurrenceStatus.SCHEDULED or view.capacity is None or view.starts_at <= now:
        return None
    if course_has_begun(view, now):
        return gettext("This course has begun: it is booked whole, before its first date.")
    if times.opens_at is not None and now < times.opens_at:
        return gettext("You can book from %(when)s.", when=moment_text(times.opens_at, view.tzid))
    return _closing_text(view, moment_text(times.closes_at, view.tzid), is_over=now >= times.closes_at)


def _closing_text(view: OccurrenceView, when: str, *, is_over: bool) -> str | None:
    if is_over:
        return gettext("Booking is over: it closed on %(when)s.", when=when)
    if view.course is not None:
        return gettext("One booking is for all the dates. Book by %(when)s.", when=when)
    return gettext("Book by %(when)s.", when=when) if view.closes_minutes else None


def age_text(youngest: int | None, oldest: int | None) -> str | None:
    """«0–12 months», «3–6 years», «In pregnancy»; None where everybody is welcome. Ages are months."""
    if youngest is None and oldest is None:
        return None
    if oldest is not None and oldest < 0:
        return gettext("In pregnancy")
    if oldest == 1 and youngest in (0, None):
        return gettext("The first 40 days")
    if youngest is not None and youngest < 0:
        return gettext("From pregnancy on") if oldest is None else _from_pregnancy(oldest)
    return _age_range(youngest, oldest)


def age_in_words(months: int) -> str:
    """«6 months», «2 years»."""
    if months < 24:
        return ngettext("%(num)s month", "%(num)s months", months)
    return ngettext("%(num)s year", "%(num)s years", months // 12)


def languages_text(codes: tuple[str, ...]) -> str | None:
    """The names of languages in the language of the answer: "Italian, Arabic"."""
    names = locale_in_force().languages
    return listed([names.get(code, code) for code in codes]) or None


def price_text(price: str) -> str:
    """The price as written, and that nobody pays online; or "Free"."""
    return gettext("%(price)s, paid on the spot", price=price) if price else gettext("Free")


def party_text(adults: int, children: int) -> str:
    """«1 adult, 2 children»."""
    words = []
    if adults:
        words.append(ngettext("%(num)s adult", "%(num)s adults", adults))
    if children:
        words.append(ngettext("%(num)s child", "%(num)s children", children))
    return listed(words)


def _times(starts_at: datetime, ends_at: datetime, tzid: str) -> str:
    zone = ZoneInfo(tzid)
    begins, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    if begins.date() == ends.date():
        return gettext("%(begins)s–%(ends)s", begins=time_text(begins, zone), ends=time_text(ends, zone))
    return gettext(
        "%(begins)s until %(ends)s", begins=time_text(begins, zone), ends=moment_text(ends_at, tzid)
    )


def _on_day(day: date, times: str, today: date) -> str:
    words = {"date": day_text(day, today), "times": times}
    distance = (day - today).days
    if distance == 0:
        return gettext("Today, %(date)s, %(times)s", **words)
    if distance == 1:
        return gettext("Tomorrow, %(date)s, %(times)s", **words)
    return gettext("%(date)s, %(times)s", **words)


def _from_pregnancy(oldest: int) -> str:
    return ngettext("From pregnancy to %(num)s month", "From pregnancy to %(num)s months", oldest)


def _age_range(youngest: int | None, oldest: int | None) -> str:
    known = [age for age in (youngest, oldest) if age is not None]
    in_years = max(known) > YEARS_FROM_MONTHS and all(age % 12 == 0 for age in known)
    low, high = (None if age is None else age // 12 if in_years else age for age in (youngest, oldest))
    if high is None:
        return _from_age(low or 0, in_years=in_years)
    if not low and youngest is None:
        return _up_to_age(high, in_years=in_years)
    if in_years:
        return ngettext("%(low)s–%(num)s year", "%(low)s–%(num)s years", high, low=low)
    return ngettext("%(low)s–%(num)s month", "%(low)s–%(num)s months", high, low=low)


def _from_age(low: int, *, in_years: bool) -> str:
    if in_years:
        return ngettext("From %(num)s year", "From %(num)s years", low)
    return ngettext("From %(num)s month", "From %(num)s months", low)


def _up_to_age(high: int, *, in_years: bool) -> str:
    if in_years:
        return ngettext("Up to %(num)s year", "Up to %(num)s years", high)
    return ngettext("Up to %(num)s month", "Up to %(num)s months", high)
