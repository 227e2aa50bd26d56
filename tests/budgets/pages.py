"""Which pages are measured, and where they are in a demo that has just been started."""

import re
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar

from tests.journeys.demo_site import fetch

# The six that people reach first; `make test` measures these, `make test-long` all.
FIRST = ("home", "place", "event", "booking", "search", "subscribe")
PUBLIC = (
    *FIRST, "map", "programme", "date", "booked", "report", "changed", "sheet", "nothing", "about", "accessibility", "feedback",
    "privacy", "offline", "lost", "sign-in", "rooms", "times", "find", "change", "erase",
    "course form", "course", "skip", "code", "slip", "join", "claim", "propose",
)  # fmt: skip
STAFF = (
    "my places",
    "my place",
    "hours",
    "corner",
    "photos",
    "facts",
    "reports",
    "new event",
    "edit event",
    "seats",
    "postpone",
    "rooms",
    "room",
    "edit room",
    "series",
    "people",
    "check-in",
    "cancel",
    "move",
    "again",
    "team",
    "history",
    "proposals",
    "poster",
    "calendars",
    "widget",
    "devices",
    "passkeys",
)
MAP_PAGES = {"home", "map", "search", "nothing"}


@dataclass(frozen=True)
class Site:
    """Addresses of a demo's pages, by name."""

    base: str
    paths: dict[str, str]


@cache
def public_pages(base: str) -> Site:
    """Every page that a reader can meet, a booking of their own included."""
    home = fetch(f"{base}/").decode()
    place = _found(r'href="(/places/[\w-]+)"', home)
    programme = fetch(f"{base}/events").decode()
    event = _found(r"/(events/[\w-]+)", fetch(f"{base}/feeds/network.ics").replace(b"\r\n ", b"").decode())
    date = _found(r'href="(/occurrences/\w+)"', programme)
    free = next(
        f"/occurrences/{key}" for key, left in re.findall(r'data-occurrence="(\w+)"[^>]*data-free="(\d+)"', programme)
        if int(left) > 1
    )  # fmt: skip
    booked, rooms = _booked(base, f"{free}/book"), "/places/vivi-voltri-lab/spaces"
    lessons = _found(r'href="(/occurrences/\w+)"', fetch(f"{base}/events?q=dieci+mattine").decode())
    course = _booked(base, f"{lessons}/book")
    skip = _found(r'href="(/bookings/\w+/cancel)" aria-label', fetch(f"{base}{course}").decode())
    return Site(
        base,
        {
            "course form": f"{lessons}/book", "course": course, "skip": skip, "rooms": rooms, "times": _found(r'href="(/spaces/\w+/book)"', fetch(f"{base}{rooms}").decode()),
            "find": "/bookings/find", "change": f"{booked}/change", "erase": f"{booked}/erase", "home": "/", "map": "/?view=map", "search": "/?q=fasciatoio", "nothing": "/?q=xyzzyx",
            "place": place, "report": f"{place}/report", "changed": f"{place}/changed", "sheet": f"{place}/print",
            "programme": "/events", "event": f"/{event}", "date": date, "booking": f"{free}/book",
            "booked": booked, "subscribe": "/subscribe", "about": "/about",
            "accessibility": "/accessibility", "feedback": "/accessibility/feedback", "privacy": "/privacy",
            "offline": "/offline", "lost": "/places/never-was", "sign-in": "/sign-in", "code": "/sign-in/code/0000000000", "slip": "/invitations", "join": "/join", "claim": f"{place}/claim", "propose": f"{place}/propose",
        },
    )  # fmt: skip


def staff_pages(base: str, read: Callable[[str], str]) -> Site:
    """What a host sees of their own place; `read` gives the page at a path as they see it."""
    place = _found(r"/studio/places/(\w+)", read("/studio"))
    date = _found(r"/studio/occurrences/(\w+)", read(f"/studio/places/{place}"))
    mine, day = f"/studio/places/{place}", f"/studio/occurrences/{date}"
    room = _found(rf"({mine}/spaces/\w+)/edit", read(f"{mine}/spaces"))
    event = _found(r"(/studio/events/\w+)", read(mine))
    return Site(
        base,
        {
            "my places": "/studio", "my place": mine, "hours": f"{mine}/hours", "corner": f"{mine}/hours/corner",
            "photos": f"{mine}/photos", "facts": f"{mine}/facts", "reports": f"{mine}/reports",
            "new event": f"{mine}/events/new", "edit event": event, "seats": f"{day}/seats",
            "postpone": f"{day}/postpone", "rooms": f"{mine}/spaces", "room": room, "edit room": f"{room}/edit",
            "series": f"{room}/series", "people": day, "check-in": f"{day}/check-in", "cancel": f"{day}/cancel", "move": f"{day}/move", "again": f"{event}/again", "team": f"{mine}/team", "history": f"{mine}/history", "proposals": f"{mine}/proposals", "poster": f"{mine}/poster", "calendars": f"{mine}/calendars", "widget": f"{mine}/widget", "devices": "/sign-in/devices", "passkeys": "/sign-in/passkeys",
        },
    )  # fmt: skip


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, f"no {pattern} on the page"
    return found[1]


def _booked(base: str, form: str) -> str:
    """A booking as a reader makes it without JavaScript; the address of its page."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(base + form, timeout=20).read().decode()
    hidden = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    hidden |= dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*type="hidden"[^>]*value="([^"]*)"', page))
    answers = {**hidden, "name": "Ada Prova", "email": "ada@example.org", "adults": "1", "children": "1"}
    answer = opener.open(base + form, data=urllib.parse.urlencode(answers).encode(), timeout=20)
    path = urllib.parse.urlsplit(answer.url).path
    assert path.startswith("/bookings/"), path
    return path
