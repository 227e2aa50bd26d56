"""What a mail about a place is made of, ready for templates/emails/places/."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from app.core.i18n import languages
from app.core.local_text import Text
from app.core.mail.message import Mail
from app.core.translation import gettext
from app.places.queries import PlaceView, StaffPlace


@dataclass(frozen=True)
class Letter:
    """The words of one mail; templates/emails/places/ arranges them."""

    subject: str
    hello: str
    lead: str
    place: str
    facts: Sequence[str]
    quote: Text | None
    hint: str
    link: str
    link_text: str
    demo: str
    language: str
    direction: str


@dataclass(frozen=True)
class LetterPlace:
    """A place that a mail speaks of, which may not be in the catalogue yet."""

    name: str
    is_demo: bool


def letter_about(
    place: PlaceView | StaffPlace | LetterPlace, language: str, *, subject: str, hello: str, lead: str, facts: Sequence[str], link: str,
    link_text: str, quote: Text | None = None, hint: str = "",
) -> Letter:  # fmt: skip
    """In the language that is in force already. `lead` goes on after the greeting; `link` gets the language."""
    direction = next((known.direction for known in languages() if known.code == language), "ltr")
    demo = gettext("This is a made-up place of the demo network.") if place.is_demo else ""
    return Letter(
        subject=subject, hello=hello, lead=lead, place=place.name if isinstance(place.name, str) else place.name.value, facts=facts, quote=quote, hint=hint,
        link=f"{link}?lang={language}", link_text=link_text, demo=demo, language=language, direction=direction,
    )  # fmt: skip


def as_mail(to: str, letter: Letter) -> Mail:
    """As text and as HTML."""
    return Mail(
        to=to,
        subject=letter.subject,
        text=render_template("emails/places/letter.txt", letter=letter),
        html=render_template("emails/places/letter.html", letter=letter),
        language=letter.language,
    )
