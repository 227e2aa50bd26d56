"""What families are told by mail: written when it is sent, from what is true then."""

from flask import render_template

from app.bookings import queries
from app.bookings.invitations import course_calendar, invitation_of
from app.bookings.letter import is_about_the_course, letter_about
from app.bookings.queries import BookingView
from app.bookings.rules.status import STANDING, BookingStatus
from app.core.mail.delivery import renders
from app.core.mail.invitation import attachment
from app.core.mail.message import Attachment, Mail
from app.core.translation import force_locale
from app.events.facts import OccurrenceView
from app.events.queries import dates_of_course, event_by_id, occurrence_by_id
from app.events.rules.vocabulary import OccurrenceStatus

UNCONFIRMED = frozenset({BookingStatus.UNCONFIRMED})
CONFIRMED = frozenset({BookingStatus.CONFIRMED})
WAITLISTED = frozenset({BookingStatus.WAITLISTED})
CANCELLED = frozenset({BookingStatus.CANCELLED})
OFFERED = frozenset({BookingStatus.OFFERED})
EXPIRED = frozenset({BookingStatus.EXPIRED})


@renders("booking_confirmed")
def confirmed_mail(booking_id: str) -> Mail | None:
    """The seats are theirs."""
    return _mail(booking_id, CONFIRMED, "confirmed")


@renders("booking_unconfirmed")
def unconfirmed_mail(booking_id: str) -> Mail | None:
    """The seats are held until somebody answers this mail; one that leaves us late says so."""
    booking = queries.booking_by_public_id(booking_id)
    if booking is not None and booking.confirm_by is not None and booking.status is BookingStatus.EXPIRED:
        return _mail(booking_id, EXPIRED, "confirm late")
    return _mail(booking_id, UNCONFIRMED, "to confirm")


@renders("booking_waitlisted")
def waitlisted_mail(booking_id: str) -> Mail | None:
    """They wait for seats."""
    return _mail(booking_id, WAITLISTED, "waitlisted")


@renders("booking_promoted")
def promoted_mail(booking_id: str) -> Mail | None:
    """They waited, and now the seats are theirs."""
    return _mail(booking_id, CONFIRMED, "promoted")


@renders("booking_offered")
def offered_mail(booking_id: str) -> Mail | None:
    """They wait, seats are free, and they are asked whether they come."""
    return _mail(booking_id, OFFERED, "offered")


@renders("offer_expired")
def expired_mail(booking_id: str) -> Mail | None:
    """They were asked and did not answer in time."""
    return _mail(booking_id, EXPIRED, "expired")


@renders("booking_changed")
def changed_mail(booking_id: str) -> Mail | None:
    """They come in more or fewer."""
    return _mail(booking_id, STANDING, "changed")


@renders("course_grown")
def grown_mail(booking_id: str) -> Mail | None:
    """Their course has more dates, and they have a place there."""
    return _mail(booking_id, frozenset({BookingStatus.CONFIRMED, BookingStatus.ATTENDED}), "grown")


@renders("course_changed")
def course_mail(booking_id: str) -> Mail | None:
    """Several dates of their course have changed at once."""
    return _mail(booking_id, frozenset(BookingStatus), "course")


@renders("booking_reminder")
def reminder_mail(booking_id: str) -> Mail | None:
    """It is tomorrow."""
    return _mail(booking_id, CONFIRMED, "reminder")


@renders("booking_cancelled")
def cancelled_mail(booking_id: str) -> Mail | None:
    """They gave it back."""
    return _mail(booking_id, CANCELLED, "cancelled")


@renders("occurrence_moved")
def moved_mail(booking_id: str) -> Mail | None:
    """The date has another time."""
    return _mail(booking_id, STANDING, "moved")


@renders("occurrence_relocated")
def relocated_mail(booking_id: str) -> Mail | None:
    """The date is in another room."""
    return _mail(booking_id, STANDING, "another room")


@renders("occurrence_postponed")
def postponed_mail(booking_id: str) -> Mail | None:
    """The date is put off; None once it has a new time, of which another mail speaks."""
    return _mail(booking_id, STANDING, "put off")


@renders("occurrence_reinstated")
def reinstated_mail(booking_id: str) -> Mail | None:
    """The cancelled date takes place after all, and they have what they had."""
    return _mail(booking_id, STANDING, "on again")


@renders("occurrence_cancelled")
def occurrence_cancelled_mail(booking_id: str) -> Mail | None:
    """The date does not take place."""
    return _mail(booking_id, CANCELLED, "off")


def _mail(booking_id: str, states: frozenset[BookingStatus], kind: str) -> Mail | None:
    """None where the booking has meanwhile taken another state (another mail speaks of that), or has no address."""
    booking = queries.booking_by_public_id(booking_id)
    email = booking.email if booking else None
    date = occurrence_by_id(booking.occurrence_id) if booking else None
    event = event_by_id(date.event_id) if date else None
    if booking is None or date is None or event is None or email is None or booking.status not in states:
        return None
    is_put_off = date.status is OccurrenceStatus.POSTPONED
    if (kind == "put off") != is_put_off and not is_about_the_course(booking, kind):
        return None
    with force_locale(booking.language):
        letter = letter_about(booking, date, event, kind)
        return Mail(
            to=email,
            subject=letter.subject,
            text=render_template("emails/bookings/letter.txt", letter=letter),
            html=render_template("emails/bookings/letter.html", letter=letter),
            language=booking.language,
            attachments=_attachments(booking, date, kind, email),
        )


def _attachments(booking: BookingView, date: OccurrenceView, kind: str, email: str) -> tuple[Attachment, ...]:
    if booking.only_waits or kind in ("reminder", "to confirm", "confirm late"):
        return ()
    if is_about_the_course(booking, kind):
        return (course_calendar(queries.whole_course(booking), dates_of_course(date)),)
    return (attachment(invitation_of(booking, date, email)),)
