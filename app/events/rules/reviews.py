"""Events that a manager looks at before everybody sees them: those of people who are in by their own word alone."""

from enum import StrEnum

from app.core.errors import Conflict

MAX_REASON = 600


class ReviewStatus(StrEnum):
    """How an event that somebody would publish stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


ALLOWED_MOVES: dict[ReviewStatus, frozenset[ReviewStatus]] = {
    ReviewStatus.WAITING: frozenset({ReviewStatus.APPROVED, ReviewStatus.DECLINED}),
    ReviewStatus.APPROVED: frozenset(),
    # Its host may mend it and ask again; a manager may change their mind.
    ReviewStatus.DECLINED: frozenset({ReviewStatus.WAITING, ReviewStatus.APPROVED}),
}


class ReviewSettled(Conflict):
    """Somebody else has decided it meanwhile."""


def check_move(now: ReviewStatus, wanted: ReviewStatus) -> None:
    """Raise ReviewSettled where a review cannot go from here to there."""
    if wanted not in ALLOWED_MOVES[now]:
        raise ReviewSettled
