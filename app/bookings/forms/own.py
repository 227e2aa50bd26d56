"""Forms of those who have booked: how many come, and with which address they booked."""

from flask_wtf import FlaskForm
from wtforms import EmailField, Field
from wtforms.validators import InputRequired, Length, ValidationError

from app.bookings.commands import ChangeParty
from app.bookings.forms.party import ExtraFields
from app.core.forms import address_fault, read_address
from app.core.translation import lazy_gettext as _l

MAX_EMAIL = 254


class PartyForm(ExtraFields):
    """Who is coming after all."""

    def command(self, token: str) -> ChangeParty:
        """What the form asks."""
        party = self.party()
        return ChangeParty(token, party.adults, party.children, **self.asked())


class AddressForm(FlaskForm):
    """One e-mail address."""

    email = EmailField(
        _l("E-mail"),
        validators=[
            InputRequired(_l("Enter an email address, like name@example.com")),
            Length(max=MAX_EMAIL, message=_l("This e-mail address is too long")),
        ],
    )

    def validate_email(self, field: Field) -> None:
        """One address that mail can be sent to; nothing is looked up."""
        if fault := address_fault(field.data or ""):
            raise ValidationError(fault)

    def address(self) -> str:
        """In its normal form."""
        return read_address(str(self.email.data)).normalized
