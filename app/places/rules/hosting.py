"""Who is invited to look after a place, for how long an invitation is good, and which agreement goes with it."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import Conflict, Gone

LINK_LASTS = timedelta(days=14)
SLIP_LASTS = timedelta(days=60)
MAX_OPEN = 20  # invitations of one place that nobody has answered
AGREEMENT = "2026-11"  # its version; the text is templates/places/agreement.html


class InvitationStatus(StrEnum):
    """An invitation waits for an answer, was accepted, or was taken back."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


ALLOWED_MOVES: dict[InvitationStatus, frozenset[InvitationStatus]] = {
    InvitationStatus.OPEN: frozenset({InvitationStatus.ACCEPTED, InvitationStatus.WITHDRAWN}),
    InvitationStatus.ACCEPTED: frozenset(),
    InvitationStatus.WITHDRAWN: frozenset(),
}


class InvitationEnded(Gone):
    """It was accepted or taken back, or its time is over."""


class TooManyInvitations(Conflict):
    """MAX_OPEN wait for an answer already."""


class AlreadyHost(Conflict):
    """They look after the place already."""


def is_usable(status: InvitationStatus, expires_at: datetime, now: datetime) -> bool:
    """Whether somebody may accept it now.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    >>> is_usable(InvitationStatus.OPEN, noon, noon)
    False
    """
    return status is InvitationStatus.OPEN and now < expires_at
