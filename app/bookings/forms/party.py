"""Who is coming: the questions that booking and changing a booking have in common."""

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import Optional

from app.bookings.rules.extras import Extras
from app.bookings.rules.party import Party
from app.core.forms import WholeNumberField
from app.core.translation import lazy_gettext as _l


class PartyFields(FlaskForm):
    """How many; what stands after the children is asked only where the event has to know."""

    adults = WholeNumberField(_l("Adults"), default=1, validators=[Optional()])
    children = WholeNumberField(_l("Children"), default=1, validators=[Optional()])
    babies = WholeNumberField(_l("Of the children: babies in arms"), default=0, validators=[Optional()])
    pushchairs = WholeNumberField(_l("Pushchairs"), default=0, validators=[Optional()])
    childcare = WholeNumberField(_l("Children to look after meanwhile"), default=0, validators=[Optional()])

    def party(self) -> Party:
        """Who is coming; nobody where nothing was written."""
        return Party(_count(self.adults), _count(self.children), _count(self.babies))

    def extras(self) -> Extras:
        """What else they need."""
        return Extras(_count(self.pushchairs), _count(self.childcare))


def _count(field: Field) -> int:
    return int(field.data or 0)
