"""The tour of /demo: what it says of a date is read at the moment it is shown."""

from dataclasses import dataclass
from datetime import timedelta

from flask import url_for

from app.core import clock
from app.core.http import Link
from app.core.phrasing import number_text
from app.core.translation import gettext, ngettext
from app.demo import queries
from app.demo.queries import StoredDate
from app.demo.records import TZID, event_source_key
from app.events.wording import soon_text

NEXT_WEEKS = timedelta(days=21)


@dataclass(frozen=True)
class Step:
    """One step of the tour."""

    title: str
    text: str
    links: tuple[Link, ...]


def tour() -> tuple[Step, ...]:
    """What it shows, with links to the dates that tell the stories now."""
    reading, full, moved = next_date("lettura-0-3"), next_date("psicologa-incontro"), _moved("prime-pappe")
    steps = [
        Step(
            gettext("The baby needs changing, now"),
            gettext("Places open at this moment, with a changing table that fathers can use too."),
            (Link(gettext("Show them"), "/?amenity=changing_table_fathers&open=now"),),
        ),
        _reading(reading),
        Step(
            gettext("The mail is here already"),
            gettext("It holds the link to see or cancel the booking, without an account."),
            (Link(gettext("Open the mailbox"), url_for("demo.mail")),),
        ),
        _queue(full),
        Step(
            gettext("A calendar that stays true"),
            gettext("This date was moved: look at it, then at the calendar that families subscribe to."),
            (
                *_date_links(moved, gettext("See the moved date"), ""),
                Link(gettext("The network's calendar"), "/feeds/network.ics"),
            ),
        ),
    ]
    return tuple(steps)


def _reading(day: StoredDate | None) -> Step:
    """The date to book, with the places that it has at this moment: somebody may have taken them."""
    if day is None:
        return Step(gettext("Book a place"), "", _date_links(None, gettext("Everything that is on"), ""))
    when = soon_text(day.starts_at, TZID)
    if day.free:
        return Step(
            ngettext("%(num)s place left", "%(num)s places left", day.free, num=number_text(day.free)),
            gettext("La Lucciola reads stories on the rug %(when)s. Book: name, e-mail, done.", when=when),
            _date_links(day, gettext("Book a place"), "/book"),
        )
    return Step(
        gettext("The places are gone, the list is open"),
        gettext(
            "La Lucciola reads stories on the rug %(when)s. Join the list: who gives a place back gives it to you.",
            when=when,
        ),
        _date_links(day, gettext("Join the waiting list"), "/book"),
    )


def _queue(day: StoredDate | None) -> Step:
    """The meeting that is full, while it is."""
    waiting = day.waiting if day else 0
    if day and waiting and not day.free:
        title = ngettext(
            "Full, and %(num)s family waits",
            "Full, and %(num)s families wait",
            waiting,
            num=number_text(waiting),
        )
    else:
        title = gettext("A queue that moves by itself")
    text = gettext(
        "Give a seat back in the name of a made-up family: the first in the queue moves up at once."
    )
    return Step(title, text, _date_links(day, gettext("See the meeting"), "") + _family_links(day))


def _date_links(day: StoredDate | None, words: str, suffix: str) -> tuple[Link, ...]:
    return (Link(words, f"/occurrences/{day.public_id}{suffix}"),) if day else (Link(words, "/events"),)


def _family_links(day: StoredDate | None) -> tuple[Link, ...]:
    token = queries.family_link(day.public_id) if day else None
    return (Link(gettext("A made-up family's booking"), f"/bookings/{token}"),) if token else ()


def next_date(key: str) -> StoredDate | None:
    """The coming date of a story of the demo."""
    return next(iter(_ahead(key)), None)


def _moved(key: str) -> StoredDate | None:
    return next((day for day in _ahead(key) if day.is_moved), None)


def _ahead(key: str) -> list[StoredDate]:
    stored = queries.event_by_source_key(event_source_key(key))
    now = clock.now()
    return queries.dates(stored.id, now, now + NEXT_WEEKS) if stored else []
