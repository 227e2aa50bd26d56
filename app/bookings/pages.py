"""Pages about bookings, ready for the templates."""

from dataclasses import dataclass

from flask import url_for

from app.bookings.labels import status_text
from app.bookings.queries import BookingView
from app.bookings.rules.party import Party
from app.bookings.rules.status import BookingStatus, may_move
from app.bookings.ticket import Ticket, manage_hint, ticket_of, untold_text
from app.core import clock
from app.core.i18n import local
from app.core.local_text import Text
from app.core.translation import gettext, ngettext
from app.events import wording
from app.events.cards import EventCard, event_card, event_cards
from app.events.facts import EventView, OccurrenceView
from app.events.pages import coming_dates
from app.events.rules.vocabulary import OccurrenceStatus

OTHER_DATES = 5


@dataclass(frozen=True)
class NewBookingPage:
    """The form's date; `most` people may come with one booking, `wait_text` is on the button of who rather waits."""

    card: EventCard
    most: int
    wait_text: str | None
    email_text: str | None
    leave_text: str


@dataclass(frozen=True)
class NothingToBookPage:
    """Why this date is not booked, and what else can be: the event's other dates."""

    card: EventCard
    reason_text: str
    event_url: str
    others: list[EventCard]


@dataclass(frozen=True)
class PlaceLink:
    """Where it is."""

    url: str
    name: Text


@dataclass(frozen=True)
class Leaving:
    """How one asks a family whether it really gives its place back, or leaves the waiting list."""

    button_text: str
    question: str
    lead_text: str
    yes_text: str
    no_text: str


@dataclass(frozen=True)
class BookingPage:
    """One booking as its family sees it."""

    token: str
    status: str
    status_text: str
    heading: str
    lead_text: str
    reference: str
    card: EventCard
    party_text: str
    name: str
    email: str | None
    untold_text: str | None
    ticket: Ticket | None
    queue_text: str | None
    can_cancel: bool
    leaving: Leaving
    cancel_url: str
    calendar_url: str | None
    place: PlaceLink
    bring: Text | None
    access_notes: Text | None
    manage_hint: str
    again_url: str | None


def new_booking_page(date: OccurrenceView, waiting: Party | None) -> NewBookingPage:
    """The form's page; `waiting` is a party for whom too few seats are left, and which may wait for more."""
    wait_text = None
    if waiting is not None:
        party = wording.party_text(waiting.adults, waiting.children)
        wait_text = gettext("Join the waiting list: %(what)s", what=party)
    most = min(date.max_party, date.capacity or date.max_party)
    return NewBookingPage(event_card(date), most, wait_text, _email_text(date), _leave_text(date))


def needs_email(date: OccurrenceView) -> bool:
    """Whether an address must be given; whoever waits can only be told by mail that there is room."""
    return not date.email_optional or date.free == 0


def _email_text(date: OccurrenceView) -> str | None:
    """Why an address is asked for where the event could do without."""
    if date.email_optional and needs_email(date):
        return gettext(
            "For the waiting list we need an email address: it is how we tell you that there is room."
        )
    return None


def _leave_text(date: OccurrenceView) -> str:
    if date.free == 0:
        return gettext("You can leave the list at any time, with the link in the mail.")
    if needs_email(date):
        return gettext("You can give your place back at any time, with the link in the mail.")
    return gettext("You can give your place back at any time, on the page that comes next.")


def nothing_to_book_page(date: OccurrenceView, reason_text: str) -> NothingToBookPage:
    """The page of a date that is over, off, or free to come to."""
    others = [view for view in coming_dates(date.event_id) if view.id != date.id]
    cards = [card for card in event_cards(others) if card.book_url][:OTHER_DATES]
    event_url = url_for("events.detail", slug=date.event_slug)
    return NothingToBookPage(event_card(date), reason_text, event_url, cards)


def booking_page(
    booking: BookingView, date: OccurrenceView, event: EventView, token: str, *, is_repeat: bool
) -> BookingPage:
    """The page behind a personal link; `is_repeat`: the same browser has just asked for the same again."""
    heading, lead = _words(booking, date)
    is_coming = booking.status is BookingStatus.CONFIRMED and date.starts_at > clock.now()
    return BookingPage(
        token=token, status=str(booking.status), heading=heading, lead_text=lead,
        status_text=_status_text(booking, date), reference=booking.public_id.upper(), card=event_card(date),
        party_text=wording.party_text(booking.adults, booking.children), name=booking.name, email=booking.email,
        untold_text=untold_text(booking), ticket=ticket_of(booking, date), queue_text=_queue_text(booking), can_cancel=can_cancel(booking, date),
        leaving=_leaving(is_waiting=booking.status is BookingStatus.WAITLISTED),
        cancel_url=url_for("bookings.cancel", token=token),
        calendar_url=f"/occurrences/{date.public_id}.ics" if is_coming else None,
        place=PlaceLink(f"/places/{date.place.slug}", date.place.name),
        bring=local(event.bring), access_notes=local(event.access_notes),
        manage_hint=manage_hint(booking),
        again_url=f"{url_for('bookings.new', occurrence_id=date.public_id)}?another=1" if is_repeat else None,
    )  # fmt: skip


def _status_text(booking: BookingView, date: OccurrenceView) -> str:
    """A family whose date is off gave nothing back."""
    if _went_with_date(booking, date):
        return gettext("Cancelled")
    return status_text(booking.status, was_waiting=booking.was_waiting)


def _went_with_date(booking: BookingView, date: OccurrenceView) -> bool:
    return booking.cancelled_with_date or date.status is OccurrenceStatus.CANCELLED


def can_cancel(booking: BookingView, date: OccurrenceView) -> bool:
    """Until the date begins."""
    return may_move(booking.status, BookingStatus.CANCELLED) and date.starts_at > clock.now()


def _words(booking: BookingView, date: OccurrenceView) -> tuple[str, str]:
    """Heading and first sentence."""
    if booking.status is BookingStatus.CANCELLED:
        if _went_with_date(booking, date):
            return gettext("This date is cancelled"), gettext("We are sorry. You need not do anything.")
        if booking.was_waiting:
            return gettext("You left the waiting list"), gettext(
                "We will not write to you about it any more."
            )
        return gettext("You gave your place back"), gettext("Thank you: another family can come.")
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


def _leaving(*, is_waiting: bool) -> Leaving:
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


def _queue_text(booking: BookingView) -> str | None:
    if booking.ahead is None:
        return None
    if booking.ahead == 0:
        return str(gettext("You are the first in line."))
    return str(ngettext("%(num)s family is before you.", "%(num)s families are before you.", booking.ahead))
