"""The pages on which a family changes how many come, or has everything erased."""

from dataclasses import dataclass

from flask import url_for

from app.bookings.pages import is_ahead
from app.bookings.queries import BookingView
from app.bookings.rules.status import STANDING
from app.events import wording
from app.events.cards import EventCard, event_card
from app.events.facts import OccurrenceView


@dataclass(frozen=True)
class OwnPage:
    """One booking, its date, and what may be done with it. `most` people may come with one booking.

    `gives_back`: the date is still to come, and whoever erases the booking gives its place, or its turn, back.
    """

    card: EventCard
    status: str
    url: str
    party_text: str
    adults: int
    children: int
    most: int
    can_change: bool
    gives_back: bool


def own_page(booking: BookingView, date: OccurrenceView, token: str) -> OwnPage:
    """What the holder of a personal link sees before it decides."""
    stands = booking.status in STANDING and is_ahead(date)
    return OwnPage(
        card=event_card(date),
        status=str(booking.status),
        url=url_for("bookings.show", token=token),
        party_text=wording.party_text(booking.adults, booking.children),
        adults=booking.adults,
        children=booking.children,
        most=min(date.max_party, date.capacity or date.max_party),
        can_change=stands,
        gives_back=stands,
    )
