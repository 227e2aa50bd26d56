"""What the door's script and a scanned ticket send, read into values."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.bookings.commands import MarkLate
from app.bookings.rules.status import BookingStatus
from app.core.errors import Invalid
from app.core.text import clean_line

MOST_MARKS = 500
MARK_ID = re.compile(r"[0-9A-Za-z-]{8,36}")


def read_ticket(text: str) -> tuple[str, str | None]:
    """What was typed or scanned as (code or name, id of the date that a ticket's address names).

    >>> read_ticket("https://example.org/studio/occurrences/abc/check-in?code=K7M2")
    ('K7M2', 'abc')
    >>> read_ticket(" k7 m2 ")
    ('k7 m2', None)
    """
    typed = clean_line(text)
    parts = urlsplit(typed) if typed.startswith(("http://", "https://")) else None
    found = re.search(r"/occurrences/(\w+)/check-in", parts.path) if parts else None
    if parts is None or found is None:
        return typed, None
    return parse_qs(parts.query).get("code", [""])[0], found[1]


def read_marks(sent: Any) -> list[MarkLate]:
    """Marks as the door's script sends them: {"marks": [{"id", "booking", "status", "at"}]}. Raises Invalid."""
    marks = sent.get("marks") if isinstance(sent, dict) else None
    if not isinstance(marks, list) or len(marks) > MOST_MARKS:
        raise Invalid
    return [_mark(one) for one in marks]


def _mark(one: Any) -> MarkLate:
    try:
        mark = MarkLate(
            str(one["id"]), str(one["booking"]), BookingStatus(one["status"]), _moment(str(one["at"]))
        )
    except (TypeError, KeyError, ValueError) as error:
        raise Invalid from error
    if not MARK_ID.fullmatch(mark.id):
        raise Invalid
    return mark


def _moment(text: str) -> datetime:
    """An aware moment; OverflowError cannot happen later, since years are those of calendars."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not 2000 <= moment.year <= 2200:
        raise ValueError(text)
    return moment
