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
    if has_begun(view):
        return [people, _again(view, what)]
    if view.status is OccurrenceStatus.CANCELLED:
        return [_reinstate(view, what), people]
    cancel = Action(
        "cancel", gettext("Cancel this date"), gettext("Cancel this date: %(what)s", what=what),
        _url("cancel", view), "close",
    )  # fmt: skip
    if view.status is OccurrenceStatus.POSTPONED:
        return [_set_new_day(view, what), people, cancel]
    return [people, _move(view, what), *_smaller(view, what), cancel]


def has_begun(view: OccurrenceView) -> bool:
    """Whether a date is history; one that was put off never is."""
    return view.status is not OccurrenceStatus.POSTPONED and view.starts_at <= clock.now()


def settled_page(view: OccurrenceView, verb: str) -> SettledPage | None:
    """None where the verb ("move", "seats", "postpone", "cancel" or "reinstate") can be done."""
    if has_begun(view):
        title, text = gettext("It is too late to change this date"), refusal(OccurrenceOver())
    elif view.status is OccurrenceStatus.CANCELLED and verb != "reinstate":
        title, text = gettext("This date is cancelled"), refusal(OccurrenceIsCancelled())
    elif view.status is OccurrenceStatus.SCHEDULED and verb == "reinstate":
        title, text = gettext("This date is on the programme"), gettext("Nothing needs to be done.")
    elif view.status is OccurrenceStatus.POSTPONED and verb in ("postpone", "reinstate"):
        title = gettext("This date is put off")
        text = gettext("As soon as you know the new day, set it: whoever has booked gets a mail.")
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
        _url("reinstate", view), "check",
    )  # fmt: skip


def _set_new_day(view: OccurrenceView, what: str) -> Action:
    return Action(
        "move", gettext("Set the new day"), gettext("Set the new day: %(what)s", what=what), _url("move", view), "clock"
    )  # fmt: skip


def _move(view: OccurrenceView, what: str) -> Action:
    return Action("move", gettext("Move"), gettext("Move: %(what)s", what=what), _url("move", view), "clock")


def _smaller(view: OccurrenceView, what: str) -> list[Action]:
    """What is done less often."""
    seats = Action(
        "seats", gettext("Places and room"), gettext("Places and room: %(what)s", what=what), _url("seats", view), "people"
    )  # fmt: skip
    put_off = Action(
        "postpone", gettext("Put off"), gettext("Put off: %(what)s", what=what), _url("postpone", view), "calendar"
    )  # fmt: skip
    edit = Action(
        "edit", gettext("Edit the event"), gettext("Edit the event: %(what)s", what=what),
        url_for("studio_events.edit", event_id=view.event_public_id), "list",
    )  # fmt: skip
    return [seats, put_off, edit, _again(view, what)]


def _again(view: OccurrenceView, what: str) -> Action:
    return Action(
        "again", gettext("Again, or elsewhere"), gettext("Again, or elsewhere: %(what)s", what=what),
        url_for("studio_again.ask", event_id=view.event_public_id), "plus",
    )  # fmt: skip


def _url(verb: str, view: OccurrenceView) -> str:
    return url_for(f"studio_dates.{verb}", occurrence_id=view.public_id)
