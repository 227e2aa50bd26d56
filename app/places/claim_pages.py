"""Pages of claims, ready for the templates: one's own, and those that wait for a manager."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel.dates import format_date
from flask import url_for

from app.core.errors import ApplicationError
from app.core.local_text import Text
from app.core.phrasing import locale_in_force
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.places.queries.claims import ClaimView
from app.places.rules.claims import MAX_OPEN, ClaimEnded, ClaimStatus, TooManyClaims
from app.places.rules.hosting import AlreadyHost, TooManyInvitations

REFUSALS: dict[type[ApplicationError], object] = {
    TooManyClaims: _l(
        "%(num)s people have asked for this place already: wait until somebody has looked.", num=MAX_OPEN
    ),
    TooManyInvitations: _l("Too many invitations of this place wait for an answer: take one back first."),
    AlreadyHost: _l("You look after this place already: sign in with this address."),
    ClaimEnded: _l("Somebody has decided this meanwhile: look at how it stands now."),
}
STATUSES = {
    ClaimStatus.UNCONFIRMED: _l("Press the button, so that we know that this address is yours."),
    ClaimStatus.WAITING: _l("Somebody of the network looks at it, and writes to you."),
    ClaimStatus.SELF_CLAIMED: _l("Your address is that of the place: we have sent you the invitation."),
    ClaimStatus.APPROVED: _l("Yes: open the invitation in our mail and you are in."),
    ClaimStatus.DECLINED: _l("No, for this reason:"),
}


@dataclass(frozen=True)
class OwnClaim:
    """A claim as whoever sent it sees it."""

    place_name: Text
    street_address: str
    status: str
    status_text: str
    can_confirm: bool
    reason: Text


@dataclass(frozen=True)
class ClaimRow:
    """A claim as those see it who decide; `url` leads to the place (the staff page where it is not public yet)."""

    id: str
    place_name: Text
    street_address: str
    url: str
    name: str
    email: str
    words: Text
    kind_text: str
    proof_text: str
    day_text: str
    reason: Text
    is_in: bool


def own_claim(claim: ClaimView) -> OwnClaim:
    """How it stands."""
    return OwnClaim(
        claim.place_name, claim.street_address, claim.status.value, str(STATUSES[claim.status]),
        claim.status is ClaimStatus.UNCONFIRMED, claim.reason if claim.status is ClaimStatus.DECLINED else Text("", claim.language),
    )  # fmt: skip


def claim_rows(claims: Iterable[ClaimView]) -> list[ClaimRow]:
    """In the order given."""
    return [_row(claim) for claim in claims]


def refusal(error: ApplicationError) -> str:
    """Why not, and what to do next."""
    return str(REFUSALS.get(type(error), error.message))


def _row(claim: ClaimView) -> ClaimRow:
    is_in = claim.status is ClaimStatus.SELF_CLAIMED
    return ClaimRow(
        claim.public_id, claim.place_name, claim.street_address, url_for("studio.place", place_id=claim.place_public_id),
        claim.name, claim.email, Text(claim.words, claim.language),
        gettext("A new place") if claim.is_new_place else gettext("Wants to look after it"),
        _proof_text(claim), format_date(claim.created_at.date(), "long", locale=locale_in_force()), claim.reason, is_in,
    )  # fmt: skip


def _proof_text(claim: ClaimView) -> str:
    if claim.is_proven:
        return gettext(
            "The address is that of the place, so they are in already; what they publish waits for you."
        )
    return gettext("The address proves nothing about the place: call there, or hand over a code.")
