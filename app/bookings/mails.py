"""What families are told by mail: written when it is sent, from what is true then."""

from dataclasses import dataclass
from typing import cast

from flask import current_app, render_template

from app.bookings import queries
from app.bookings.invitation import Invitation, attachment
from app.bookings.queries import BookingView
from app.bookings.rules.status import BookingStatus
from app.config import Settings
from app.core import clock
from app.core.http import absolute
from app.core.i18n import languages
from app.core.local_text import LocalText, Text
from app.core.mail.delivery import renders
from app.core.mail.message import Mail
from app.core.tokens import personal_token
from app.core.translation import force_locale, gettext, ngettext
from app.events import wording
from app.events.facts import EventView, OccurrenceView
from app.events.queries import event_by_id, occurrence_by_id

CONFIRMED = frozenset({BookingStatus.CONFIRMED})
WAITLISTED = frozenset({BookingStatus.WAITLISTED})
CANCELLED = frozenset({BookingStatus.CANCELLED})
COMING = CONFIRMED | WAITLISTED


@dataclass(frozen=True)
class Letter:
    """The words of one mail; templates/emails/bookings/ arranges them."""

    subject: str
    lead: str
    hint: str
    name: str
    title: str
    when: str
    before: str
    reason: Text | None
    where: str
    party: str
    bring: str
    access_notes: str
    reference: str
    link: str
    link_text: str
    language: str
    direction: str
    demo: str
    others: str


@renders("booking_confirmed")
def confirmed_mail(booking_id: str) -> Mail | None:
    """The seats are theirs."""
    return _mail(booking_id, CONFIRMED, "confirmed")


@renders("booking_waitlisted")
def waitlisted_mail(booking_id: str) -> Mail | None:
    """They wait for seats."""
    return _mail(booking_id, WAITLISTED, "waitlisted")


@renders("booking_promoted")
def promoted_mail(booking_id: str) -> Mail | None:
    """They waited, and now the seats are theirs."""
    return _mail(booking_id, CONFIRMED, "promoted")


@renders("booking_cancelled")
def cancelled_mail(booking_id: str) -> Mail | None:
    """They gave it back."""
    return _mail(booking_id, CANCELLED, "cancelled")


@renders("occurrence_moved")
def moved_mail(booking_id: str) -> Mail | None:
    """The date has another time."""
    return _mail(booking_id, COMING, "moved")


@renders("occurrence_reinstated")
def reinstated_mail(booking_id: str) -> Mail | None:
    """The cancelled date takes place after all, and they have what they had."""
    return _mail(booking_id, COMING, "on again")


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
    with force_locale(booking.language):
        letter = _letter(booking, date, event, kind)
        return Mail(
            to=email,
            subject=letter.subject,
            text=render_template("emails/bookings/letter.txt", letter=letter),
            html=render_template("emails/bookings/letter.html", letter=letter),
            language=booking.language,
            attachments=() if _only_waits(booking) else (attachment(_invitation(booking, date, email)),),
        )


def _only_waits(booking: BookingView) -> bool:
    """Whoever never had a seat has no calendar entry: there is none to write, and none to take away."""
    return booking.only_waits


def _letter(booking: BookingView, date: OccurrenceView, event: EventView, kind: str) -> Letter:
    title = date.title.within(booking.language).value
    subject, lead, hint = _words(kind, title, date, only_waits=_only_waits(booking))
    coming = booking.status in COMING
    if coming:
        token = personal_token("booking", booking.public_id, booking.generation)
        link, link_text = absolute("bookings.show", token=token), _link_text(booking)
    else:
        link, link_text = absolute("events.index"), gettext("See everything that is on")
    direction = next((known.direction for known in languages() if known.code == booking.language), "ltr")
    return Letter(
        subject=subject, lead=lead, hint=hint, name=booking.name, title=title,
        when=wording.span_text(date.starts_at, date.ends_at, date.tzid), where=place_line(date),
        before=_before(date) if kind == "moved" else "", reason=date.cancel_reason if kind == "off" else None,
        bring=_within(event.bring, booking, is_told=coming),
        access_notes=_within(event.access_notes, booking, is_told=coming),
        party=wording.party_text(booking.adults, booking.children), reference=booking.public_id.upper(),
        link=f"{link}?lang={booking.language}", link_text=link_text, language=booking.language,
        direction=direction, demo=_demo(date), others=_others(booking) if coming else "",
    )  # fmt: skip


def _within(text: LocalText | None, booking: BookingView, *, is_told: bool) -> str:
    return text.within(booking.language).value if text and is_told else ""


def _others(booking: BookingView) -> str:
    """Only the mail says it: a page would tell whoever types somebody's address that it has a booking."""
    number = queries.count_of_same_address(booking)
    if not number:
        return ""
    return ngettext(
        "With this e-mail address there is %(num)s more booking for the same date. If one is too many, give it back.",
        "With this e-mail address there are %(num)s more bookings for the same date. If one is too many, give it back.",
        number,
    )


def _before(date: OccurrenceView) -> str:
    """The old time in words, where the last change moved the start."""
    if date.previous_starts_at is None:
        return ""
    return gettext("before: %(when)s", when=wording.moment_text(date.previous_starts_at, date.tzid))


def _link_text(booking: BookingView) -> str:
    if _only_waits(booking):
        return gettext("See where you are in line or leave the list")
    return gettext("See your booking or give it back")


def _hint(*, only_waits: bool) -> str:
    if only_waits:
        return gettext("If you no longer want to wait, open the link and say so.")
    return gettext(
        "If you can't come, open the link and give your place back: another family is glad of it. "
        "Answering the invitation in your calendar does not cancel the booking."
    )


def _words(kind: str, title: str, date: OccurrenceView, *, only_waits: bool) -> tuple[str, str, str]:
    """Subject, first sentence, and what to know besides."""
    hint = _hint(only_waits=only_waits)
    if kind == "cancelled" and only_waits:
        return (
            gettext("You left the waiting list: %(title)s", title=title),
            gettext("you left the waiting list. We will not write to you about this date any more."),
            "",
        )
    words = {
        "confirmed": (gettext("Booked: %(title)s", title=title), gettext("your place is booked."), hint),
        "waitlisted": (
            gettext("On the waiting list: %(title)s", title=title),
            gettext("everything is full for now. You are on the waiting list: we write to you as soon as there is room."),
            hint,
        ),
        "promoted": (
            gettext("There is room for you: %(title)s", title=title),
            gettext("a place became free and it is yours: it is booked."),
            hint,
        ),
        "cancelled": (
            gettext("Given back: %(title)s", title=title),
            gettext("you gave your place back. Thank you: another family can come."),
            "",
        ),
        "moved": (
            gettext("New time: %(title)s", title=title),
            gettext("the time has changed: now it is %(when)s.", when=wording.moment_text(date.starts_at, date.tzid)),
            hint,
        ),
        "on again": (
            gettext("It takes place after all: %(title)s", title=title),
            gettext("good news: this date takes place after all, and you are on the waiting list again.")
            if only_waits
            else gettext("good news: this date takes place after all, and your place is yours again."),
            hint,
        ),
        "off": (
            gettext("Cancelled: %(title)s", title=title),
            gettext("we are sorry: this date does not take place. You need not do anything."),
            "",
        ),
    }  # fmt: skip
    return words[kind]


def place_line(date: OccurrenceView) -> str:
    """Name and address of the place on one line."""
    place = date.place
    parts = {"name": place.name.value, "address": place.street_address, "city": place.locality}
    if not place.street_address:
        return place.name.value
    return str(gettext("%(name)s, %(address)s, %(city)s", **parts))


def _demo(date: OccurrenceView) -> str:
    return (
        str(gettext("This is a made-up event of the demo network: nobody is waiting for you."))
        if date.is_demo
        else ""
    )


def _invitation(booking: BookingView, date: OccurrenceView, email: str) -> Invitation:
    settings = cast(Settings, current_app.extensions["settings"])
    return Invitation(
        booking_id=booking.public_id, sequence=booking.sequence,
        is_cancelled=booking.status is BookingStatus.CANCELLED, title=date.title.within(booking.language).value,
        location=place_line(date), url=absolute("events.occurrence", occurrence_id=date.public_id),
        starts_at=date.starts_at, ends_at=date.ends_at, tzid=date.tzid, organizer=settings.sender,
        attendee_name=booking.name, attendee_email=email, written_at=clock.now(),
        demo_notice=_demo(date),
    )  # fmt: skip
