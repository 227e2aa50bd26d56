"""Forms of those who look after a place: publish an event."""

from datetime import date, datetime, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.core import clock, tokens
from app.core.forms import DayField, HourField, WholeNumberField
from app.core.i18n import chosen_language
from app.core.local_text import LocalText
from app.core.phrasing import locale_in_force, opening_a_line
from app.core.text import clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.commands import SaveEvent
from app.events.labels import kind_text, refusal
from app.events.rules.event import MAX_TITLE
from app.events.rules.recurrence import first_instant, weekly
from app.events.rules.schedule import TooFarAhead, last_moment
from app.events.rules.vocabulary import EventKind

AGES: dict[str, tuple[int | None, int | None]] = {
    "": (None, None), "pregnancy": (-9, -1), "0-12": (0, 12), "0-36": (0, 36), "36-72": (36, 72),
    "72-132": (72, 132),
}  # fmt: skip
MINUTES = (30, 45, 60, 90, 120, 180)
# Spoken by many families of the city, beside those of the interface (BCP 47).
LANGUAGES = ("it", "en", "ar", "bn", "es", "fil", "fr", "pt", "ro", "ru", "si", "sq", "uk", "zh")
WEEKS = (1, 4, 8, 12, 26, 52)


class WhenForm(FlaskForm):
    """A day and an hour in the future, on the clocks of the place (`tzid`)."""

    day = DayField(_l("Day"), validators=[InputRequired(_l("Choose a day"))])
    hour = HourField(_l("Time"), validators=[InputRequired(_l("Write when it begins"))])

    def __init__(self, tzid: str, **values: Any) -> None:
        super().__init__(**values)
        self.tzid = tzid

    def validate_hour(self, field: HourField) -> None:
        """Only what lies ahead can be published or moved to."""
        if isinstance(self.day.data, date) and isinstance(field.data, time):
            starts_at, now = first_instant(self.starts_local, self.tzid), clock.now()
            if starts_at <= now:
                raise ValidationError(gettext("This moment has already passed: choose a later one."))
            if starts_at > last_moment(now):
                raise ValidationError(refusal(TooFarAhead()))

    @property
    def starts_local(self) -> datetime:
        """The wall-clock start."""
        return datetime.combine(self.day.data, self.hour.data)


class EventForm(WhenForm):
    """Three answers to type; everything else is chosen already and can be seen.

    Publishing again with the same key is publishing once.
    """

    title = StringField(
        _l("What is it called?"),
        validators=[
            InputRequired(_l("Give it a name")),
            Length(max=MAX_TITLE, message=_l("Use a shorter name")),
        ],
    )
    kind = SelectField(_l("What is it?"), default=EventKind.WORKSHOP.value)
    language = SelectField(_l("In what language?"), default=chosen_language)
    minutes = SelectField(_l("How long?"), coerce=int, default=60)
    age = SelectField(_l("For whom?"), default="")
    capacity = WholeNumberField(
        _l("How many can come?"),
        description=_l("Leave it empty if nobody needs to book."),
        validators=[Optional(), NumberRange(1, 10_000, _l("Write a number between 1 and 10,000"))],
    )
    email_optional = BooleanField(
        _l("Families may book without an email address"),
        description=_l(
            "Whoever leaves it out gets a ticket with a code. You cannot tell them about changes."
        ),
    )
    weeks = SelectField(_l("How often?"), coerce=int, default=1)
    idempotency_key = HiddenField(default=tokens.random_token)

    def __init__(self, tzid: str, **values: Any) -> None:
        super().__init__(tzid, **values)
        self.minutes.choices = [(number, gettext("%(num)s minutes", num=number)) for number in MINUTES]
        self.weeks.choices = [(number, _how_often(number)) for number in WEEKS]
        self.age.choices = list(_ages().items())
        self.kind.choices = [(kind.value, kind_text(kind)) for kind in EventKind]
        self.language.choices = _languages()

    def command(self, place_id: str) -> SaveEvent:
        """What the form asks; the title is in the language of the page."""
        language = chosen_language()
        youngest, oldest = AGES[self.age.data]
        key = str(self.idempotency_key.data or tokens.random_token())
        own_key = tokens.token_hash(
            f"{place_id}\n{key}"
        )  # the same form sent for another place is another event
        return SaveEvent(
            place_id=place_id, title=LocalText.of(language, **{language: clean_line(self.title.data)}),
            starts_local=self.starts_local, duration_minutes=self.minutes.data, rrule=weekly(self.weeks.data),
            kind=EventKind(self.kind.data), languages=(self.language.data,), age_from_months=youngest, age_to_months=oldest, capacity=self.capacity.data,
            email_optional=bool(self.email_optional.data), source_key=f"form:{own_key}",
        )  # fmt: skip


def _languages() -> list[tuple[str, str]]:
    """Codes and names, in the order of their names in the language of the page."""
    names = locale_in_force().languages
    return sorted(
        ((code, opening_a_line(names.get(code, code))) for code in LANGUAGES), key=lambda choice: choice[1]
    )


def _how_often(weeks: int) -> str:
    if weeks == 1:
        return str(gettext("Once"))
    return str(gettext("Every week, %(num)s times", num=weeks))


def _ages() -> dict[str, str]:
    return {
        "": gettext("Everybody"),
        "pregnancy": gettext("Pregnancy"),
        "0-12": gettext("0–12 months"),
        "0-36": gettext("0–3 years"),
        "36-72": gettext("3–6 years"),
        "72-132": gettext("6–11 years"),
    }
