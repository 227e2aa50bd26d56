"""Claim a place; decide what somebody asked."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length, ValidationError

from app.core.forms import read_address
from app.core.i18n import chosen_language
from app.core.local_text import Text
from app.core.text import clean, clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.places.commands import ClaimPlace, Decision
from app.places.forms.hosting import MAX_NAME, WithAddress, email_field
from app.places.rules.claims import MAX_WORDS

YES, NO = "yes", "no"
_SHORT = Length(max=MAX_WORDS, message=_l("Say it in at most %(num)s characters", num=MAX_WORDS))


class ClaimForm(WithAddress):
    """Who you are, where we may write, how you know the place."""

    name = StringField(
        _l("Your name"),
        filters=[lambda text: clean_line(text or "")],
        validators=[DataRequired(_l("Write your name")), Length(max=MAX_NAME)],
    )
    email = email_field(_l("E-mail"))
    words = TextAreaField(
        _l("How do you know this place?"),
        description=_l("For example: I own it, I work there in the afternoon."),
        filters=[lambda text: clean(text or "")],
        validators=[DataRequired(_l("Write a few words: somebody reads them and decides")), _SHORT],
    )

    def command(self) -> ClaimPlace:
        """What the form asks, cleaned."""
        email = read_address(str(self.email.data)).normalized.lower()
        return ClaimPlace(email, str(self.name.data), str(self.words.data), chosen_language())


class DecisionForm(FlaskForm):
    """Yes or no, and why; which one is the button that was pressed."""

    answer = StringField(validators=[AnyOf((YES, NO), message=_l("Choose one of the buttons"))])
    reason = TextAreaField(
        _l("Your words"),
        description=_l("They reach whoever asked, as you write them. A no needs a reason."),
        filters=[lambda text: clean(text or "")],
        validators=[_SHORT],
    )

    def validate_reason(self, field: TextAreaField) -> None:
        """Nobody is turned away without a word."""
        if self.answer.data == NO and not field.data:
            raise ValidationError(gettext("Write why not: a sentence is enough"))

    def decision(self, welcome: str) -> Decision:
        """What was pressed; a yes without words says `welcome`."""
        return Decision(self.answer.data == YES, Text(self.reason.data or welcome, chosen_language()))
