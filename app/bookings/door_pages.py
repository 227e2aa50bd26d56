"""The list of those who come to one date: on a phone at the door, and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.bookings.door_counts import door_counts, party, without_seat_text
from app.bookings.door_search import answers as is_sought
from app.bookings.labels import door_status_text
from app.bookings.offer_words import why_text
from app.bookings.party_words import ages_text, party_text
from app.bookings.queries import BookingView
from app.bookings.queries.answers import NOTHING_TOLD, AnswerView
from app.bookings.queries.offers import OfferView
from app.bookings.rules import door
from app.bookings.rules.status import HOLDING, BookingSource, BookingStatus
from app.core import clock
from app.core.phrasing import side_by_side
from app.core.translation import gettext
from app.events.cards import EventCard, event_card
from app.events.facts import OccurrenceView

MANY = 8  # families, from which one looks for a name instead of reading


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
    note_text: str | None
    ages_text: str
    needs: str
    take_off_url: str | None


@dataclass(frozen=True)
class PeoplePage:
    """Who comes to one date. `come_text` says how many have come so far; `sought` is what was looked for."""

    card: EventCard
    summary_text: str
    come_text: str | None
    above_text: str | None
    people: list[PersonRow]
    sought: str
    has_search: bool
    nothing_text: str | None
    csv_url: str | None
    xlsx_url: str | None
    add_url: str
    check_in_url: str | None
    absent_url: str | None


def people_page(
    date: OccurrenceView,
    bookings: list[BookingView],
    offers: Mapping[int, OfferView],
    answers: Mapping[int, AnswerView],
    sought: str = "",
) -> PeoplePage:
    """The list for the host, with the number of heads; `sought` is a part of a name, or a code.

    `offers` are the last ones made to families, `answers` what they told besides, by the key of their booking.
    """
    counts = door_counts(bookings)
    found = [one for one in bookings if is_sought(one, sought)]
    now, here = clock.now(), date.public_id
    is_open = door.is_open(date.starts_at, date.ends_at, now)
    is_somebody_missing = any(one.status is BookingStatus.CONFIRMED for one in bookings)
    return PeoplePage(
        card=event_card(date),
        summary_text=party(counts.expected) if counts.expected else gettext("Nobody has booked yet."),
        come_text=gettext("Here so far: %(who)s", who=party(counts.here)) if counts.here else None,
        above_text=without_seat_text(counts),
        people=[
            _person(date, one, offers.get(one.id), answers.get(one.id, NOTHING_TOLD), is_open=is_open)
            for one in found
        ],
        sought=sought,
        has_search=bool(sought) or len(bookings) >= MANY,
        nothing_text=None
        if found or not sought
        else gettext("No name and no code on this list is like that."),
        csv_url=url_for("people.table_file", occurrence_id=here) if bookings else None,
        xlsx_url=url_for("door.workbook_file", occurrence_id=here) if bookings else None,
        add_url=url_for("door.add", occurrence_id=here),
        check_in_url=url_for("check_in.index", occurrence_id=here) if is_open and bookings else None,
        absent_url=url_for("door.absent", occurrence_id=here)
        if is_open and now >= date.ends_at and is_somebody_missing
        else None,
    )


def _person(
    date: OccurrenceView, booking: BookingView, offer: OfferView | None, answer: AnswerView, *, is_open: bool
) -> PersonRow:
    here, own_id = date.public_id, booking.public_id
    return PersonRow(
        id=booking.public_id,
        code=booking.code.upper(),
        name=booking.name,
        party_text=party_text(booking),
        status=str(booking.status),
        status_text=door_status_text(booking),
        marks=_marks(booking) if is_open and booking.status in HOLDING and not booking.has_no_seat else [],
        mark_url=url_for("people.mark", occurrence_id=here, booking_id=own_id),
        why_text=why_text(offer, date.tzid) if offer else None,
        note_text=_note_text(booking),
        ages_text=ages_text(answer),
        needs=answer.needs,
        take_off_url=url_for("door.take_off", occurrence_id=here, booking_id=own_id)
        if booking.source is BookingSource.HOST
        else None,
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


def _note_text(booking: BookingView) -> str | None:
    """What the host must know of a family besides: it came by itself, has no seat, cannot be told of changes."""
    if booking.source is BookingSource.HOST:
        above = gettext("more than the places") if booking.has_no_seat else None
        return side_by_side(gettext("added at the door"), above)
    return gettext("no email address") if booking.email is None else None
