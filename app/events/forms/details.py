"""What else can be said of an event; all of it may stay as it is."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import WholeNumberField
from app.core.i18n import chosen_language
from app.core.phrasing import locale_in_force, opening_a_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.labels import counted_as_text
from app.events.queries.topics import topics
from app.events.rules.bodies import MAX_ABOUT, MAX_NAME, MOST_NAMES, Speaker, fit, read_names, read_speakers
from app.events.rules.event import MAX_PRICE, MAX_TEXT
from app.events.rules.occurrence import MAX_ROOM
from app.events.rules.vocabulary import CountedAs
from app.events.topic_names import topic_name

# Spoken by many families of the city, beside those of the interface (BCP 47).
LANGUAGES = ("it", "en", "ar", "bn", "es", "fil", "fr", "pt", "ro", "ru", "si", "sq", "uk", "zh")
_SHORTER = _l("Use fewer words")


class BoxesField(SelectMultipleField):
    """Several of a list, each with a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WordsFields(FlaskForm):
    """What it is about, in words, and what it costs."""

    description = TextAreaField(
        _l("What happens there?"), validators=[Length(max=MAX_TEXT, message=_SHORTER)]
    )
    bring = StringField(_l("What to bring"), validators=[Length(max=MAX_TEXT, message=_SHORTER)])
    price = StringField(
        _l("What does it cost?"),
        description=_l("Leave it empty if it is free. People pay on the spot: there is no payment online."),
        validators=[Length(max=MAX_PRICE, message=_SHORTER)],
    )
    room = StringField(
        _l("In which room?"),
        description=_l("Leave it empty if there is only one."),
        validators=[Length(max=MAX_ROOM, message=_SHORTER)],
    )
    languages = BoxesField(_l("In what languages?"), default=lambda: [chosen_language()])
    topics = BoxesField(_l("What is it about?"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.languages.choices = _languages()
        self.topics.choices = [(topic.slug, topic_name(topic)) for topic in topics()]


class PeopleFields(FlaskForm):
    """Who organises it, with whom, who speaks, who had the idea."""

    organisers = TextAreaField(
        _l("Who organises it?"), description=_l("One name a line. Leave it empty if it is your place.")
    )
    partners = TextAreaField(_l("Together with whom?"), description=_l("One name a line."))
    speakers = TextAreaField(
        _l("Who leads it?"),
        description=_l("One person a line, with the profession: Anna Riva, midwife"),
    )
    proposer = StringField(
        _l("Who had the idea?"),
        description=_l("For example: the families of the courtyard. Leave it empty if it was you."),
        validators=[Length(max=MAX_NAME, message=_SHORTER)],
    )

    def validate_organisers(self, field: Field) -> None:
        """As many, and as long, as can be shown."""
        _check(fit(read_names(field.data or "")))

    def validate_partners(self, field: Field) -> None:
        """The same."""
        _check(fit(read_names(field.data or "")))

    def validate_speakers(self, field: Field) -> None:
        """The same, with professions."""
        _check(fit((), self.people_who_speak()))

    def people_who_speak(self) -> tuple[Speaker, ...]:
        """The lines as they are meant."""
        return read_speakers(self.speakers.data or "")


class SeatsFields(FlaskForm):
    """What takes a seat, and what else there is room for."""

    counted_as = SelectField(_l("Who takes a place?"), default=CountedAs.EVERYBODY.value)
    no_babies = BooleanField(_l("Babies in arms take no place"))
    pushchairs = WholeNumberField(
        _l("Room for how many pushchairs?"),
        description=_l("Leave it empty if there is room enough: then nobody is asked."),
        validators=[Optional(), NumberRange(0, 1_000, _l("Write a number between 0 and 1,000"))],
    )
    childcare = WholeNumberField(
        _l("How many children can be looked after meanwhile?"),
        description=_l("Leave it empty if nobody looks after children during the event."),
        validators=[Optional(), NumberRange(0, 1_000, _l("Write a number between 0 and 1,000"))],
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.counted_as.choices = [(counted.value, counted_as_text(counted)) for counted in CountedAs]


def _check(is_short_enough: bool) -> None:
    if not is_short_enough:
        raise ValidationError(
            gettext(
                "At most %(lines)s lines, each name with at most %(letters)s letters, and a sentence of %(about)s.",
                lines=MOST_NAMES,
                letters=MAX_NAME,
                about=MAX_ABOUT,
            )
        )


def _languages() -> list[tuple[str, str]]:
    """Codes and names, in the order of their names in the language of the page."""
    names = locale_in_force().languages
    return sorted(
        ((code, opening_a_line(names.get(code, code))) for code in LANGUAGES), key=lambda choice: choice[1]
    )
