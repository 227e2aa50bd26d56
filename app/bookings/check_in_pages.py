"""The check-in of one date: one field, what it led to, how many are here; and the list that the phone keeps meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from app.bookings import queries
from app.bookings.door_counts import DoorCounts, door_counts
from app.bookings.labels import door_status_text
from app.bookings.queries import BookingView
from app.bookings.rules.marks import Settled
from app.bookings.rules.status import HOLDING, BookingStatus
from app.bookings.service import Answered
from app.bookings.verdicts import Verdict, first_name
from app.core import clock
from app.core.translation import gettext
from app.events.cards import EventCard, event_card
from app.events.facts import OccurrenceView


@dataclass(frozen=True)
class CountRow:
    """How many of all are here; `of` names the heads that are counted."""

    of: str
    text: str
    here: int
    all: int
    is_main: bool = False


@dataclass(frozen=True)
class CheckInPage:
    """`kept` is what the script works with while there is no network: first names, codes, states, no more."""

    card: EventCard
    counts_rows: list[CountRow]
    verdict: Verdict | None
    list_url: str
    kept: dict[str, Any]


def check_in_page(date: OccurrenceView, verdict: Verdict | None) -> CheckInPage:
    """The page as it is now."""
    everybody = queries.everybody_of(date.id)
    return CheckInPage(
        card=event_card(date),
        counts_rows=_count_rows(door_counts(everybody)),
        verdict=verdict,
        list_url=url_for("people.index", occurrence_id=date.public_id),
        kept={
            "date": date.public_id,
            "now": clock.now().isoformat(),
            "until": _end_of_the_day(date).isoformat(),
            "marks_url": url_for("check_in.marks", occurrence_id=date.public_id),
            "people": kept_people(everybody),
        },
    )


def kept_people(bookings: Iterable[BookingView]) -> list[dict[str, Any]]:
    """What a phone at the door keeps of each family; of one that gave its place back, that it did."""
    return [_kept(one) for one in bookings]


def conflicts(date: OccurrenceView, answered: Iterable[Answered]) -> list[dict[str, str]]:
    """Which late marks do not stand, and what stands instead."""
    lost = (Settled.OVERTAKEN, Settled.REFUSED)
    return [{"id": one.id, "text": _stands(date, one)} for one in answered if one.settled in lost]


def _count_rows(counts: DoorCounts) -> list[CountRow]:
    here, everybody = counts.here, counts.expected
    of_all = here.adults + here.children, everybody.adults + everybody.children
    return [
        CountRow("people", gettext("Here:"), *of_all, is_main=True),
        CountRow("adults", gettext("Adults:"), here.adults, everybody.adults),
        CountRow("children", gettext("Children:"), here.children, everybody.children),
    ]


def _kept(booking: BookingView) -> dict[str, Any]:
    counts = booking.status in HOLDING
    return {
        "code": booking.code,
        "name": first_name(booking) if booking.status is not BookingStatus.CANCELLED else "",
        "status": str(booking.status),
        "at": booking.marked_at.isoformat() if booking.marked_at else None,
        "can_undo": not booking.has_no_seat,
        "adults": booking.adults if counts else 0,
        "children": booking.children if counts else 0,
    }


def _stands(date: OccurrenceView, answered: Answered) -> str:
    booking = queries.booking_by_code(answered.booking, date.id) if answered.status else None
    if booking is None:
        return gettext("%(code)s: this family is no longer on the list.", code=answered.booking.upper())
    name, state = first_name(booking), door_status_text(booking)
    if answered.settled is Settled.OVERTAKEN:
        return gettext(
            "%(name)s: marked again later elsewhere. What stands: %(state)s.", name=name, state=state
        )
    return gettext("%(name)s: the mark was not taken. What stands: %(state)s.", name=name, state=state)


def _end_of_the_day(date: OccurrenceView) -> datetime:
    """The midnight after the end, or after now where that is over, on the clocks of the place."""
    local = max(date.ends_at, clock.now()).astimezone(ZoneInfo(date.tzid)) + timedelta(days=1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
