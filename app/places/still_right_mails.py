"""The mail that asks a host whether everything is still so; its button leads to a page, since scanners open links."""

from app.accounts.queries import hosts_of
from app.core import clock
from app.core.http import absolute
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.translation import force_locale, gettext
from app.places.answers import amenity_answers
from app.places.letter import as_mail, letter_about
from app.places.queries import place_by_id
from app.places.queries.still_right import still_right_question
from app.places.rules.vocabulary import AmenityState
from app.places.service.still_right import KIND
from app.places.still_right_pages import token_for


@renders(KIND)
def still_right_mail(subject_id: str) -> Mail | None:
    """To one host; None once somebody has answered, or they look after it no more."""
    question_id, _, person_id = subject_id.partition(":")
    question = still_right_question(question_id)
    place = place_by_id(question.place_id) if question and not question.is_answered else None
    host = next((one for one in hosts_of(place.id) if one.public_id == person_id), None) if place else None
    if place is None or host is None:
        return None
    with force_locale(host.language):
        rows = amenity_answers(place, clock.now()).rows
        letter = letter_about(
            place, host.language, subject=gettext("Is this still right? %(place)s", place=place.name),
            hello=gettext("Hello %(name)s,", name=host.name),
            lead=gettext("parents set out because of what the page says. For a while nobody has confirmed it:"),
            facts=[f"{row.text}: {row.state_text}" for row in rows if row.state != AmenityState.UNKNOWN],
            link=absolute("still_right.show", question_id=question_id, person_id=person_id, token=token_for(question_id, person_id)),
            link_text=gettext("Yes, or something has changed"),
            hint=gettext("We ask at most four times a year, and never in August."),
        )  # fmt: skip
        return as_mail(host.email, letter)
