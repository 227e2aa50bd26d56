"""What somebody booked, as entries for their own calendar."""

from collections.abc import Sequence
from typing import cast

from flask import current_app

from app.bookings.letter import demo_notice, place_line
from app.bookings.queries import BookingView
from app.bookings.rules.status import BookingStatus
from app.config import Settings
from app.core import clock
from app.core.http import absolute
from app.core.mail.invitation import Invitation, publication
from app.core.mail.message import Attachment
from app.events.facts import OccurrenceView
from app.events.rules.vocabulary import OccurrenceStatus


def course_calendar(family: Sequence[BookingView], dates: Sequence[OccurrenceView]) -> Attachment:
    """All dates of a course in one file, each with the UID under which later mails speak of it."""
    by_id = {date.id: date for date in dates}
    return publication(
        [
            invitation_of(one, by_id[one.occurrence_id], one.email or "")
            for one in family
            if one.occurrence_id in by_id
        ]
    )


def invitation_of(booking: BookingView, date: OccurrenceView, email: str) -> Invitation:
    """The entry of one date."""
    settings = cast(Settings, current_app.extensions["settings"])
    return Invitation(
        uid=f"booking-{booking.public_id}", sequence=booking.sequence,
        is_cancelled=_leaves_the_calendar(booking, date), title=date.title.within(booking.language).value,
        location=place_line(date), url=absolute("events.occurrence", occurrence_id=date.public_id),
        starts_at=date.starts_at, ends_at=date.ends_at, tzid=date.tzid, organizer=settings.sender,
        attendee_name=booking.name, attendee_email=email, written_at=clock.now(),
        demo_notice=demo_notice(date),
    )  # fmt: skip


def _leaves_the_calendar(booking: BookingView, date: OccurrenceView) -> bool:
    """Given back, off, or put off: the old time must not stay in anybody's calendar."""
    return booking.status is BookingStatus.CANCELLED or date.status is OccurrenceStatus.POSTPONED
