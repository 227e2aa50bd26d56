"""What one mail to a family says, ready for templates/emails/bookings/."""

from dataclasses import dataclass

from app.bookings import queries
from app.bookings.letter_words import words
from app.bookings.offer_words import until_text
from app.bookings.party_words import party_text
from app.bookings.queries import BookingView
from app.bookings.queries.offers import last_offer
from app.bookings.rules.status import STANDING, BookingStatus
from app.bookings.service import confirmation_code
from app.core.http import absolute
from app.core.i18n import languages
from app.core.local_text import LocalText, Text
from app.core.tokens import personal_token
from app.core.translation import gettext, ngettext
from app.events import wording
from app.events.facts import EventView, OccurrenceView
from app.events.queries import dates_of_course
from app.events.rules.vocabulary import OccurrenceStatus

# What happens to one date of a course; everything else is about all of them.
OF_ONE_DATE = frozenset({"moved", "another room", "put off", "on again", "off", "reminder"})


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


def letter_about(booking: BookingView, date: OccurrenceView, event: EventView, kind: str) -> Letter:
    """The mail about a booking; `kind` is what happened (letter_words.py). In the booking's language already."""
    title = date.title.within(booking.language).value
    subject, lead, hint = words(kind, title, date, only_waits=booking.only_waits, until=_until(booking, date))
    coming = booking.status in STANDING
    when = wording.span_text(date.starts_at, date.ends_at, date.tzid)
    if is_about_the_course(booking, kind):
        when = _course_text(date)
    link, link_text = _link(booking, date, kind)
    direction = next((known.direction for known in languages() if known.code == booking.language), "ltr")
    return Letter(
        subject=subject, lead=lead, hint=hint, name=booking.name, title=title,
        when=when, where=place_line(date),
        before=_before(date) if kind == "moved" else "", reason=date.cancel_reason if kind in ("off", "put off") else None,
        bring=_within(event.bring, booking, is_told=coming),
        access_notes=_within(event.access_notes, booking, is_told=coming),
        party=party_text(booking), reference=booking.code.upper(),
        link=f"{link}?lang={booking.language}", link_text=link_text, language=booking.language,
        direction=direction, demo=demo_notice(date), others=_others(booking) if coming else "",
    )  # fmt: skip


def is_about_the_course(booking: BookingView, kind: str) -> bool:
    """Whether a mail is about all the dates of a course, not only the one of this booking."""
    if booking.course_key is None or kind in OF_ONE_DATE:
        return False
    return kind != "cancelled" or not any(one.status in STANDING for one in queries.whole_course(booking))


def _course_text(date: OccurrenceView) -> str:
    """All dates that take place, one on each line."""
    dates = [one for one in dates_of_course(date) if one.status is not OccurrenceStatus.CANCELLED]
    if not dates:
        return gettext("No date takes place any more.")
    count = ngettext("The whole course, %(num)s date", "The whole course, %(num)s dates", len(dates))
    return "\n".join([count, *(wording.span_text(one.starts_at, one.ends_at, one.tzid) for one in dates)])


def _link(booking: BookingView, date: OccurrenceView, kind: str) -> tuple[str, str]:
    """Where the one button of the mail leads, and what is on it: a page that asks, since scanners open links."""
    token = _token(booking)
    if kind in ("to confirm", "confirm late"):
        code = confirmation_code(booking.public_id, booking.generation)
        return absolute("confirming.confirm", token=token, code=code), gettext("Yes, we are coming")
    if booking.status in STANDING:
        return _own_link(booking, token, kind)
    if booking.status is BookingStatus.EXPIRED:
        return absolute("events.occurrence", occurrence_id=date.public_id), gettext("See this date")
    others = [one for one in queries.whole_course(booking) if one.status in STANDING]
    if others:  # one date is off, its course goes on
        return _own_link(others[0], _token(others[0]), kind)
    return absolute("events.index"), gettext("See everything that is on")


def _token(booking: BookingView) -> str:
    return personal_token("booking", booking.public_id, booking.generation)


def _own_link(booking: BookingView, token: str, kind: str) -> tuple[str, str]:
    """The same for a booking that stands."""
    if kind == "reminder":
        return absolute("bookings.cancel", token=token), gettext("I can't come")
    if booking.status is BookingStatus.OFFERED:
        return absolute("bookings.offer", token=token), gettext(
            "Answer: we are coming, or leave it to others"
        )
    if booking.only_waits:
        return absolute("bookings.show", token=token), gettext("See where you are in line or leave the list")
    return absolute("bookings.show", token=token), gettext("See your booking or give it back")


def _until(booking: BookingView, date: OccurrenceView) -> str:
    offer = last_offer(booking) if booking.status is BookingStatus.OFFERED else None
    return until_text(offer, date.tzid) if offer else ""


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


def place_line(date: OccurrenceView) -> str:
    """Room, name and address of the place on one line."""
    line = _address(date)
    return str(gettext("%(room)s, %(place)s", room=date.room, place=line)) if date.room else line


def _address(date: OccurrenceView) -> str:
    place = date.place
    parts = {"name": place.name.value, "address": place.street_address, "city": place.locality}
    if not place.street_address:
        return place.name.value
    return str(gettext("%(name)s, %(address)s, %(city)s", **parts))


def demo_notice(date: OccurrenceView) -> str:
    """That a made-up event is one; "" for a real one."""
    return (
        str(gettext("This is a made-up event of the demo network: nobody is waiting for you."))
        if date.is_demo
        else ""
    )
