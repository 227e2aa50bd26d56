"""Mails about who looks after a place: the invitation, and who has come or gone."""

from flask_babel import LazyString

from app.accounts.queries import person_by_public_id
from app.core.http import absolute
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.tokens import personal_token
from app.core.translation import force_locale, gettext
from app.core.translation import lazy_gettext as _l
from app.places.letter import as_mail, letter_about
from app.places.queries import StaffPlace, staff_place, staff_place_by_id
from app.places.queries.hosting import invitation_by_public_id
from app.places.service.hosting import KIND, PURPOSE


@renders(KIND)
def invitation_mail(invitation_id: str) -> Mail | None:
    """To whoever is invited; None once it is answered, taken back or too old."""
    invitation = invitation_by_public_id(invitation_id)
    place = staff_place_by_id(invitation.place_id) if invitation else None
    if invitation is None or place is None or not invitation.is_usable:
        return None
    with force_locale(invitation.language):
        letter = letter_about(
            place, invitation.language,
            subject=gettext("Would you look after %(place)s?", place=place.name.value), hello=gettext("Hello,"),
            lead=gettext("you are asked to look after a place of Isole di Wendy: its hours, what parents find there, its dates, and who comes."),
            facts=[], link=absolute("invitations.show", token=personal_token(PURPOSE, invitation.public_id, 1)),
            link_text=gettext("See what that means"),
            hint=gettext("The link is good for two weeks and for you alone. If you know nothing of this, ignore this mail: nothing happens."),
        )  # fmt: skip
        return as_mail(invitation.email, letter)


@renders("host_joined")
def joined_mail(subject_id: str) -> Mail | None:
    """To one person who looks after the place already."""
    invitation_id, _, person_id = subject_id.partition(":")
    invitation, person = invitation_by_public_id(invitation_id), person_by_public_id(person_id)
    place = staff_place_by_id(invitation.place_id) if invitation else None
    if invitation is None or place is None or person is None or person.email == invitation.email:
        return None
    lead = _l("%(email)s has accepted and looks after this place with you.", email=invitation.email)
    return _to_staff(place, person_id, lead)


@renders("host_left")
def left_mail(subject_id: str) -> Mail | None:
    """To one person who goes on looking after the place."""
    place_id, gone_id, person_id = subject_id.split(":")
    place, gone = staff_place(place_id), person_by_public_id(gone_id)
    if place is None or gone is None or gone_id == person_id:
        return None
    return _to_staff(place, person_id, _l("%(email)s no longer looks after this place.", email=gone.email))


@renders("hosting_ended")
def ended_mail(subject_id: str) -> Mail | None:
    """To whoever was taken off by somebody else."""
    place_id, person_id = subject_id.split(":")
    place = staff_place(place_id)
    lead = _l("you no longer look after this place. If that is a mistake, answer whoever invited you.")
    return _to_staff(place, person_id, lead) if place else None


def _to_staff(place: StaffPlace, person_id: str, lead: LazyString) -> Mail | None:
    """`lead` is put into words once the reader's language is in force."""
    person = person_by_public_id(person_id)
    if person is None:
        return None
    with force_locale(person.language):
        letter = letter_about(
            place, person.language, subject=gettext("Who looks after %(place)s", place=place.name.value),
            hello=gettext("Hello %(name)s,", name=person.name), lead=str(lead), facts=[],
            link=absolute("team.index", place_id=place.public_id), link_text=gettext("See who looks after it"),
        )  # fmt: skip
        return as_mail(person.email, letter)
