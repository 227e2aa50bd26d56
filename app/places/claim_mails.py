"""Mails about claims: read this to go on, one waits for you, it was decided."""

from flask_babel import force_locale

from app.accounts.queries import person_by_public_id
from app.core.http import absolute
from app.core.local_text import Text
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.tokens import personal_token
from app.core.translation import gettext
from app.places.letter import LetterPlace, as_mail, letter_about
from app.places.queries.claims import ClaimView, claim_by_public_id
from app.places.queries.hosting import open_invitation_id
from app.places.rules.claims import ClaimStatus, is_open
from app.places.service.claims import claim_token
from app.places.service.hosting import PURPOSE


@renders("claim_confirm")
def confirm_mail(claim_id: str) -> Mail | None:
    """To whoever says that the place is theirs: pressing the button in the page behind the link goes on."""
    claim = claim_by_public_id(claim_id)
    if claim is None or claim.status is not ClaimStatus.UNCONFIRMED:
        return None
    with force_locale(claim.language):
        letter = letter_about(
            _place(claim), claim.language, subject=gettext("Is it you? %(place)s", place=claim.place_name.value),
            hello=_hello(claim), lead=gettext("you would like to look after this place in the Isole di Wendy. One press, and we go on."),
            facts=[], link=absolute("claims.show", token=claim_token(claim_id)), link_text=gettext("Yes, it is me"),
            hint=gettext("If you know nothing of this, ignore this mail: nothing happens."),
        )  # fmt: skip
        return as_mail(claim.email, letter)


@renders("claim_waits")
def waits_mail(subject_id: str) -> Mail | None:
    """To one of those who may decide."""
    claim_id, _, person_id = subject_id.partition(":")
    claim, person = claim_by_public_id(claim_id), person_by_public_id(person_id)
    if claim is None or person is None or not is_open(claim.status):
        return None
    with force_locale(person.language):
        letter = letter_about(
            _place(claim), person.language, subject=gettext("Somebody asks for %(place)s", place=claim.place_name.value),
            hello=gettext("Hello %(name)s,", name=person.name), lead=gettext("somebody asks to look after this place. Look at it and answer."),
            facts=[], quote=Text(claim.words, claim.language) if claim.words else None, link=absolute("claim_desk.index"), link_text=gettext("See and decide"),
        )  # fmt: skip
        return as_mail(person.email, letter)


@renders("claim_decided")
def decided_mail(claim_id: str) -> Mail | None:
    """To whoever asked: yes with the invitation, or no; both with the manager's words."""
    claim = claim_by_public_id(claim_id)
    if (
        claim is None
        or claim.place_id is None
        or claim.status not in (ClaimStatus.APPROVED, ClaimStatus.DECLINED)
    ):
        return None
    with force_locale(claim.language):
        lead, link, link_text = _answer(claim, claim.place_id)
        letter = letter_about(
            _place(claim), claim.language, subject=gettext("Your request: %(place)s", place=claim.place_name.value), hello=_hello(claim),
            lead=lead, facts=[], quote=claim.reason, link=link, link_text=link_text,
        )  # fmt: skip
        return as_mail(claim.email, letter)


def _answer(claim: ClaimView, place_id: int) -> tuple[str, str, str]:
    """What is said, where the link leads, its words."""
    if claim.status is ClaimStatus.DECLINED:
        said = gettext("we cannot let you look after this place.")
        return said, absolute("claims.show", token=claim_token(claim.public_id)), gettext("See how it stands")
    invitation_id = open_invitation_id(place_id, claim.email)
    if invitation_id is None:  # they are in already
        return gettext("yes: you look after this place."), absolute("studio.index"), gettext("Go to my place")
    link = absolute("invitations.show", token=personal_token(PURPOSE, invitation_id, 1))
    return gettext("yes: you may look after this place."), link, gettext("See what that means")


def _hello(claim: ClaimView) -> str:
    return gettext("Hello %(name)s,", name=claim.name) if claim.name else gettext("Hello,")


def _place(claim: ClaimView) -> LetterPlace:
    return LetterPlace(claim.place_name.value, claim.is_demo)
