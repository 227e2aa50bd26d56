"""A course that is booked whole, as its families see it: all its dates, and how they skip one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.bookings.opened import Opened, is_ahead
from app.bookings.queries import BookingView
from app.bookings.rules.status import BookingStatus
from app.core.translation import gettext
from app.events import wording
from app.events.facts import OccurrenceView
from app.events.rules.vocabulary import OccurrenceStatus


@dataclass(frozen=True)
class CourseDate:
    """One date of a course: `note_text` is what one should know of it, `skip_url` where one says that one cannot come."""

    url: str
    when_text: str
    note_text: str | None
    is_off: bool
    skip_url: str | None = None
    skip_label: str = ""


def dates_to_book(dates: Sequence[OccurrenceView]) -> list[CourseDate]:
    """What one booking would be for."""
    return [_listed(date) for date in dates if date.status is not OccurrenceStatus.CANCELLED]


def dates_booked(found: Opened) -> list[CourseDate]:
    """The dates of a course with what the family has said of each; [] where a single date is booked."""
    own = {booking.occurrence_id: booking for booking in found.family}
    return [_listed(date, own.get(date.id)) for date in found.dates if date.id in own or _takes_place(date)]


def skips_one(found: Opened) -> bool:
    """Whether the family may say that it misses this date alone: who waits, waits for all of it."""
    is_coming = found.booking.status is BookingStatus.CONFIRMED and is_ahead(found.date)
    return found.date.course is not None and is_coming


def _listed(date: OccurrenceView, booking: BookingView | None = None) -> CourseDate:
    when = wording.when_text(date.starts_at, date.ends_at, date.tzid)
    shown = CourseDate(
        url=url_for("events.occurrence", occurrence_id=date.public_id), when_text=when,
        note_text=_note(date, booking), is_off=not _takes_place(date) or _is_skipped(booking),
    )  # fmt: skip
    if booking is None or not skips_one(Opened(booking, date)):
        return shown
    token = Opened(booking, date).token
    return CourseDate(
        shown.url, when, shown.note_text, shown.is_off, url_for("bookings.cancel", token=token),
        gettext("Not to this one: %(what)s", what=when),
    )  # fmt: skip


def _takes_place(date: OccurrenceView) -> bool:
    return date.status is not OccurrenceStatus.CANCELLED


def _is_skipped(booking: BookingView | None) -> bool:
    return booking is not None and booking.status is BookingStatus.CANCELLED


def _note(date: OccurrenceView, booking: BookingView | None) -> str | None:
    if _takes_place(date) and _is_skipped(booking):
        return gettext("You are not coming")
    return wording.status_text(date)
