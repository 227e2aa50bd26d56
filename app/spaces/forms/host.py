"""What hosts do with the times of a space: answer a request, reserve for the place, take one away."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, ValidationError

from app.core import clock, tokens
from app.core.forms import DayField, HourField, WholeNumberField
from app.core.i18n import chosen_language
from app.core.text import clean, clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.spaces.commands import Decide, ReserveSeries
from app.spaces.labels import every_choices
from app.spaces.queries import SpaceView
from app.spaces.rules.series import Every
from app.spaces.rules.slots import MOST_STEPS

MAX_WORDS = 500


class DecideForm(FlaskForm):
    """Yes or no, with a few words; a press of neither button is no answer."""

    answer = StringField(validators=[AnyOf(("yes", "no"))])
    words = TextAreaField(
        _l("Your words"),
        filters=[lambda text: clean(text or "")],
        validators=[Length(max=MAX_WORDS, message=_l("Use fewer words"))],
    )

    def command(self, reservation: str) -> Decide:
        """What was pressed."""
        return Decide(reservation, self.answer.data == "yes", self.words.data or "")


class SeriesForm(FlaskForm):
    """For the place itself, or for a group: once, or again and again until a day."""

    name = StringField(
        _l("For whom?"),
        validators=[InputRequired(_l("Give it a name")), Length(max=120, message=_l("Use a shorter name"))],
    )
    day = DayField(_l("First day"), validators=[InputRequired(_l("Choose a day"))])
    hour = HourField(_l("From"), validators=[InputRequired(_l("Write when it begins"))])
    steps = WholeNumberField(
        _l("How many times in a row?"),
        default=1,
        validators=[
            InputRequired(_l("Write a number")),
            NumberRange(1, MOST_STEPS, _l("Write a number between 1 and 16")),
        ],
    )
    every = SelectField(_l("How often?"), default=Every.WEEK.value)
    until = DayField(
        _l("Until when?"), description=_l("Leave it empty for one day only."), validators=[Optional()]
    )
    idempotency_key = HiddenField(default=tokens.random_token)

    def __init__(self, tzid: str, **values: Any) -> None:
        super().__init__(**values)
        self.tzid = tzid
        self.every.choices = every_choices()

    def validate_hour(self, field: Field) -> None:
        """Only what lies ahead can be reserved."""
        if (
            isinstance(self.day.data, date)
            and isinstance(field.data, time)
            and self._starts_at() <= clock.now()
        ):
            raise ValidationError(gettext("This moment has already passed: choose a later one."))

    def validate_until(self, field: Field) -> None:
        """It ends after it has begun."""
        if isinstance(self.day.data, date) and isinstance(field.data, date) and field.data < self.day.data:
            raise ValidationError(gettext("The last day comes before the first: choose a later one."))

    def command(self, space: SpaceView) -> ReserveSeries:
        """What the form asks."""
        return ReserveSeries(
            starts_at=self._starts_at(), steps=self.steps.data, every=Every(self.every.data),
            until=self.until.data or self.day.data, name=clean_line(self.name.data),
            idempotency_key=f"{space.public_id}:{self.idempotency_key.data}", language=chosen_language(),
        )  # fmt: skip

    def _starts_at(self) -> datetime:
        local = datetime.combine(self.day.data, self.hour.data, ZoneInfo(self.tzid))
        return local.astimezone(UTC)
