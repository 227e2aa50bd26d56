"""The ticket of a booking: its short code, and the same as a picture that a phone reads at the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import segno

from app.bookings.queries import BookingView
from app.bookings.rules.status import HOLDING, BookingStatus
from app.core.http import absolute
from app.core.translation import gettext
from app.events.facts import OccurrenceView

QUIET_ZONE = 4  # modules that stay white around it (ISO/IEC 18004)


@dataclass(frozen=True)
class Ticket:
    """`code` as one reads it out; the QR code is a path of `size` × `size` modules, drawn in the page itself.

    So a page that a phone keeps has it too, and nothing need be asked of anybody.
    """

    code: str
    path: str
    size: int


def ticket_of(booking: BookingView, date: OccurrenceView) -> Ticket | None:
    """For whoever has a place to come to. The picture leads to the check-in of this date, with the code.

    It opens nothing to anybody else: that page asks who is there.
    """
    if booking.status not in HOLDING or booking.status is BookingStatus.UNCONFIRMED:
        return None
    code = booking.code.upper()
    address = absolute("check_in.index", occurrence_id=date.public_id, code=code)
    drawn = segno.make(address, error="m", micro=False)
    return Ticket(
        code, _path(drawn.matrix_iter(border=QUIET_ZONE)), int(drawn.symbol_size(border=QUIET_ZONE)[0])
    )


def _path(rows: Iterable[Iterable[int]]) -> str:
    """The dark modules as strokes from the middle of one row after the other (SVG path data)."""
    strokes = []
    for y, row in enumerate(rows):
        x = 0
        for is_dark, run in groupby(row):
            width = len(list(run))
            if is_dark:
                strokes.append(f"M{x} {y}.5h{width}")
            x += width
    return "".join(strokes)


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
