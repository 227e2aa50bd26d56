"""The form of an event: three answers to type; everything else is chosen already and can be seen."""

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.core import tokens
from app.core.forms import WholeNumberField
from app.core.i18n import chosen_language
from app.core.local_text import LocalText
from app.core.text import clean_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events.commands import SaveEvent
from app.events.forms.details import PeopleFields, SeatsFields, WordsFields
from app.events.forms.terms import TermsFields
from app.events.forms.when import RepeatForm
from app.events.labels import kind_text
from app.events.rules.bodies import read_names
from app.events.rules.event import MAX_TITLE
from app.events.rules.vocabulary import CountedAs, EventKind, ProposedBy

AGES: dict[str, tuple[int | None, int | None]] = {
    "": (None, None), "pregnancy": (-9, -1), "0-12": (0, 12), "0-36": (0, 36), "36-72": (36, 72),
    "72-132": (72, 132),
}  # fmt: skip
MINUTES = (30, 45, 60, 90, 120, 180)


class EventForm(RepeatForm, WordsFields, PeopleFields, SeatsFields, TermsFields):
    """Everything that can be said of an event. Publishing again with the same key is publishing once."""

    title = StringField(
        _l("What is it called?"),
        validators=[
            InputRequired(_l("Give it a name")),
            Length(max=MAX_TITLE, message=_l("Use a shorter name")),
        ],
    )
    kind = SelectField(_l("What is it?"), default=EventKind.WORKSHOP.value)
    minutes = SelectField(_l("How long?"), coerce=int, default=60)
    age = SelectField(_l("For whom?"), default="")
    capacity = WholeNumberField(
        _l("How many can come?"),
        description=_l("Leave it empty if nobody needs to book."),
        validators=[Optional(), NumberRange(1, 10_000, _l("Write a number between 1 and 10,000"))],
    )
    email_optional = BooleanField(
        _l("Families may book without an email address"),
        description=_l(
            "Whoever leaves it out gets a ticket with a code. You cannot tell them about changes."
        ),
    )
    idempotency_key = HiddenField(default=tokens.random_token)
    # The name of the second button: it is kept, and nobody else sees it yet.
    draft = StringField()
    # Said on the page that asks whether this is the same event as one that is published already.
    another = HiddenField()

    def __init__(self, tzid: str, **values: Any) -> None:
        super().__init__(tzid, **values)
        self.minutes.choices = [(number, gettext("%(num)s minutes", num=number)) for number in MINUTES]
        self.age.choices = list(_ages().items())
        self.kind.choices = [(kind.value, kind_text(kind)) for kind in EventKind]

    def is_sure(self) -> bool:
        """Whether the host was asked, and pressed again; whoever is asked now will have been."""
        was_asked, self.another.data = bool(self.another.data), "1"
        return was_asked

    def command(self, place_id: str) -> SaveEvent:
        """What the form asks; its words are in the language of the page."""
        key = str(self.idempotency_key.data or tokens.random_token())
        # The same form sent for another place is another event.
        own_key = tokens.token_hash(f"{place_id}\n{key}")
        return SaveEvent(
            place_id=place_id, starts_local=self.starts_local, rrule=self.rrule(), rdates=self.rdates(),
            exdates=self.exdates(), source_key=f"form:{own_key}", **self.facts(),
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What SaveEvent says beside its place and its dates."""
        youngest, oldest = self.ages()
        return {
            "title": self.words(clean_line(self.title.data)), "description": self.words(self.description.data),
            "bring": self.words(self.bring.data), "kind": EventKind(self.kind.data),
            "duration_minutes": self.minutes.data, "languages": tuple(self.languages.data),
            "topics": frozenset(self.topics.data), "age_from_months": youngest, "age_to_months": oldest,
            "price": clean_line(self.price.data or ""), "room": clean_line(self.room.data or ""),
            "capacity": self.capacity.data, "counted_as": CountedAs(self.counted_as.data),
            "counts_babies": not self.no_babies.data, "pushchairs": self.pushchairs.data,
            "is_published": not self.draft.data,
            "childcare": self.childcare.data, "email_optional": bool(self.email_optional.data),
            **self._people(), **self.terms(),
        }  # fmt: skip

    def ages(self) -> tuple[int | None, int | None]:
        """The band in months."""
        return AGES[self.age.data]

    def words(self, text: str | None) -> LocalText:
        """A text in the language of the page; false where there is none."""
        language = chosen_language()
        return LocalText.of(language, **{language: text or ""})

    def _people(self) -> dict[str, Any]:
        proposer = clean_line(self.proposer.data or "")
        return {
            "organisers": read_names(self.organisers.data or ""),
            "partners": read_names(self.partners.data or ""), "speakers": self.people_who_speak(),
            "proposer": proposer, "proposed_by": ProposedBy.RESIDENTS if proposer else ProposedBy.HOST,
        }  # fmt: skip


def _ages() -> dict[str, str]:
    return {
        "": gettext("Everybody"),
        "pregnancy": gettext("Pregnancy"),
        "0-12": gettext("0–12 months"),
        "0-36": gettext("0–3 years"),
        "36-72": gettext("3–6 years"),
        "72-132": gettext("6–11 years"),
    }
