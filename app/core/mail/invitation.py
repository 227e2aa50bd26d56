"""What somebody booked as a calendar invitation (iTIP, RFC 5546): one VEVENT of its own, for their own calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from app.core.mail.message import Attachment

PRODUCT = "-//Isole di Wendy//Bookings//EN"


@dataclass(frozen=True)
class Invitation:
    """What a calendar entry says; `uid` is without the domain ("booking-0123456789"). `organizer` is the sender of our mail, "Name <address>".

    `demo_notice`: the sentence by which a made-up event says so; "" for a real one.
    """

    uid: str
    sequence: int
    is_cancelled: bool
    title: str
    location: str
    url: str
    starts_at: datetime
    ends_at: datetime
    tzid: str
    organizer: str
    attendee_name: str
    attendee_email: str
    written_at: datetime
    demo_notice: str = ""


def attachment(invitation: Invitation) -> Attachment:
    """invite.ics with the method in its content type, as mail programs expect it."""
    method = "CANCEL" if invitation.is_cancelled else "REQUEST"
    content = calendar(invitation, method).to_ical()
    return Attachment("invite.ics", f"text/calendar; method={method}; charset=UTF-8", content)


def publication(invitations: Sequence[Invitation]) -> Attachment:
    """course.ics: several entries at once, which an iTIP request cannot hold (RFC 5546, 3.2.2: one UID each).

    A publication names no attendee; later requests speak of the same UIDs. `invitations`: at least one, of one zone.
    """
    whole = _empty(invitations, "PUBLISH")
    for invitation in invitations:
        whole.add_component(_entry(invitation))
    return Attachment("course.ics", "text/calendar; method=PUBLISH; charset=UTF-8", whole.to_ical())


def calendar(invitation: Invitation, method: str) -> Calendar:
    """The calendar object; times on the wall clock of the place, with its VTIMEZONE."""
    whole, event = _empty([invitation], method), _entry(invitation)
    event.add("attendee", _attendee(invitation), encode=False)
    whole.add_component(event)
    return whole


def _empty(invitations: Sequence[Invitation], method: str) -> Calendar:
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", method)
    tzid = invitations[0].tzid
    first = min(one.starts_at for one in invitations).astimezone(ZoneInfo(tzid)).date()
    last = max(one.ends_at for one in invitations).astimezone(ZoneInfo(tzid)).date()
    whole.add_component(
        Timezone.from_tzid(
            tzid, first_date=first.replace(month=1, day=1),
            last_date=last.replace(year=last.year + 1, month=1, day=1),
        )
    )  # fmt: skip
    return whole


def _entry(invitation: Invitation) -> Event:
    zone = ZoneInfo(invitation.tzid)
    begins, ends = invitation.starts_at.astimezone(zone), invitation.ends_at.astimezone(zone)
    event = Event()
    event.add("uid", f"{invitation.uid}@isole-di-wendy")
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.written_at)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", invitation.title)
    event.add("location", invitation.location)
    event.add("url", invitation.url)
    if invitation.demo_notice:
        event.add("description", invitation.demo_notice)
        event.add("x-wendy-demo", "TRUE")
    event.add("status", "CANCELLED" if invitation.is_cancelled else "CONFIRMED")
    event.add("organizer", _organizer(invitation.organizer), encode=False)
    return event


def _organizer(sender: str) -> vCalAddress:
    name, address = parseaddr(sender)
    who = vCalAddress(f"mailto:{address}")
    who.params["CN"] = vText(name or address)
    return who


def _attendee(invitation: Invitation) -> vCalAddress:
    """Accepted already, and no answer is asked for: answering the invitation changes nothing here."""
    who = vCalAddress(f"mailto:{invitation.attendee_email}")
    who.params["CN"] = vText(invitation.attendee_name)
    who.params["PARTSTAT"] = vText("ACCEPTED")
    who.params["RSVP"] = vText("FALSE")
    return who
