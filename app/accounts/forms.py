"""The sign-in form, and how an e-mail address is read and explained."""

from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, SubmitField
from wtforms.validators import DataRequired, Length, ValidationError

from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l


class SignInForm(FlaskForm):
    """One address; the answer is the same whether we know it or not."""

    email = EmailField(
        _l("E-mail"),
        validators=[DataRequired(_l("Enter an email address, like name@example.com")), Length(max=254)],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    submit = SubmitField(_l("Send me the link"))

    def validate_email(self, field: Field) -> None:
        """An address must look like one; nothing is looked up."""
        if fault := address_fault(field.data or ""):
            raise ValidationError(fault)


class ButtonForm(FlaskForm):
    """A form that is only a button and its CSRF token."""

    submit = SubmitField(_l("Continue"))


def read_address(text: str) -> ValidatedEmail:
    """What stands before the @ must be ASCII: few mail servers take more, and the mail holds the only link.

    Nothing is looked up. Raises EmailNotValidError.
    """
    return validate_email(
        text.strip(), check_deliverability=False, test_environment=True, allow_smtputf8=False
    )


def address_fault(text: str) -> str | None:
    """What is wrong with an e-mail address and what to do: missing, unfinished or mistyped; None where it is right."""
    try:
        read_address(text)
    except EmailNotValidError:
        return _sentence_about(text.strip())
    return None


def _sentence_about(text: str) -> str:
    if not text:
        return gettext("Enter an email address, like name@example.com")
    before, at, after = text.partition("@")
    if not (before and at and after) or ("." not in after.strip(".") and "@" not in after):
        return gettext("This e-mail address is not complete: write all of it, like name@example.com")
    return gettext(
        "There is a mistake in this e-mail address: look for blanks, accents and odd signs. "
        "It should be like name@example.com"
    )
