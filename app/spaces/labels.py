"""Kinds, states and refusals of spaces in the interface's languages."""

from typing import Any

from flask_babel import LazyString

from app.core.errors import ApplicationError, Busy
from app.core.limits import TooManyRequests
from app.core.translation import lazy_gettext as _l
from app.places.regular_wording import regular_text
from app.places.rules.weekly_hours import read
from app.spaces.rules.refusals import AlreadyBegun, CutNotPossible, SlotTaken, TooManyDates, TooManyThisWeek
from app.spaces.rules.series import Every
from app.spaces.rules.status import ReservationStatus, SpaceKind

_KINDS: dict[SpaceKind, tuple[str, LazyString]] = {
    SpaceKind.HALL: ("community_space", _l("Room by the hour")),
    SpaceKind.DESK: ("advice_centre", _l("Advice by appointment")),
}
_STATES: dict[ReservationStatus, LazyString] = {
    ReservationStatus.REQUESTED: _l("Waiting for an answer"),
    ReservationStatus.CONFIRMED: _l("Reserved"),
    ReservationStatus.DECLINED: _l("Not possible"),
    ReservationStatus.CANCELLED: _l("Given back"),
    ReservationStatus.SKIPPED: _l("Left out"),
    ReservationStatus.EXPIRED: _l("No answer in time"),
}
_EVERY: dict[Every, LazyString] = {
    Every.WEEK: _l("Every week"),
    Every.FORTNIGHT: _l("Every two weeks"),
    Every.MONTH: _l("Every month, on the same day"),
}
_REFUSALS: dict[Any, LazyString] = {
    SlotTaken: _l("This time is no longer free: choose another one."),
    TooManyThisWeek: _l("You have as many times in this week as one may have: choose another week."),
    AlreadyBegun: _l("This time has already begun: it can no longer be changed."),
    CutNotPossible: _l("This length is not possible here: choose another one."),
    TooManyDates: _l("These are too many dates at once: at most 60. Choose an earlier last day."),
    TooManyRequests: _l("Many requests came from this address or network. Wait a little and press again."),
    Busy: _l("The site is very busy: nothing was reserved yet. Press again in a moment."),
}


def kind_text(kind: SpaceKind) -> str:
    """What it is: "Room by the hour"."""
    return str(_KINDS[kind][1])


def kind_icon(kind: SpaceKind) -> str:
    """Its glyph in the sprite."""
    return _KINDS[kind][0]


def status_text(status: ReservationStatus) -> str:
    """How a reservation stands."""
    return str(_STATES[status])


def every_choices() -> list[tuple[str, str]]:
    """How often a series comes back."""
    return [(every.value, str(words)) for every, words in _EVERY.items()]


def hours_text(text: str) -> str:
    """«Mon–Fri 09:30–18:30 · Sat 10:00–13:00»; what has no such form stays as it is written."""
    hours = read(text)
    return regular_text(hours.days) if hours and not hours.is_empty else text


def refusal(error: ApplicationError) -> str:
    """Why a space cannot be had, and what to do."""
    other = _l("This cannot be done now. Reload the page and try again.")
    return str(next((words for kind, words in _REFUSALS.items() if isinstance(error, kind)), other))
