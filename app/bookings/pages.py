"""Pages about bookings, ready for the templates."""

from dataclasses import dataclass

from flask import url_for

from app.bookings.asks import Asks, asks_of
from app.bookings.course_pages import CourseDate, dates_booked, dates_to_book, skips_one
from app.bookings.labels import status_text
from app.bookings.offer_words import OfferBox, offer_box
from app.bookings.opened import Opened, is_ahead
from app.bookings.page_words import Leaving, headline, leaving, went_with_date
from app.bookings.party_words import ages_text, party_text
from app.bookings.queries import BookingView
from app.bookings.queries.answers import NOTHING_TOLD, answers_of
from app.bookings.queries.offers import OfferView
from app.bookings.rules.party import Party
from app.bookings.rules.status import STANDING, WAITING, BookingStatus
from app.bookings.ticket import Ticket, manage_hint, ticket_of, untold_text
from app.core import clock
from app.core.i18n import local
from app.core.local_text import Text
from app.core.translation import gettext, ngettext
from app.events import wording
from app.events.cards import EventCard, event_card, event_cards
from app.events.facts import EventView, OccurrenceView
from app.events.pages import coming_dates
from app.events.queries import dates_of_course
from app.events.rules.vocabulary import OccurrenceStatus

OTHER_DATES = 5


@dataclass(frozen=True)
class NewBookingPage:
    """The form's date; `most` people may come with one booking, `wait_text` is on the button of who rather waits."""

    card: EventCard
    most: int
    asks: Asks
    wait_text: str | None
    email_text: str | None
    leave_text: str
    course: list[CourseDate]


@dataclass(frozen=True)
class NothingToBookPage:
    """Why this date is not booked, and what else can be: the event's other dates; `why` are the host's own words."""

    card: EventCard
    reason_text: str
    why: Text | None
    event_url: str
    others: list[EventCard]


@dataclass(frozen=True)
class PlaceLink:
    """Where it is."""

    url: str
    name: Text


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
    ages_text: str
    needs: str
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
    offer: OfferBox | None
    offer_url: str
    rejoin_url: str | None
    change_url: str | None
    erase_url: str
    course: list[CourseDate]
    skip_text: str | None


def new_booking_page(date: OccurrenceView, waiting: Party | None) -> NewBookingPage:
    """The form's page; `waiting` is a party for whom too few seats are left, and which may wait for more."""
    wait_text = None
    if waiting is not None:
        party = wording.party_text(waiting.adults, waiting.children)
        wait_text = gettext("Join the waiting list: %(what)s", what=party)
    most = min(date.max_party, date.capacity or date.max_party)
    course = dates_of_course(date)
    return NewBookingPage(
        event_card(date), most, asks_of(date, course), wait_text, _email_text(date), _leave_text(date),
        dates_to_book(course),
    )  # fmt: skip


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
    return NothingToBookPage(event_card(date), reason_text, date.cancel_reason, event_url, cards)


def booking_page(
    found: Opened,
    event: EventView,
    *,
    is_repeat: bool,
    offer: OfferView | None = None,
) -> BookingPage:
    """The page behind a personal link; `is_repeat`: the same browser has just asked for the same again.

    `offer` is the one that the family may answer.
    """
    booking, date, token = found.booking, found.date, found.token
    heading, lead = headline(booking, date)
    told = answers_of([booking.id]) if date.asks_ages or date.asks_needs else {}
    answer = told.get(booking.id, NOTHING_TOLD)
    is_coming = booking.status is BookingStatus.CONFIRMED and is_ahead(date)
    has_day = date.status is not OccurrenceStatus.POSTPONED
    return BookingPage(
        token=token, status=str(booking.status), heading=heading, lead_text=lead,
        status_text=_status_text(booking, date), reference=booking.code.upper(), card=event_card(date),
        party_text=party_text(booking), ages_text=ages_text(answer), needs=answer.needs, name=booking.name, email=booking.email,
        untold_text=untold_text(booking), ticket=ticket_of(booking, date), queue_text=_queue_text(booking),
        can_cancel=can_cancel(booking, date), leaving=leaving(is_waiting=booking.status in WAITING, is_course=bool(found.dates), skips_one=skips_one(found)),
        cancel_url=url_for("bookings.cancel", token=token),
        calendar_url=_calendar_url(found, token) if is_coming and has_day else None,
        place=PlaceLink(f"/places/{date.place.slug}", date.place.name),
        bring=local(event.bring), access_notes=local(event.access_notes),
        manage_hint=manage_hint(booking),
        again_url=f"{url_for('bookings.new', occurrence_id=date.public_id)}?another=1" if is_repeat else None,
        offer=offer_box(offer, date.tzid) if offer else None, offer_url=url_for("bookings.answer", token=token),
        rejoin_url=_rejoin_url(booking, date),
        change_url=_change_url(booking, date, token),
        erase_url=url_for("own_booking.erase", token=token),
        course=dates_booked(found), skip_text=gettext("Only this date") if skips_one(found) else None,
    )  # fmt: skip


def _calendar_url(found: Opened, token: str) -> str:
    if found.dates:
        return url_for("own_booking.calendar", token=token)
    return f"/occurrences/{found.date.public_id}.ics"


def _change_url(booking: BookingView, date: OccurrenceView, token: str) -> str | None:
    is_known = booking.status is not BookingStatus.UNCONFIRMED
    return url_for("own_booking.change", token=token) if is_known and can_cancel(booking, date) else None


def _rejoin_url(booking: BookingView, date: OccurrenceView) -> str | None:
    """Whoever did not answer in time may wait again."""
    if booking.status is not BookingStatus.EXPIRED or date.starts_at <= clock.now():
        return None
    return url_for("bookings.new", occurrence_id=date.public_id)


def _status_text(booking: BookingView, date: OccurrenceView) -> str:
    """A family whose date is off gave nothing back."""
    if went_with_date(booking, date):
        return gettext("Cancelled")
    return status_text(booking.status, was_waiting=booking.was_waiting)


def can_cancel(booking: BookingView, date: OccurrenceView) -> bool:
    """Until the date begins."""
    return booking.status in STANDING and is_ahead(date)


def _queue_text(booking: BookingView) -> str | None:
    if booking.ahead is None:
        return None
    if booking.ahead == 0:
        return str(gettext("You are the first in line."))
    return str(ngettext("%(num)s family is before you.", "%(num)s families are before you.", booking.ahead))
