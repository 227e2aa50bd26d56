"""The mail about what a calendar of others no longer has."""

from flask_babel import force_locale

from app.accounts.queries import person_by_public_id
from app.core.http import absolute
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.translation import gettext
from app.events.queries.calendars import source_by_public_id
from app.places.letter import as_mail, letter_about
from app.places.queries import staff_place_by_id


@renders("calendar_gone")
def gone_mail(subject_id: str) -> Mail | None:
    """To one of those who look after the place; nobody where it was settled meanwhile."""
    source_id, _, person_id = subject_id.partition(":")
    source, person = source_by_public_id(source_id), person_by_public_id(person_id)
    place = staff_place_by_id(source.place_id) if source else None
    if source is None or place is None or person is None or not source.gone:
        return None
    with force_locale(person.language):
        letter = letter_about(
            place, person.language, subject=gettext("No longer in your calendar"), hello=gettext("Hello %(name)s,", name=person.name),
            lead=gettext("the calendar that you take in no longer has some events, which are still on the programme. Say whether they are cancelled."),
            facts=[source.address] if source.address else [], link=absolute("calendars.index", place_id=place.public_id), link_text=gettext("See which"),
        )  # fmt: skip
        return as_mail(person.email, letter)
