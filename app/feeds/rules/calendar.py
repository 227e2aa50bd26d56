"""A whole calendar from stored bytes: header, time zones, the joined VEVENTs, the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from app.feeds.rules.zone import vtimezone

PRODID = "-//Isole di Wendy//Calendar feeds//EN"
REFRESH = timedelta(hours=1)
COLOUR = "teal"  # the lagoon of our palette, by its CSS3 name (RFC 7986, 5.9)
END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True)
class Heading:
    """What a calendar says of itself: names, its own address, its page, when it changed."""

    name: str
    description: str
    source_url: str
    page_url: str
    tzid: str
    changed_at: datetime | None


def header(heading: Heading) -> bytes:
    """Everything before the components; both the standard's names and those that clients really read."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, heading.name)
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, heading.description)
    calendar.add("x-wr-timezone", heading.tzid)
    calendar.add("url", heading.page_url)
    calendar.add("source", heading.source_url, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("color", COLOUR)
    if heading.changed_at is not None:
        calendar.add("last-modified", heading.changed_at.astimezone(UTC).replace(microsecond=0))
    return bytes(calendar.to_ical()).removesuffix(END)


def join(heading: Heading, tzids: Iterable[str], entries: Iterable[bytes], *, year: int) -> bytes:
    """One valid calendar; zones are written once each, by name, as they are kept since last year."""
    zones = sorted({heading.tzid, *tzids})
    return b"".join([header(heading), *(vtimezone(tzid, year - 1) for tzid in zones), *entries, END])
