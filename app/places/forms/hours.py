"""The form of opening hours: days and times, public holidays, closed periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from babel.dates import get_day_names
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SubmitField
from wtforms.validators import Optional

from app.core.forms import DayField, HourField
from app.core.i18n import chosen_language
from app.core.phrasing import opening_a_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.places.commands import SaveHours
from app.places.rules.vocabulary import HoursOf
from app.places.rules.weekly_hours import (
    LEAP_YEAR,
    MOST_CLOSURES,
    MOST_SPANS,
    Closure,
    Span,
    SpansOverlap,
    WeeklyHours,
    check,
    written,
)

WORKING_DAYS = range(1, 5)  # Tuesday to Friday take Monday's
MOST_DAYS_CLOSED = 366
MOST_YEARS_AWAY = (
    50  # a year that was typed by half («0026») is none, and nobody could read the hours any more
)
LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class DayRow:
    """The fields of one day, its name, and what is wrong with it."""

    number: int
    name: str
    spans: list[tuple[Field, Field]]
    errors: list[str]


@dataclass(frozen=True)
class ClosureRow:
    """The fields of one closed period."""

    first: Field
    last: Field
    yearly: Field
    errors: list[str]


class HoursForm(FlaskForm):
    """Fields are named d<day>_<stretch>_from, …_to and c<period>_first, _last, _yearly."""

    on_holidays = BooleanField(_l("Open on public holidays too"))
    copy = SubmitField(_l("Use Monday's hours until Friday"))

    def __init__(self, today: date, hours: WeeklyHours | None = None) -> None:
        super().__init__(data=_values(hours, today.year) if hours else {})
        self._year = today.year
        self.day_errors: dict[int, str] = {}
        self.closure_errors: dict[int, str] = {}

    def days(self) -> Iterator[DayRow]:
        """Monday to Sunday in the reader's language."""
        names = get_day_names("wide", locale=chosen_language())
        for day in range(7):
            pairs = [(self[f"d{day}_{n}_from"], self[f"d{day}_{n}_to"]) for n in range(MOST_SPANS)]
            unread = [str(error) for pair in pairs for one in pair for error in one.errors]
            own = [self.day_errors[day]] if day in self.day_errors else []
            yield DayRow(day, opening_a_line(names[day]), pairs, [*unread, *own])

    def closures(self) -> Iterator[ClosureRow]:
        """Each closed period."""
        for n in range(MOST_CLOSURES):
            fields = (self[f"c{n}_first"], self[f"c{n}_last"], self[f"c{n}_yearly"])
            unread = [str(error) for one in fields for error in one.errors]
            yield ClosureRow(
                *fields, [*unread, *([self.closure_errors[n]] if n in self.closure_errors else [])]
            )

    def copy_monday(self) -> None:
        """Tuesday to Friday as Monday; nothing is saved yet."""
        for day in WORKING_DAYS:
            for n in range(MOST_SPANS):
                for end in ("from", "to"):
                    self[f"d{day}_{n}_{end}"].data = self[f"d0_{n}_{end}"].data
                    self[f"d{day}_{n}_{end}"].raw_data = None

    def validate(self, extra_validators: object = None) -> bool:
        """Each stretch has both ends, stretches of a day do not meet, periods end after they begin."""
        is_valid = super().validate(extra_validators)
        for day in range(7):
            self._check_day(day)
        for n in range(MOST_CLOSURES):
            self._check_closure(n)
        if not self.day_errors:
            try:
                check(self.hours())
            except SpansOverlap as error:
                self.day_errors[error.details["day"]] = gettext(
                    "These times overlap: one must end before the next begins."
                )
        return bool(is_valid and not self.day_errors and not self.closure_errors)

    def _check_day(self, day: int) -> None:
        for n in range(MOST_SPANS):
            begin, end = self[f"d{day}_{n}_from"].data, self[f"d{day}_{n}_to"].data
            if (begin is None) != (end is None):
                self.day_errors[day] = gettext(
                    "One time is missing: write from when and until when, or leave both empty."
                )
            elif begin is not None and begin == end != time(0):
                self.day_errors[day] = gettext(
                    "It begins and ends at the same time. For the whole day write 00:00 twice."
                )

    def _check_closure(self, n: int) -> None:
        first, last = self[f"c{n}_first"].data, self[f"c{n}_last"].data
        is_yearly = bool(self[f"c{n}_yearly"].data)
        if first is None and last is not None:
            self.closure_errors[n] = gettext("Write the first day too.")
        elif any(day and abs(day.year - self._year) > MOST_YEARS_AWAY for day in (first, last)):
            self.closure_errors[n] = gettext("Write the day like this: 2026-11-26.")
        elif first and last and last < first:
            self.closure_errors[n] = gettext("The last day must not come before the first.")
        elif (
            first and last and ((last - first).days > MOST_DAYS_CLOSED or (is_yearly and _meets(first, last)))
        ):
            self.closure_errors[n] = gettext("At most a year: write a shorter time.")

    def hours(self) -> WeeklyHours:
        """What the fields say."""
        days = tuple(tuple(self._spans(day)) for day in range(7))
        return WeeklyHours(days, bool(self.on_holidays.data), tuple(self._periods()))

    def command(self, of: HoursOf) -> SaveHours:
        """In OpenStreetMap's syntax."""
        return SaveHours(of, written(self.hours()))

    def _spans(self, day: int) -> Iterator[Span]:
        pairs = [(self[f"d{day}_{n}_from"].data, self[f"d{day}_{n}_to"].data) for n in range(MOST_SPANS)]
        yield from sorted((begin, end) for begin, end in pairs if begin is not None and end is not None)

    def _periods(self) -> Iterator[Closure]:
        for n in range(MOST_CLOSURES):
            first, last = self[f"c{n}_first"].data, self[f"c{n}_last"].data
            if first is not None:
                yield _closure(first, last or first, is_yearly=bool(self[f"c{n}_yearly"].data))


def _meets(first: date, last: date) -> bool:
    """Whether a period runs into its own beginning a year later: of every year, only its ends would be left."""
    return last.year > first.year and (last.month, last.day) >= (first.month, first.day)


def _closure(first: date, last: date, *, is_yearly: bool) -> Closure:
    """Days of every year carry one and the same year."""
    if not is_yearly:
        return Closure(first, last)
    return Closure(first.replace(year=LEAP_YEAR), last.replace(year=LEAP_YEAR), is_yearly=True)


def _values(hours: WeeklyHours, year: int) -> dict[str, object]:
    """The fields as they stand when the form is opened."""
    values: dict[str, object] = {"on_holidays": hours.on_holidays}
    for day, spans in enumerate(hours.days):
        for n, (begin, end) in enumerate(spans):
            values |= {f"d{day}_{n}_from": begin, f"d{day}_{n}_to": end}
    for n, one in enumerate(hours.closures):
        first, last = one.first_on, one.last_on
        if one.is_yearly:
            first, last = _in(first, year), _in(last, year if last >= first else year + 1)
        values |= {f"c{n}_first": first, f"c{n}_last": last, f"c{n}_yearly": one.is_yearly}
    return values


def _in(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the day after."""
    return date(year, day.month, day.day) if (day.month, day.day) != LEAP_DAY else date(year, 3, 1)


for _day in range(7):
    for _n in range(MOST_SPANS):
        setattr(HoursForm, f"d{_day}_{_n}_from", HourField(_l("from"), validators=[Optional()]))
        setattr(HoursForm, f"d{_day}_{_n}_to", HourField(_l("until"), validators=[Optional()]))
for _n in range(MOST_CLOSURES):
    setattr(HoursForm, f"c{_n}_first", DayField(_l("from day"), validators=[Optional()]))
    setattr(HoursForm, f"c{_n}_last", DayField(_l("until day"), validators=[Optional()]))
    setattr(HoursForm, f"c{_n}_yearly", BooleanField(_l("every year")))
