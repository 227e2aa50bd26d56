"""What parents propose for a place, and what may become of it."""

from enum import StrEnum

from app.core.errors import Conflict

MAX_WORDS = 1000


class ProposalStatus(StrEnum):
    """How a proposal stands; an accepted one became an event."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


ALLOWED_MOVES: dict[ProposalStatus, frozenset[ProposalStatus]] = {
    ProposalStatus.WAITING: frozenset({ProposalStatus.ACCEPTED, ProposalStatus.DECLINED}),
    ProposalStatus.ACCEPTED: frozenset(),
    # Who said no may find the day after all.
    ProposalStatus.DECLINED: frozenset({ProposalStatus.ACCEPTED}),
}


class ProposalSettled(Conflict):
    """Somebody else has answered it meanwhile."""


def check_move(now: ProposalStatus, wanted: ProposalStatus) -> None:
    """Raise ProposalSettled where a proposal cannot go from here to there."""
    if wanted not in ALLOWED_MOVES[now]:
        raise ProposalSettled
