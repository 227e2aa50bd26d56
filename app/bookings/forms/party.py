"""Who is coming: the questions that booking and changing a booking have in common.

Most events ask two numbers: the others have forms of their own, since each field costs a press a few dozen
microseconds.
"""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import Optional

from app.bookings.rules.extras import Extras
from app.bookings.rules.party import Party
from app.core.forms import WholeNumberField
from app.core.translation import lazy_gettext as _l


class PartyFields(FlaskForm):
    """How many."""

    adults = WholeNumberField(_l("Adults"), default=1, validators=[Optional()])
    children = WholeNumberField(_l("Children"), default=1, validators=[Optional()])

    def party(self) -> Party:
        """Who is coming; nobody where nothing was written."""
        return Party(count(self.adults), count(self.children))

    def extras(self) -> Extras:
        """What else they need: nothing that is asked here."""
        return Extras()

    def asked(self) -> dict[str, Any]:
        """What the event has to know besides, as Book and ChangeParty name it."""
        return {}


class ExtraFields(PartyFields):
    """The same where babies, pushchairs or childcare count."""

    babies = WholeNumberField(_l("Of the children: babies in arms"), default=0, validators=[Optional()])
    pushchairs = WholeNumberField(_l("Pushchairs"), default=0, validators=[Optional()])
    childcare = WholeNumberField(_l("Children to look after meanwhile"), default=0, validators=[Optional()])

    def party(self) -> Party:
        """With those in arms."""
        return Party(count(self.adults), count(self.children), count(self.babies))

    def extras(self) -> Extras:
        """What else they need."""
        return Extras(count(self.pushchairs), count(self.childcare))

    def asked(self) -> dict[str, Any]:
        """As they were answered."""
        return {name: count(self[name]) for name in ("babies", "pushchairs", "childcare")}


def count(field: Field) -> int:
    """Nobody where nothing was written."""
    return int(field.data or 0)
