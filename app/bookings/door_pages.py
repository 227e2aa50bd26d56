"""The list of those who come to one date: on a phone at the door, on paper, as a table for other programs."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO

from flask import url_for

from app.bookings.labels import status_text
from app.bookings.offer_words import why_text
from app.bookings.queries import BookingView
from app.bookings.queries.offers import OfferView
from app.bookings.rules import door
from app.bookings.rules.status import HOLDING, BookingStatus
from app.core import clock
from app.core.i18n import chosen_language
from app.core.text import fold
from app.core.translation import gettext
from app.events import wording
from app.events.cards import EventCard, event_card
from app.events.facts import OccurrenceView

MANY = 8  # families, from which one looks for a name instead of reading
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Signs that Crockford's alphabet leaves out because people read them as others.
_READ_AS = str.maketrans("oil", "011")


@dataclass(frozen=True)
class MarkButton:
    """A button: what it says, its full name for a screen reader, the state it sends; `is_on` where that is the state."""

    text: str
    label: str
    status: str
    is_on: bool


@dataclass(frozen=True)
class PersonRow:
    """One family on the list of those who come; its e-mail address is for mails alone (the privacy page says so)."""

    id: str
    code: str
    name: str
    party_text: str
    status: str
    status_text: str
    marks: list[MarkButton]
    mark_url: str
    why_text: str | None


@dataclass(frozen=True)
class PeoplePage:
    """Who comes to one date. `come_text` says how many have come so far; `sought` is what was looked for."""

    card: EventCard
    summary_text: str
    come_text: str | None
    people: list[PersonRow]
    sought: str
    has_search: bool
    nothing_text: str | None
    csv_url: str | None


def people_page(
    date: OccurrenceView, bookings: list[BookingView], offers: Mapping[int, OfferView], sought: str = ""
) -> PeoplePage:
    """The list for the host, with the number of heads; `sought` is a part of a name, or a code.

    `offers` are the last ones made to families, by the key of their booking.
    """
    holding = [
        one for one in bookings if one.status in HOLDING or (one.cancelled_with_date and not one.only_waits)
    ]
    come = [one for one in bookings if one.status is BookingStatus.ATTENDED]
    expected = _heads(holding)
    found = [one for one in bookings if answers(one, sought)]
    is_open = door.is_open(date.starts_at, date.ends_at, clock.now())
    return PeoplePage(
        card=event_card(date),
        summary_text=_party(expected) if expected else gettext("Nobody has booked yet."),
        come_text=gettext("Here so far: %(who)s", who=_party(_heads(come))) if come else None,
        people=[_person(date, one, offers.get(one.id), is_open=is_open) for one in found],
        sought=sought,
        has_search=bool(sought) or len(bookings) >= MANY,
        nothing_text=None
        if found or not sought
        else gettext("No name and no code on this list is like that."),
        csv_url=url_for("people.table_file", occurrence_id=date.public_id) if bookings else None,
    )


def answers(booking: BookingView, sought: str) -> bool:
    """Whether every word looked for begins a word of the name, or the code begins so (0 and O, 1, I and L are one)."""
    typed = fold(sought)
    if not typed:
        return True
    names = fold(booking.name).split()
    code = typed.replace(" ", "").translate(_READ_AS)
    return booking.public_id.startswith(code) or all(
        any(name.startswith(word) for name in names) for word in typed.split()
    )


def table(bookings: Iterable[BookingView]) -> str:
    """The list as CSV that spreadsheets open rightly and that cannot hold a formula."""
    text = StringIO()
    # Spreadsheets split at what their country does not use in numbers.
    rows = csv.writer(text, delimiter="," if chosen_language() == "en" else ";")
    rows.writerow(
        [gettext("Code"), gettext("Name"), gettext("Adults"), gettext("Children"), gettext("State")]
    )
    for one in bookings:
        rows.writerow([one.public_id.upper(), _harmless(one.name), one.adults, one.children, _state(one)])
    return text.getvalue()


def _harmless(text: str) -> str:
    """A text that begins like a formula is marked as text (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _person(
    date: OccurrenceView, booking: BookingView, offer: OfferView | None, *, is_open: bool
) -> PersonRow:
    return PersonRow(
        id=booking.public_id,
        code=booking.public_id.upper(),
        name=booking.name,
        party_text=wording.party_text(booking.adults, booking.children),
        status=str(booking.status),
        status_text=_state(booking),
        marks=_marks(booking) if is_open and booking.status in HOLDING else [],
        mark_url=url_for("people.mark", occurrence_id=date.public_id, booking_id=booking.public_id),
        why_text=why_text(offer, date.tzid) if offer else None,
    )


def _marks(booking: BookingView) -> list[MarkButton]:
    """A pressed button takes its mark back."""
    words = {
        BookingStatus.ATTENDED: (gettext("Is here"), gettext("Is here: %(name)s", name=booking.name)),
        BookingStatus.NO_SHOW: (
            gettext("Did not come"),
            gettext("Did not come: %(name)s", name=booking.name),
        ),
    }
    return [
        MarkButton(text, label, BookingStatus.CONFIRMED if booking.status is status else status, booking.status is status)
        for status, (text, label) in words.items()
    ]  # fmt: skip


def _state(booking: BookingView) -> str:
    return gettext("Had booked") if booking.cancelled_with_date else status_text(booking.status)


def _heads(bookings: Iterable[BookingView]) -> door.Heads:
    return door.count((one.adults, one.children) for one in bookings)


def _party(heads: door.Heads) -> str:
    return wording.party_text(heads.adults, heads.children)
