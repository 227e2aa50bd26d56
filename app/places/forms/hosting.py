"""Invite somebody to look after a place; accept; type the code of a slip."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.core.forms import address_fault
from app.core.i18n import chosen_language
from app.core.text import clean_line
from app.core.translation import lazy_gettext as _l

MAX_EMAIL, MAX_NAME = 254, 120


def email_field(label: object) -> EmailField:
    """Where we may write; it must be filled in."""
    return EmailField(
        label,
        filters=[lambda text: (text or "").strip()],
        validators=[DataRequired(_l("Enter an email address, like name@example.com")), Length(max=MAX_EMAIL)],
        render_kw={"inputmode": "email", "dir": "ltr"},
    )


class WithAddress(FlaskForm):
    """A form with the field `email`."""

    def validate_email(self, field: Field) -> None:
        """One address that can be written to."""
        if fault := address_fault(field.data or ""):
            raise ValidationError(fault)


class InviteForm(WithAddress):
    """Whom, and in which language."""

    email = email_field(_l("E-mail"))
    language = RadioField(
        _l("In which language?"), choices=[SelectChoice("it", "Italiano"), SelectChoice("en", "English"), SelectChoice("ar", "العربية")],
        default=chosen_language,
    )  # fmt: skip


class SlipForm(WithAddress):
    """The code on the slip, and where to write."""

    code = StringField(_l("The code on the slip"), validators=[Length(max=40)])
    email = email_field(_l("E-mail"))


class AcceptForm(FlaskForm):
    """A name for those who come, and the agreement."""

    name = StringField(
        _l("Your name"),
        filters=[lambda text: clean_line(text or "")],
        validators=[
            DataRequired(_l("Write your name")),
            Length(max=MAX_NAME, message=_l("Say it in at most %(num)s characters", num=MAX_NAME)),
        ],
    )
    agrees = BooleanField(
        _l("I have read this and will keep to it"),
        validators=[DataRequired(_l("Tick the box to go on: without it nobody may see who comes."))],
    )
