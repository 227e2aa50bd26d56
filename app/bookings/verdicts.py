"""What the host reads after a code or name: who it is, and what to do."""

from dataclasses import dataclass, field

from flask import url_for

from app.bookings.door_search import Finding, Found
from app.bookings.party_words import party_text
from app.bookings.queries import BookingView
from app.core.phrasing import side_by_side
from app.core.translation import gettext
from app.events import wording
from app.events.facts import OccurrenceView
from app.events.queries import occurrence_by_id


@dataclass(frozen=True)
class Choice:
    """One of several families that a name may mean."""

    code: str
    text: str


@dataclass(frozen=True)
class Verdict:
    """`kind` is the look of the notice; `text` says what is so, `hint` what to do.

    `code` where this family can be checked in, `undo_url` where it is here and the mark can be taken back.
    """

    kind: str
    text: str
    hint: str = ""
    code: str | None = None
    undo_url: str | None = None
    choices: list[Choice] = field(default_factory=list)


def first_name(booking: BookingView) -> str:
    """As one calls a family at the door."""
    return booking.name.split()[0] if booking.name.split() else booking.name


def verdict(date: OccurrenceView, finding: Finding, *, is_done: bool = False) -> Verdict:
    """The notice of a finding; `is_done`: this very family has just been checked in."""
    booking = finding.booking
    if finding.found is Found.SEVERAL:
        choices = [Choice(one.code.upper(), _line(one)) for one in finding.several]
        return Verdict("info", gettext("Who is it?"), choices=choices)
    if booking is None:
        return _nobody(finding.found)
    if finding.found is Found.OTHER_DATE:
        return _other_date(booking)
    if finding.found is Found.ALREADY:
        return _here(date, booking, is_done=is_done)
    return _state(finding.found, booking)


def _line(booking: BookingView) -> str:
    party = party_text(booking)
    return side_by_side(booking.name, party, booking.code.upper())


def _nobody(found: Found) -> Verdict:
    if found is Found.OTHER_DATE:
        return Verdict("error", gettext("This ticket is for another date."), _look_at_the_ticket())
    return Verdict(
        "error",
        gettext("No name and no code on this list is like that."),
        gettext("Try another spelling. Whoever has not booked can be added on the list of who comes."),
    )


def _look_at_the_ticket() -> str:
    return gettext(
        "Look at the date on the ticket. If there is room, add the family on the list of who comes."
    )


def _other_date(booking: BookingView) -> Verdict:
    other = occurrence_by_id(booking.occurrence_id)
    if other is None:
        return _nobody(Found.OTHER_DATE)
    when = wording.moment_text(other.starts_at, other.tzid)
    return Verdict(
        "error", gettext("This ticket is for another date: %(when)s.", when=when), _look_at_the_ticket()
    )


def _here(date: OccurrenceView, booking: BookingView, *, is_done: bool) -> Verdict:
    name, undo = first_name(booking), None
    if not booking.has_no_seat:
        undo = url_for("people.mark", occurrence_id=date.public_id, booking_id=booking.public_id)
    if is_done:
        return Verdict("done", gettext("%(name)s is here.", name=name), _line(booking), undo_url=undo)
    hint = gettext("If this is another family, look at its code.")
    return Verdict("warning", gettext("%(name)s is here already.", name=name), hint, undo_url=undo)


def _state(found: Found, booking: BookingView) -> Verdict:
    name = first_name(booking)
    if found is Found.WAITING:
        return Verdict(
            "warning",
            gettext("%(name)s is on the waiting list and has no place.", name=name),
            gettext("If there is room now, add the family on the list of who comes."),
        )
    if found is Found.CANCELLED:
        return Verdict(
            "warning",
            gettext("This booking was given back."),
            gettext("If there is room now, add the family on the list of who comes."),
        )
    return Verdict(
        "info", gettext("Check %(name)s in?", name=name), _line(booking), code=booking.code.upper()
    )
