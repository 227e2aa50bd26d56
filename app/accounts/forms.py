"""The sign-in form."""

from email_validator import EmailNotValidError, validate_email
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
        try:
            validate_email(field.data or "", check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            raise ValidationError(gettext("Enter an email address, like name@example.com")) from error


class ButtonForm(FlaskForm):
    """A form that is only a button and its CSRF token."""

    submit = SubmitField(_l("Continue"))
