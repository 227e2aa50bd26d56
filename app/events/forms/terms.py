"""How booking works: from when, until when, how many at once."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional

from app.core.forms import WholeNumberField
from app.core.translation import gettext, ngettext
from app.core.translation import lazy_gettext as _l

AT_ONCE = -1
OPENS_DAYS = (1, 3, 7, 14, 30, 60)
CLOSES_HOURS = (1, 2, 12, 24, 48)
DEFAULT_PARTY = 8


class TermsFields(FlaskForm):
    """All of it may stay as it is."""

    opens_days = SelectField(_l("From when can one book?"), coerce=int, default=AT_ONCE)
    closes_minutes = SelectField(_l("Until when can one book?"), coerce=int, default=0)
    max_party = WholeNumberField(
        _l("How many can come with one booking?"),
        default=DEFAULT_PARTY,
        validators=[Optional(), NumberRange(1, 100, _l("Write a number between 1 and 100"))],
    )
    booked_whole = BooleanField(
        _l("One booking is for all the dates"),
        description=_l("For courses: whoever books comes to every date. The course needs a last day."),
    )
    one_per_email = BooleanField(_l("Only one booking for each email address"))
    confirms_email = BooleanField(
        _l("Each booking must be confirmed from the mail"),
        description=_l("The place is held for 30 minutes. Only where many book and do not come."),
    )
    asks_ages = BooleanField(_l("Ask for the ages of the children"))
    asks_needs = BooleanField(
        _l("Ask what you should know"),
        description=_l(
            "Allergies, languages, a wheelchair. Only you read it, and it is erased 7 days after the date."
        ),
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.opens_days.choices = [(AT_ONCE, gettext("At once"))] + [
            (days, ngettext("%(num)s day before", "%(num)s days before", days)) for days in OPENS_DAYS
        ]
        self.closes_minutes.choices = [(0, gettext("Until it begins"))] + [
            (hours * 60, ngettext("%(num)s hour before", "%(num)s hours before", hours))
            for hours in CLOSES_HOURS
        ]

    def terms(self) -> dict[str, Any]:
        """What SaveEvent says of booking."""
        opens = self.opens_days.data
        return {
            "opens_days": None if opens == AT_ONCE else opens,
            "closes_minutes": self.closes_minutes.data,
            "max_party": _number(self.max_party),
            "booked_whole": bool(self.booked_whole.data),
            "one_per_email": bool(self.one_per_email.data),
            "confirms_email": bool(self.confirms_email.data),
            "asks_ages": bool(self.asks_ages.data),
            "asks_needs": bool(self.asks_needs.data),
        }


def keep_choice(field: SelectField | SelectMultipleField, value: object) -> None:
    """Let an answer that came from elsewhere stay as it is."""
    if value not in dict(field.choices):
        field.choices.append((value, gettext("As it is now")))


def _number(field: WholeNumberField) -> int:
    """An empty answer is the preset."""
    answer: int | None = field.data
    return DEFAULT_PARTY if answer is None else answer
