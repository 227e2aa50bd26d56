"""When: a day and an hour that lie ahead, and how often again."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core import clock
from app.core.forms import DayField, HourField
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.labels import refusal
from app.events.rules.day_list import DayNotReadable, read_days
from app.events.rules.recurrence import first_instant
from app.events.rules.repeat import Repeat, rule_for
from app.events.rules.schedule import TooFarAhead, last_moment


class WhenForm(FlaskForm):
    """A day and an hour in the future, on the clocks of the place (`tzid`)."""

    day = DayField(_l("Day"), validators=[InputRequired(_l("Choose a day"))])
    hour = HourField(_l("Time"), validators=[InputRequired(_l("Write when it begins"))])

    def __init__(self, tzid: str, **values: Any) -> None:
        super().__init__(**values)
        self.tzid = tzid

    def validate_hour(self, field: HourField) -> None:
        """Only what lies ahead can be published or moved to."""
        if isinstance(self.day.data, date) and isinstance(field.data, time) and not self.is_as_before():
            starts_at, now = first_instant(self.starts_local, self.tzid), clock.now()
            if starts_at <= now:
                raise ValidationError(gettext("This moment has already passed: choose a later one."))
            if starts_at > last_moment(now):
                raise ValidationError(refusal(TooFarAhead()))

    def is_as_before(self) -> bool:
        """Whether what is asked is what holds already: a series may have begun long ago."""
        return False

    @property
    def starts_local(self) -> datetime:
        """The wall-clock start."""
        return datetime.combine(self.day.data, self.hour.data)


class RepeatForm(WhenForm):
    """How often, until when, and which days are different."""

    repeat = SelectField(_l("How often?"), default=Repeat.ONCE.value)
    until = DayField(
        _l("Until when?"),
        description=_l("Only if it repeats. Leave it empty if it goes on."),
        validators=[Optional()],
    )
    not_on = StringField(
        _l("Not on these days"),
        description=_l("Day and month, for example 24/12, 31/12."),
        validators=[Optional()],
    )
    also_on = StringField(
        _l("Also on these days"),
        description=_l("Other days at the same time, for example 6/1."),
        validators=[Optional()],
    )

    def __init__(self, tzid: str, **values: Any) -> None:
        super().__init__(tzid, **values)
        self.repeat.choices = _how_often()

    def validate_until(self, field: DayField) -> None:
        """A series ends after it has begun."""
        if isinstance(self.day.data, date) and isinstance(field.data, date) and field.data < self.day.data:
            raise ValidationError(gettext("The last day comes before the first: choose a later one."))

    def validate_not_on(self, field: Field) -> None:
        """Days that can be read."""
        self._days(field)

    def validate_also_on(self, field: Field) -> None:
        """Days that can be read."""
        self._days(field)

    def rrule(self) -> str:
        """The rule (RFC 5545); "" for a single date."""
        return rule_for(Repeat(self.repeat.data), self.starts_local, self.until.data, self.tzid)

    def exdates(self) -> tuple[datetime, ...]:
        """The starts that are left out."""
        return self._at_the_hour(self._days(self.not_on))

    def rdates(self) -> tuple[datetime, ...]:
        """The starts that are added."""
        return self._at_the_hour(self._days(self.also_on))

    def _at_the_hour(self, days: Iterable[date]) -> tuple[datetime, ...]:
        return tuple(datetime.combine(day, self.hour.data) for day in days)

    def _days(self, field: Field) -> tuple[date, ...]:
        first = self.day.data if isinstance(self.day.data, date) else clock.today(self.tzid)
        try:
            return read_days(field.data or "", first)
        except DayNotReadable as error:
            raise ValidationError(
                gettext("“%(text)s” is no day: write day and month, for example 24/12.", text=error.text[:20])
            ) from error


def _how_often() -> list[tuple[str, str]]:
    return [
        (Repeat.ONCE, gettext("Once")),
        (Repeat.WEEK, gettext("Every week")),
        (Repeat.FORTNIGHT, gettext("Every two weeks")),
        (Repeat.MONTH, gettext("Every month, on the same weekday")),
    ]
