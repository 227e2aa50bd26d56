"""The words of a booking's page: how it stands, and how one leaves."""

from dataclasses import dataclass

from app.bookings.queries import BookingView
from app.bookings.rules.status import BookingStatus
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
    if booking.status is BookingStatus.EXPIRED:
        return gettext("The place went to the next family"), gettext(
            "We asked you and had no answer in time. If you still want to come, join the list again."
        )
    if booking.status is BookingStatus.OFFERED:
        return gettext("There is room for you"), gettext("Are you coming?")
    if booking.status is BookingStatus.WAITLISTED:
        return gettext("You are on the waiting list"), _waiting_text(booking.email)
    booked = gettext("Your place is booked")
    if booking.email is None:
        return booked, gettext("Keep this page: it is your ticket. At the door you show the code.")
    return booked, gettext("We wrote to %(email)s.", email=booking.email)


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


def leaving(*, is_waiting: bool) -> Leaving:
    """The words for giving a place back, or a turn."""
    if is_waiting:
        return Leaving(
            button_text=gettext("Leave the waiting list"),
            question=gettext("Leave the waiting list?"),
            lead_text=gettext("Whoever waits behind you moves up. Thank you for telling us."),
            yes_text=gettext("Yes, leave the list"),
            no_text=gettext("No, I keep waiting"),
        )
    return Leaving(
        button_text=gettext("I can't come"),
        question=gettext("Give your place back?"),
        lead_text=gettext("Another family can come in your place. Thank you for telling us."),
        yes_text=gettext("Yes, give it back"),
        no_text=gettext("No, I am coming"),
    )
