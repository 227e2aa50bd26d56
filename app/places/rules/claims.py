"""Who says that a place is theirs to look after: what their word is worth, and what may become of it."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

from app.core.errors import Conflict, Gone
from app.core.mistyped import KNOWN

MAX_OPEN = 20  # claims of one place that nobody has decided
MAX_WORDS = 600
LIKE_METRES = 60.0  # nearer than this, a place with a like name is probably the same one
LIKE_ENOUGH = 80.0  # of 100, as rapidfuzz counts


class ClaimStatus(StrEnum):
    """How a claim stands.

    `SELF_CLAIMED`: the address belongs to the place, so its people are in already; what they publish waits until a
    manager has looked.
    """

    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    SELF_CLAIMED = "self_claimed"
    APPROVED = "approved"
    DECLINED = "declined"


ALLOWED_MOVES: dict[ClaimStatus, frozenset[ClaimStatus]] = {
    ClaimStatus.UNCONFIRMED: frozenset({ClaimStatus.WAITING, ClaimStatus.SELF_CLAIMED}),
    ClaimStatus.WAITING: frozenset({ClaimStatus.APPROVED, ClaimStatus.DECLINED}),
    ClaimStatus.SELF_CLAIMED: frozenset({ClaimStatus.APPROVED, ClaimStatus.DECLINED}),
    ClaimStatus.APPROVED: frozenset(),
    # Quick reinstatement: a manager who was wrong says yes after all.
    ClaimStatus.DECLINED: frozenset({ClaimStatus.APPROVED}),
}
OPEN = frozenset({ClaimStatus.WAITING, ClaimStatus.SELF_CLAIMED})


class ClaimEnded(Gone):
    """Somebody has decided it already, or its time is over."""


class TooManyClaims(Conflict):
    """MAX_OPEN of this place wait already."""


def belongs_to_place(email: str, place_email: str, website: str) -> bool:
    """Whether an address is the place's own: the one on its page, or one of its site's domain.

    A domain where everybody has mail proves nothing.

    >>> belongs_to_place("anna@libreria.example", "", "https://www.libreria.example/chi-siamo")
    True
    >>> belongs_to_place("ciao@gmail.com", "Ciao@gmail.com", "")
    True
    >>> belongs_to_place("anna@gmail.com", "", "https://gmail.com/libreria")
    False
    >>> belongs_to_place("anna@example", "", "libreria.example")
    False
    """
    email = email.strip().casefold()
    if place_email and email == place_email.strip().casefold():
        return True
    domain = email.rpartition("@")[2]
    return bool(domain) and domain not in KNOWN and domain == _site_of(website)


def _site_of(website: str) -> str:
    try:
        host = urlsplit(website if "://" in website else f"//{website}").hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^www\.", "", host.casefold())


def is_open(status: ClaimStatus) -> bool:
    """Whether a manager is still to decide."""
    return status in OPEN
