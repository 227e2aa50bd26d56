"""Pages of hosts: what their place lends, who has it when, who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import url_for

from app.core import clock
from app.core.i18n import chosen_language, local
from app.core.local_text import Text
from app.core.phrasing import side_by_side, time_text
from app.core.translation import gettext, ngettext
from app.events.wording import span_text
from app.places.queries import StaffPlace
from app.spaces.labels import hours_text, kind_text, status_text
from app.spaces.queries import ReservationView, SpaceView
from app.spaces.rules.status import HOLDING, ReservationStatus

MOST_SHOWN = 200


@dataclass(frozen=True)
class SpaceRow:
    """One space in the list of a place."""

    name: Text
    facts_text: str
    is_published: bool
    url: str
    edit_url: str


@dataclass(frozen=True)
class ReservationRow:
    """One stretch of time; `taken_by` says what is there where a date of a series was left out."""

    id: str
    when_text: str
    name: str
    purpose: str
    status: str
    status_text: str
    taken_by: str | None
    decide_url: str | None
    take_up_url: str | None
    cancel_url: str | None


@dataclass(frozen=True)
class SpacePage:
    """Who has a space, and who asks. `left_out` are the dates of series that clashed."""

    place_name: Text
    list_url: str
    name: Text
    facts_text: str
    requests: list[ReservationRow]
    coming: list[ReservationRow]
    left_out: list[ReservationRow]
    series_url: str
    edit_url: str
    public_url: str | None


def space_row(place: StaffPlace, space: SpaceView) -> SpaceRow:
    """One line of the list."""
    return SpaceRow(
        _name(space), _facts(space), space.is_published, _url("show", place, space),
        _url("edit", place, space),
    )  # fmt: skip


def space_page(place: StaffPlace, space: SpaceView, reservations: Sequence[ReservationView]) -> SpacePage:
    """Requests first, then who comes, then what was left out and what stands there instead."""
    rows = [(one, _row(place, space, one, reservations)) for one in reservations[:MOST_SHOWN]]
    return SpacePage(
        place_name=place.name, list_url=url_for("studio_spaces.index", place_id=place.public_id), name=_name(space),
        facts_text=_facts(space),
        requests=[row for one, row in rows if one.status is ReservationStatus.REQUESTED],
        coming=[row for one, row in rows if one.status is ReservationStatus.CONFIRMED],
        left_out=[row for one, row in rows if one.status is ReservationStatus.SKIPPED],
        series_url=_url("series", place, space), edit_url=_url("edit", place, space),
        public_url=url_for("spaces.book", space_id=space.public_id) if space.is_published else None,
    )  # fmt: skip


def _row(
    place: StaffPlace, space: SpaceView, one: ReservationView, others: Sequence[ReservationView]
) -> ReservationRow:
    is_skipped, is_ahead = one.status is ReservationStatus.SKIPPED, one.starts_at > clock.now()
    obstacle = _obstacle(one, others, ZoneInfo(place.tzid)) if is_skipped else None
    return ReservationRow(
        id=one.public_id, when_text=span_text(one.starts_at, one.ends_at, place.tzid), name=one.name,
        purpose=one.purpose, status=str(one.status), status_text=status_text(one.status), taken_by=obstacle,
        decide_url=_url("decide", place, space, one) if one.status is ReservationStatus.REQUESTED else None,
        take_up_url=_url("take_up", place, space, one) if is_skipped and obstacle is None and is_ahead else None,
        cancel_url=_url("take_away", place, space, one) if one.status in HOLDING and is_ahead else None,
    )  # fmt: skip


def _obstacle(one: ReservationView, others: Sequence[ReservationView], zone: ZoneInfo) -> str | None:
    """Who has the time of a date that was left out; None once it is free."""
    there = [
        other for other in others
        if other.status in HOLDING and other.starts_at < one.ends_at and one.starts_at < other.ends_at
    ]  # fmt: skip
    if not there:
        return None
    first = there[0]
    times = gettext(
        "%(begin)s–%(end)s", begin=time_text(first.starts_at, zone), end=time_text(first.ends_at, zone)
    )
    return side_by_side(first.name, times)


def _facts(space: SpaceView) -> str:
    return side_by_side(
        kind_text(space.kind),
        ngettext("for %(num)s person", "for up to %(num)s people", space.seats),
        hours_text(space.opening_hours),
    )


def _url(verb: str, place: StaffPlace, space: SpaceView, one: ReservationView | None = None) -> str:
    return url_for(
        f"studio_spaces.{verb}",
        place_id=place.public_id,
        space_id=space.public_id,
        reservation_id=one.public_id if one else None,
    )


def _name(space: SpaceView) -> Text:
    return local(space.name) or Text("", chosen_language())
