"""Forms at the door: a mark, a family that came without having booked, a code or a name."""

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, SubmitField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from app.bookings.commands import AddFamily, Mark
from app.bookings.rules.door import MARKS
from app.bookings.rules.status import BookingStatus
from app.core import tokens
from app.core.forms import WholeNumberField
from app.core.i18n import chosen_language
from app.core.text import clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l

MAX_NAME = 60
MAX_SOUGHT = 300


class WalkInForm(FlaskForm):
    """First name, adults, children. The hidden key makes a double press one family."""

    name = StringField(
        _l("First name"),
        validators=[
            InputRequired(_l("Write the first name")),
            Length(max=MAX_NAME, message=_l("Use a shorter name")),
        ],
    )
    adults = WholeNumberField(_l("Adults"), default=1, validators=[Optional()])
    children = WholeNumberField(_l("Children"), default=1, validators=[Optional()])
    idempotency_key = HiddenField(default=tokens.random_token)
    anyway = SubmitField()

    def validate_name(self, field: Field) -> None:
        """Something that can be read."""
        if not clean_line(str(field.data)):
            raise ValidationError(gettext("Write the first name"))

    def command(self, occurrence_id: int) -> AddFamily:
        """What the form asks, cleaned."""
        return AddFamily(
            occurrence_id=occurrence_id,
            name=clean_line(self.name.data),
            adults=_count(self.adults),
            children=_count(self.children),
            idempotency_key=str(self.idempotency_key.data or tokens.random_token()),
            language=chosen_language(),
            comes_anyway=bool(self.anyway.data),
        )


class CheckInForm(FlaskForm):
    """One field: the code on a ticket, the address in its QR code, or a name."""

    code = StringField(
        _l("Code or name"), validators=[Length(max=MAX_SOUGHT, message=_l("That is too long"))]
    )


class MarkForm(FlaskForm):
    """What a host says of a family at the door."""

    status = HiddenField(validators=[AnyOf([str(mark) for mark in MARKS])])

    def command(self, occurrence_id: int, booking: str) -> Mark:
        """What the button asks."""
        return Mark(occurrence_id, booking, BookingStatus(str(self.status.data)))


def _count(field: Field) -> int:
    """Nobody where nothing was written."""
    return int(field.data or 0)
