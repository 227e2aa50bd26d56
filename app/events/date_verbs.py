"""What can be done with one date, as buttons; and the page that says why something cannot."""

from dataclasses import dataclass

from flask import url_for

from app.core import clock
from app.core.local_text import Text
from app.core.phrasing import side_by_side
from app.core.translation import gettext
from app.events import wording
from app.events.facts import OccurrenceView
from app.events.labels import refusal
from app.events.rules.occurrence import OccurrenceIsCancelled, OccurrenceOver
from app.events.rules.vocabulary import OccurrenceStatus


@dataclass(frozen=True)
class Action:
    """A button that leads on. `label` is its full name for a screen reader: the words on it first, then of what."""

    code: str
    text: str
    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class SettledPage:
    """Why a date stays as it is, and what can be done instead."""

    title: str
    text: str
    reason: Text | None
    actions: list[Action]


def verbs(view: OccurrenceView) -> list[Action]:
    """The main thing first: who comes, or that a cancelled date takes place after all."""
    what = _what(view)
    people = Action(
        "people", gettext("Who comes"), gettext("Who comes: %(what)s", what=what),
        f"/studio/occurrences/{view.public_id}", "people",
    )  # fmt: skip
    if view.starts_at <= clock.now():
        return [people]
    if view.status is OccurrenceStatus.CANCELLED:
        return [_reinstate(view, what), people]
    return [
        people,
        Action(
            "move", gettext("Move"), gettext("Move: %(what)s", what=what),
            url_for("studio.move", occurrence_id=view.public_id), "clock",
        ),
        Action(
            "cancel", gettext("Cancel this date"), gettext("Cancel this date: %(what)s", what=what),
            url_for("studio.cancel", occurrence_id=view.public_id), "close",
        ),
    ]  # fmt: skip


def settled_page(view: OccurrenceView, verb: str) -> SettledPage | None:
    """None where the verb ("move", "cancel" or "reinstate") can be done."""
    if view.starts_at <= clock.now():
        title, text = gettext("It is too late to change this date"), refusal(OccurrenceOver())
    elif view.status is OccurrenceStatus.CANCELLED and verb != "reinstate":
        title, text = gettext("This date is cancelled"), refusal(OccurrenceIsCancelled())
    elif view.status is OccurrenceStatus.SCHEDULED and verb == "reinstate":
        title, text = gettext("This date is on the programme"), gettext("Nothing needs to be done.")
    else:
        return None
    return SettledPage(title, text, view.cancel_reason, verbs(view)[:1])


def _what(view: OccurrenceView) -> str:
    """Names one date among many: «Reading 0-3 · Thursday 26 November, 10:00–10:45»."""
    return side_by_side(wording.title_text(view), wording.when_text(view.starts_at, view.ends_at, view.tzid))


def _reinstate(view: OccurrenceView, what: str) -> Action:
    return Action(
        "reinstate", gettext("It takes place after all"),
        gettext("It takes place after all: %(what)s", what=what),
        url_for("studio.reinstate", occurrence_id=view.public_id), "check",
    )  # fmt: skip
