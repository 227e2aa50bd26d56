"""The sign-in form."""

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, SubmitField
from wtforms.validators import DataRequired, Length, ValidationError

from app.core.forms import address_fault
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
