"""Forms about dates that are published: move them, cancel them, put one off, give them another number of places."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from app.core.forms import WholeNumberField
from app.core.i18n import chosen_language
from app.core.local_text import Text
from app.core.text import clean
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.forms import WhenForm
from app.events.rules.occurrence import MAX_REASON, Scope


class ScopeForm(FlaskForm):
    """Which dates are meant; a form without an answer means the one date."""

    scope = RadioField(_l("Which dates?"), default=Scope.THIS.value, validators=[Optional()])

    def offer(self, *, following: int, coming: int) -> None:
        """Offer what makes sense: how many dates follow this one, and how many are still to come in all."""
        choices = [(Scope.THIS.value, gettext("Only this date"))]
        if following:
            choices.append((Scope.FOLLOWING.value, gettext("This one and those after it")))
        if coming > following + 1:
            choices.append((Scope.ALL.value, gettext("All that are still to come")))
        self.scope.choices = choices

    def chosen(self) -> Scope:
        """The answer."""
        return Scope(self.scope.data or Scope.THIS)


class MoveForm(WhenForm, ScopeForm):
    """Another day and hour for one date, and for others by as much."""

    @classmethod
    def of(cls, starts_at: datetime, tzid: str) -> "MoveForm":
        """The form filled with the present time."""
        local = starts_at.astimezone(ZoneInfo(tzid))
        return cls(tzid, data={"day": local.date(), "hour": local.time(), "scope": Scope.THIS.value})


class ReasonForm(FlaskForm):
    """Why a date does not take place as planned, for those who would have come; it may stay empty."""

    reason = TextAreaField(
        _l("Why? We write it to whoever has booked"),
        description=_l("You can leave it empty. It is also shown on the page of this date."),
        filters=[lambda text: clean(text or "")],
        validators=[
            Length(max=MAX_REASON, message=_l("Say it in at most %(num)s characters", num=MAX_REASON)),
        ],
    )

    def why(self) -> Text | None:
        """The reason in the language of the page."""
        return Text(self.reason.data, chosen_language()) if self.reason.data else None


class CancelForm(ReasonForm, ScopeForm):
    """Which dates are off, and why."""


class SeatsForm(ScopeForm):
    """How many can come."""

    capacity = WholeNumberField(
        _l("How many can come?"),
        description=_l("Leave it empty if nobody needs to book."),
        validators=[Optional(), NumberRange(1, 10_000, _l("Write a number between 1 and 10,000"))],
    )
