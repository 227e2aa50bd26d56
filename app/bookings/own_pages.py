"""The pages on which a family changes how many come, or has everything erased."""

from dataclasses import dataclass

from flask import url_for

from app.bookings.asks import Asks, asks_of
from app.bookings.opened import Opened, is_ahead
from app.bookings.party_words import party_text
from app.bookings.rules.status import STANDING, BookingStatus
from app.events.cards import EventCard, event_card

ASKED = ("adults", "children", "babies", "pushchairs", "childcare")


@dataclass(frozen=True)
class OwnPage:
    """One booking, its date, and what may be done with it. `most` people may come with one booking; `asked` is what they booked, by field.

    `gives_back`: the date is still to come, and whoever erases the booking gives its place, or its turn, back.
    """

    card: EventCard
    status: str
    url: str
    party_text: str
    asked: dict[str, int]
    asks: Asks
    most: int
    can_change: bool
    gives_back: bool


def own_page(found: Opened) -> OwnPage:
    """What the holder of a personal link sees before it decides."""
    booking, date = found.booking, found.date
    stands = booking.status in STANDING and is_ahead(date)
    return OwnPage(
        card=event_card(date),
        status=str(booking.status),
        url=url_for("bookings.show", token=found.token),
        party_text=party_text(booking),
        asked={name: getattr(booking, name) for name in ASKED},
        asks=asks_of(date, found.dates, found.family or (booking,)),
        most=min(date.max_party, date.capacity or date.max_party),
        can_change=stands and booking.status is not BookingStatus.UNCONFIRMED,
        gives_back=stands,
    )
