"""The booking form: a name, an address, and who is coming."""

from flask import session
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.accounts.forms import address_fault, read_address
from app.bookings.commands import Book
from app.core import tokens
from app.core.i18n import chosen_language
from app.core.text import clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.forms import WholeNumberField

MAX_NAME = 120
MAX_EMAIL = 254
LINE_BREAKS = frozenset("\r\n\v\f\x85\u2028\u2029")


class BookingForm(FlaskForm):
    """Three questions. The hidden key makes a double press one booking."""

    name = StringField(
        _l("Your name"),
        validators=[
            InputRequired(_l("Write your name")),
            Length(max=MAX_NAME, message=_l("Use a shorter name")),
        ],
    )
    email = EmailField(
        _l("E-mail"), validators=[InputRequired(_l("Enter an email address, like name@example.com"))]
    )
    adults = WholeNumberField(_l("Adults"), default=1, validators=[Optional()])
    children = WholeNumberField(_l("Children"), default=1, validators=[Optional()])
    idempotency_key = HiddenField(default=tokens.random_token)

    def validate_name(self, field: Field) -> None:
        """One line with something in it."""
        if LINE_BREAKS & set(str(field.data)):
            raise ValidationError(gettext("Write your name on one line"))
        if not clean_line(str(field.data)):
            raise ValidationError(gettext("Write your name"))

    def validate_email(self, field: Field) -> None:
        """One address that mail can be sent to; nothing is looked up."""
        text = field.data or ""
        if LINE_BREAKS & set(text):
            raise ValidationError(gettext("Write the e-mail address on one line, like name@example.com"))
        if len(text) > MAX_EMAIL:
            raise ValidationError(gettext("This e-mail address is too long"))
        if fault := address_fault(text):
            raise ValidationError(fault)

    def _key(self) -> str:
        """The form's key together with the browser's own (which the CSRF check has just proved): worth nothing elsewhere."""
        own = session.get("csrf_token", "")
        return f"{own}:{self.idempotency_key.data or tokens.random_token()}"

    def command(self) -> Book:
        """What the form asks, cleaned."""
        address = read_address(str(self.email.data))
        return Book(
            name=clean_line(self.name.data),
            email=address.normalized,
            adults=_count(self.adults),
            children=_count(self.children),
            idempotency_key=self._key(),
            language=chosen_language(),
        )


def _count(field: Field) -> int:
    """Nobody where nothing was written."""
    return int(field.data or 0)
