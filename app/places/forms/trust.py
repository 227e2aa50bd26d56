"""Forms about a place: confirm it, say what has changed, report a problem; answer a report, say how things are."""

from flask import session
from flask_babel import LazyString
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from app.core import tokens
from app.core.asker import Asker
from app.core.forms import address_fault, read_address
from app.core.i18n import chosen_language
from app.core.local_text import Text
from app.core.text import clean
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.places.commands import AnswerReport, FactAnswer, SayFacts, SendReport, VoteOnFacts
from app.places.labels import state_text
from app.places.report_labels import kind_text
from app.places.rules.reports import MAX_TEXT, ReportKind, ReportStatus, needs_answer, needs_words
from app.places.rules.trust import Answer, read_shown
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy

MAX_EMAIL = 254
STEPS = [status.value for status in ReportStatus if status is not ReportStatus.NEW]
SHORT = Length(max=MAX_TEXT, message=_l("Say it in at most %(num)s characters", num=MAX_TEXT))
UNKNOWN = ""


def _words(label: LazyString, description: LazyString) -> TextAreaField:
    return TextAreaField(
        label, description=description, filters=[lambda text: clean(text or "")], validators=[SHORT]
    )


class ConfirmForm(FlaskForm):
    """One tap: everything that the page shows is still so."""

    shown = HiddenField()

    def command(self, asker: Asker) -> VoteOnFacts:
        """The same answer to each fact that was shown."""
        shown = read_shown(self.shown.data or "")
        answers = tuple(FactAnswer(amenity, state, Answer.STILL) for amenity, state in shown.items())
        return VoteOnFacts(answers, asker.network, asker.browser)


class ChangedForm(ConfirmForm):
    """An answer to each fact that is shown, and a sentence. Sending it twice is sending it once."""

    note = _words(
        _l("What has changed?"), _l("You can leave it empty. The people of the place read it, nobody else.")
    )
    idempotency_key = HiddenField(default=tokens.random_token)

    def __init__(self) -> None:
        super().__init__()
        for field in self.facts():
            field.choices = [
                (Answer.STILL.value, gettext("Still so")),
                (Answer.CHANGED.value, gettext("Changed")),
                (UNKNOWN, gettext("I don't know")),
            ]

    def facts(self) -> list[RadioField]:
        """The fields of the amenities, in vocabulary order."""
        return [self[amenity.value] for amenity in Amenity]

    def command(self, asker: Asker) -> VoteOnFacts:
        """Answers to what was shown; the sentence, if there is one, is a report that wants no answer."""
        shown = read_shown(self.shown.data or "")
        said = {amenity: self[amenity.value].data for amenity in shown}
        answers = [
            FactAnswer(one, shown[one], Answer(text)) for one, text in said.items() if text in set(Answer)
        ]
        note = None
        if self.note.data:
            words = Text(self.note.data, chosen_language())
            note = SendReport(ReportKind.WRONG, words, None, _own_key(self.idempotency_key.data))
        return VoteOnFacts(tuple(answers), asker.network, asker.browser, note)


class ReportForm(FlaskForm):
    """What somebody met there, in a tap and as many words as they like; an address only for who wants an answer."""

    kind = RadioField(_l("What is the matter?"), validators=[InputRequired(_l("Choose what is the matter"))])
    text = _words(
        _l("In your words"), _l("The people of the place read it. Leave out names and health matters.")
    )
    email = EmailField(
        _l("Your e-mail, if you want an answer"),
        description=_l("Nobody at the place sees it. We erase it after the answer."),
    )
    idempotency_key = HiddenField(default=tokens.random_token)

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = [(kind.value, kind_text(kind)) for kind in ReportKind]
        self.kind.validate_choice = False

    def validate_kind(self, field: Field) -> None:
        """One of those offered."""
        if field.data not in set(ReportKind):
            raise ValidationError(gettext("Choose what is the matter"))

    def validate_text(self, field: Field) -> None:
        """Words where the kind says too little."""
        if not field.data and self.kind.data in set(ReportKind) and needs_words(ReportKind(self.kind.data)):
            raise ValidationError(gettext("Write in a few words what is the matter"))

    def validate_email(self, field: Field) -> None:
        """Nothing, or one address that mail can be sent to."""
        text = (field.data or "").strip()
        if len(text) > MAX_EMAIL:
            raise ValidationError(gettext("This e-mail address is too long"))
        if text and (fault := address_fault(text)):
            raise ValidationError(fault)

    def command(self) -> SendReport:
        """What the form asks, cleaned."""
        address = (self.email.data or "").strip()
        return SendReport(
            kind=ReportKind(self.kind.data),
            text=Text(self.text.data, chosen_language()),
            email=read_address(address).normalized if address else None,
            idempotency_key=_own_key(self.idempotency_key.data),
        )


class AnswerForm(FlaskForm):
    """A step with a report; which one is the button that was pressed."""

    step = StringField(validators=[AnyOf(STEPS, message=_l("Choose one of the buttons"))])
    text = _words(_l("Your answer"), _l("It reaches whoever reported, in your words."))

    def validate_text(self, field: Field) -> None:
        """An answer is words, and so is why nothing is done."""
        if self.step.data in STEPS and needs_answer(ReportStatus(self.step.data)) and not field.data:
            raise ValidationError(gettext("Write a sentence to whoever reported"))

    def command(self) -> AnswerReport:
        """What the form asks, in the language of the page."""
        return AnswerReport(ReportStatus(self.step.data), Text(self.text.data, chosen_language()))


class FactsForm(FlaskForm):
    """How each amenity is today, as those say who look after the place; the present answers are chosen already."""

    def __init__(self, states: dict[Amenity, AmenityState]) -> None:
        present = {one.value: states.get(one, AmenityState.UNKNOWN).value for one in Amenity}
        super().__init__(data=present)
        for field in self.facts():
            field.choices = [
                (AmenityState.YES.value, state_text(AmenityState.YES)),
                (AmenityState.NO.value, state_text(AmenityState.NO)),
                (AmenityState.UNKNOWN.value, gettext("I don't know")),
            ]

    def facts(self) -> list[RadioField]:
        """The fields of the amenities, in vocabulary order."""
        return [self[amenity.value] for amenity in Amenity]

    def command(self, by: ConfirmedBy) -> SayFacts:
        """Every answer on the form."""
        said = {amenity: self[amenity.value].data for amenity in Amenity}
        return SayFacts(
            {one: AmenityState(text) for one, text in said.items() if text in set(AmenityState)}, by
        )


for _amenity in Amenity:
    setattr(ChangedForm, _amenity.value, RadioField(default=UNKNOWN, validate_choice=False))
    setattr(FactsForm, _amenity.value, RadioField(default=AmenityState.UNKNOWN.value, validate_choice=False))


def _own_key(key: str | None) -> str:
    """The browser's own secret stands before it, which the CSRF check has just proved: a stolen key opens nothing."""
    return f"{session.get('csrf_token', '')}:{key or tokens.random_token()}"
