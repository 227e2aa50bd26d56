"""The ticket of a booking: its short code, and the same as a picture that a phone reads at the door."""

from dataclasses import dataclass

import segno

from app.bookings.queries import BookingView
from app.bookings.rules.status import HOLDING, BookingStatus
from app.core.http import absolute
from app.core.translation import gettext
from app.events.facts import OccurrenceView


@dataclass(frozen=True)
class Ticket:
    """`code` as one reads it out; `picture` is a QR code as a data address, so that a kept page has it offline too."""

    code: str
    picture: str


def ticket_of(booking: BookingView, date: OccurrenceView) -> Ticket | None:
    """For whoever has a place to come to. The picture leads to the check-in of this date, with the code.

    It opens nothing to anybody else: that page asks who is there.
    """
    if booking.status not in HOLDING:
        return None
    code = booking.public_id.upper()
    drawn = segno.make(
        absolute("check_in.index", occurrence_id=date.public_id, code=code), error="m", micro=False
    )
    return Ticket(code, drawn.svg_data_uri(scale=4, border=4, light="#ffffff", svgclass=None, lineclass=None))


def untold_text(booking: BookingView) -> str | None:
    """What whoever gave no address must know, as long as something can change."""
    if booking.email is not None or booking.status is not BookingStatus.CONFIRMED:
        return None
    return gettext(
        "We have no email address of yours: if the time changes or the date is cancelled, we cannot tell you. "
        "Open this page again before you leave home."
    )


def manage_hint(booking: BookingView) -> str:
    """How one finds back to the page of a booking."""
    if booking.email is None:
        return gettext(
            "This page is yours alone and your ticket: keep its address, nothing else leads back here."
        )
    return gettext("This page is yours alone: keep its address, or find it in our mail.")
