"""The words of a booking's page: how it stands, and how one leaves."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.bookings.queries import BookingView
from app.bookings.rules.status import BookingStatus
from app.core.phrasing import time_text
from app.core.translation import gettext
from app.events.facts import OccurrenceView
from app.events.rules.vocabulary import OccurrenceStatus


@dataclass(frozen=True)
class Leaving:
    """How one asks a family whether it really gives its place back, or leaves the waiting list."""

    button_text: str
    question: str
    lead_text: str
    yes_text: str
    no_text: str


def headline(booking: BookingView, date: OccurrenceView) -> tuple[str, str]:
    """Heading and first sentence."""
    if booking.status is BookingStatus.CANCELLED:
        return _cancelled(booking, date)
    if booking.confirm_by is not None and booking.status in (
        BookingStatus.UNCONFIRMED,
        BookingStatus.EXPIRED,
    ):
        return _unconfirmed(booking, date, booking.confirm_by)
    if booking.status in (BookingStatus.EXPIRED, BookingStatus.OFFERED, BookingStatus.WAITLISTED):
        return _in_line(booking)
    booked = gettext("Your place is booked")
    if booking.email is None:
        return booked, gettext("Keep this page: it is your ticket. At the door you show the code.")
    return booked, gettext("We wrote to %(email)s.", email=booking.email)


def _in_line(booking: BookingView) -> tuple[str, str]:
    if booking.status is BookingStatus.EXPIRED:
        return gettext("The place went to the next family"), gettext(
            "We asked you and had no answer in time. If you still want to come, join the list again."
        )
    if booking.status is BookingStatus.OFFERED:
        return gettext("There is room for you"), gettext("Are you coming?")
    return gettext("You are on the waiting list"), _waiting_text(booking.email)


def _unconfirmed(booking: BookingView, date: OccurrenceView, confirm_by: datetime) -> tuple[str, str]:
    if booking.status is BookingStatus.EXPIRED:
        return gettext("The time to confirm is over"), gettext(
            "The place went on. Press the button in our mail all the same: if there is still room, it is yours."
        )
    return gettext("One step is left"), gettext(
        "We wrote to %(email)s. Press the button in that mail before %(time)s: then the place is yours.",
        email=booking.email, time=time_text(confirm_by, ZoneInfo(date.tzid)),
    )  # fmt: skip


def _waiting_text(email: str | None) -> str:
    """Without an address only where a date was restored into a smaller room."""
    if email is None:
        return gettext("Open this page again before the date: it says whether there is room for you.")
    return gettext("We write to %(email)s as soon as there is room.", email=email)


def _cancelled(booking: BookingView, date: OccurrenceView) -> tuple[str, str]:
    if went_with_date(booking, date):
        return gettext("This date is cancelled"), gettext("We are sorry. You need not do anything.")
    if booking.was_waiting:
        return gettext("You left the waiting list"), gettext("We will not write to you about it any more.")
    return gettext("You gave your place back"), gettext("Thank you: another family can come.")


def went_with_date(booking: BookingView, date: OccurrenceView) -> bool:
    """Whether the date is off: its families gave nothing back."""
    return booking.cancelled_with_date or date.status is OccurrenceStatus.CANCELLED


def leaving(*, is_waiting: bool, is_course: bool = False, skips_one: bool = False) -> Leaving:
    """The words for giving a place back, or a turn."""
    if is_waiting:
        return Leaving(
            button_text=gettext("Leave the waiting list"),
            question=gettext("Leave the waiting list?"),
            lead_text=gettext("Whoever waits behind you moves up. Thank you for telling us."),
            yes_text=gettext("Yes, leave the list"),
            no_text=gettext("No, I keep waiting"),
        )
    if skips_one:
        return Leaving(
            button_text=gettext("I can't come"),
            question=gettext("Only this date, or the whole course?"),
            lead_text=gettext("Another family can come in your place. Thank you for telling us."),
            yes_text=gettext("The whole course"),
            no_text=gettext("No, I am coming"),
        )
    if is_course:
        return Leaving(
            button_text=gettext("I can't come"),
            question=gettext("Give the whole course back?"),
            lead_text=gettext("Another family can come in your place, to all the dates that are left."),
            yes_text=gettext("Yes, give the whole course back"),
            no_text=gettext("No, I am coming"),
        )
    return Leaving(
        button_text=gettext("I can't come"),
        question=gettext("Give your place back?"),
        lead_text=gettext("Another family can come in your place. Thank you for telling us."),
        yes_text=gettext("Yes, give it back"),
        no_text=gettext("No, I am coming"),
    )
