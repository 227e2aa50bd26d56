"""Propose an activity for a place, as any parent may; answer a proposal."""

from flask import session
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from app.core import tokens
from app.core.forms import address_fault, read_address
from app.core.i18n import chosen_language
from app.core.local_text import Text
from app.core.text import clean, clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.commands import ProposeEvent
from app.events.rules.bodies import MAX_NAME
from app.events.rules.event import MAX_TITLE
from app.events.rules.proposals import MAX_WORDS

MAX_EMAIL = 254


def _longest(number: int) -> Length:
    return Length(max=number, message=_l("Say it in at most %(num)s characters", num=number))


class ProposalForm(FlaskForm):
    """What, some words, who, and where the answer goes. Sending it twice is sending it once."""

    title = StringField(
        _l("What would you like to do here?"),
        description=_l("For example: a lullaby hour, a swap of baby clothes."),
        filters=[lambda text: clean_line(text or "")],
        validators=[DataRequired(_l("Give it a name")), _longest(MAX_TITLE)],
    )
    words = TextAreaField(
        _l("Tell more"),
        description=_l("For whom, when you could, what is needed."),
        filters=[lambda text: clean(text or "")],
        validators=[
            DataRequired(_l("Write a few words: somebody reads them and decides")),
            _longest(MAX_WORDS),
        ],
    )
    proposer = StringField(
        _l("Who proposes it?"),
        description=_l(
            "As it shall stand on the event: «Sara», «families of via Don Bosco». You can leave it empty."
        ),
        filters=[lambda text: clean_line(text or "")],
        validators=[_longest(MAX_NAME)],
    )
    email = EmailField(
        _l("Your e-mail, if you want an answer"),
        description=_l("Nobody at the place sees it. We erase it after the answer."),
    )
    idempotency_key = HiddenField(default=tokens.random_token)

    def validate_email(self, field: EmailField) -> None:
        """Nothing, or one address that mail can be sent to."""
        text = (field.data or "").strip()
        if len(text) > MAX_EMAIL:
            raise ValidationError(gettext("This e-mail address is too long"))
        if text and (fault := address_fault(text)):
            raise ValidationError(fault)

    def command(self, place_id: str) -> ProposeEvent:
        """What the form asks, cleaned; the browser's own secret makes its key nobody else's."""
        address = (self.email.data or "").strip()
        key = f"{session.get('csrf_token', '')}:{self.idempotency_key.data or tokens.random_token()}"
        return ProposeEvent(
            place_id, str(self.title.data), str(self.words.data), str(self.proposer.data),
            read_address(address).normalized if address else None, chosen_language(), key,
        )  # fmt: skip


class WordsForm(FlaskForm):
    """Why not, in words that reach whoever proposed it."""

    words = TextAreaField(
        _l("Your answer"),
        description=_l("It reaches whoever proposed it, in your words."),
        filters=[lambda text: clean(text or "")],
        validators=[DataRequired(_l("Write why not: a sentence is enough")), _longest(MAX_WORDS)],
    )

    def text(self) -> Text:
        """The words, in the language of the page."""
        return Text(str(self.words.data), chosen_language())
