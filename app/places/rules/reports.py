"""Reports about a place: what can be wrong, and how a report goes from new to its end."""

from enum import StrEnum

from app.core.errors import Conflict

MAX_TEXT = 1000  # characters, of the report and of each answer


class ReportKind(StrEnum):
    """What somebody met there."""

    BROKEN = "broken"
    DIRTY = "dirty"
    CLOSED = "closed"
    REFUSED = "refused"
    WRONG = "wrong"
    OTHER = "other"


class ReportStatus(StrEnum):
    """New, taken in hand, answered, put right, or laid aside with a reason."""

    NEW = "new"
    SEEN = "seen"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


class ReportSettled(Conflict):
    """Somebody else has already done this, or more."""


OPEN = frozenset({ReportStatus.NEW, ReportStatus.SEEN})
TOLD = frozenset({ReportStatus.ANSWERED, ReportStatus.RESOLVED, ReportStatus.DISMISSED})
_WORDS_NEEDED = frozenset({ReportKind.WRONG, ReportKind.OTHER})
ALLOWED_MOVES: dict[ReportStatus, frozenset[ReportStatus]] = {
    ReportStatus.NEW: TOLD | {ReportStatus.SEEN},
    ReportStatus.SEEN: TOLD,
    ReportStatus.ANSWERED: frozenset({ReportStatus.RESOLVED, ReportStatus.DISMISSED}),
    ReportStatus.RESOLVED: frozenset(),
    ReportStatus.DISMISSED: frozenset(),
}


def needs_words(kind: ReportKind) -> bool:
    """Whether the kind alone says too little to do anything about it."""
    return kind in _WORDS_NEEDED


def needs_answer(status: ReportStatus) -> bool:
    """An answer is words, and nobody's report is laid aside without any; that it is put right may stand alone."""
    return status in {ReportStatus.ANSWERED, ReportStatus.DISMISSED}


def may_move(before: ReportStatus, after: ReportStatus) -> bool:
    """What can follow what.

    >>> may_move(ReportStatus.NEW, ReportStatus.ANSWERED), may_move(ReportStatus.RESOLVED, ReportStatus.SEEN)
    (True, False)
    """
    return after in ALLOWED_MOVES[before]


def check_move(before: ReportStatus, after: ReportStatus) -> None:
    """Raise ReportSettled where it cannot follow."""
    if not may_move(before, after):
        raise ReportSettled
