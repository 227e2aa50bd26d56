"""Sign in; tell what does not work."""

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from app.accounts.commands import GiveFeedback
from app.accounts.rules.codes import CODE_LENGTH, read_code
from app.core import tokens
from app.core.forms import address_fault
from app.core.i18n import chosen_language
from app.core.text import clean
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l

MAX_FEEDBACK = 4_000
MAX_ANSWER = 16_000


class SignInForm(FlaskForm):
    """One address; the answer is the same whether we know it or not."""

    email = EmailField(
        _l("E-mail"),
        validators=[DataRequired(_l("Enter an email address, like name@example.com")), Length(max=254)],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    submit = SubmitField(_l("Send me a code"))

    def validate_email(self, field: Field) -> None:
        """An address must look like one; nothing is looked up."""
        if fault := address_fault(field.data or ""):
            raise ValidationError(fault)


class CodeForm(FlaskForm):
    """The six digits of the mail, however they are spaced."""

    code = StringField(_l("The six digits in the mail"), filters=[lambda text: (text or "").strip()])
    submit = SubmitField(_l("Sign in"))

    def validate_code(self, field: Field) -> None:
        """Six digits, in any script."""
        if len(read_code(field.data or "")) != CODE_LENGTH:
            raise ValidationError(gettext("Write the six digits that are in the mail, for example 123456."))


class PasskeyForm(FlaskForm):
    """What the script on the page fills in: which question was asked, and what the device answered."""

    question = HiddenField()
    answer = HiddenField()

    @property
    def question_id(self) -> str:
        """The public id of the question."""
        return str(self.question.data or "")

    @property
    def device_answer(self) -> str:
        """The answer as JSON; what is longer than any device's is none."""
        answer = str(self.answer.data or "")
        return answer if len(answer) <= MAX_ANSWER else ""


class RecoveryForm(FlaskForm):
    """One code from paper."""

    code = StringField(_l("Recovery code"))


class FeedbackForm(FlaskForm):
    """One text, and an address for an answer, which may stay empty. Sending it twice is sending it once."""

    text = TextAreaField(
        _l("What does not work for you?"),
        description=_l(
            "Which page, what you wanted to do, what you use: for example a screen reader or the keyboard."
        ),
        filters=[lambda text: clean(text or "")],
        validators=[
            DataRequired(_l("Write what does not work for you")),
            Length(max=MAX_FEEDBACK, message=_l("Say it in at most %(num)s characters", num=MAX_FEEDBACK)),
        ],
    )
    email = EmailField(
        _l("E-mail for an answer"),
        description=_l("You can leave it empty. We erase it after half a year."),
        filters=[lambda text: (text or "").strip()],
        validators=[Length(max=254)],
    )
    idempotency_key = HiddenField(default=tokens.random_token)

    def validate_email(self, field: Field) -> None:
        """Empty, or an address that can be written to."""
        if field.data and (fault := address_fault(field.data)):
            raise ValidationError(fault)

    def command(self) -> GiveFeedback:
        """The message in the language of the page."""
        return GiveFeedback(
            self.text.data or "", self.email.data or "", chosen_language(),
            self.idempotency_key.data or tokens.random_token(),
        )  # fmt: skip
