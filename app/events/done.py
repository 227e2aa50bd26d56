"""What a host has just done, said once on the page where they land.

The facts wait in the signed session, where the forms of whoever is signed in have theirs too; the words are made from
the database when they are shown, so they are true then or not said at all.
"""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from flask import session, url_for

from app.core import clock
from app.core.i18n import local
from app.core.local_text import Text
from app.core.phrasing import number_text, opening_a_line
from app.core.translation import gettext, ngettext
from app.events import queries, wording
from app.events.facts import OccurrenceView
from app.events.rules.vocabulary import OccurrenceStatus

KEY = "done"


class Deed(StrEnum):
    """What can be done with a date."""

    PUBLISHED = "published"
    DRAFTED = "drafted"
    ASKED = "asked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    POSTPONED = "postponed"
    RESIZED = "resized"
    EDITED = "edited"


# They are about an event with all its dates.
_WITH_DATES = frozenset({Deed.PUBLISHED, Deed.DRAFTED, Deed.ASKED, Deed.EDITED})


@dataclass(frozen=True)
class Done:
    """`told` is the number of families written to; None where nothing changed, as at the second press of a button."""

    deed: Deed
    occurrence_id: str
    told: int | None


@dataclass(frozen=True)
class DoneNotice:
    """Ready words: what happened, to which date, who hears of it; `page_url` is None where nobody else
    sees the date: `preview_url` shows how it will look.
    """

    occurrence_id: str
    text: str
    dates_text: str | None
    title: Text
    when_text: str
    told_text: str | None
    untold_text: str | None
    page_url: str | None
    preview_url: str | None


def remember(done: Done) -> None:
    """Keep it for the next page; a second press does not wipe out what the first one did."""
    kept = session.get(KEY)
    if done.told is None and kept and kept[1] == done.occurrence_id:
        return
    session[KEY] = [done.deed, done.occurrence_id, done.told]


def take() -> Done | None:
    """What was kept, once."""
    kept = session.pop(KEY, None)
    return Done(Deed(kept[0]), kept[1], kept[2]) if kept else None


def done_notice(done: Done | None, place_id: int) -> DoneNotice | None:
    """The words for a date at this place; None where it has meanwhile become something else."""
    view = queries.occurrence_for_staff(done.occurrence_id) if done else None
    if done is None or view is None or view.place.id != place_id:
        return None
    if _expected(done.deed) is not view.status:
        return None
    return DoneNotice(
        occurrence_id=view.public_id,
        text=_what(done, is_published=view.is_published),
        dates_text=_dates(view) if done.deed in _WITH_DATES else None,
        title=local(view.title) or Text("", view.title.original),
        when_text=opening_a_line(wording.moment_text(view.starts_at, view.tzid)),
        told_text=_told(done, may_lack_email=view.email_optional),
        untold_text=_untold(done) if view.email_optional else None,
        page_url=url_for("events.occurrence", occurrence_id=view.public_id) if view.is_published else None,
        preview_url=None
        if view.is_published
        else url_for("studio_events.preview", event_id=view.event_public_id),
    )


def _expected(deed: Deed) -> OccurrenceStatus:
    """The state that a deed leaves; in any other the words would no longer be true."""
    left = {Deed.CANCELLED: OccurrenceStatus.CANCELLED, Deed.POSTPONED: OccurrenceStatus.POSTPONED}
    return left.get(deed, OccurrenceStatus.SCHEDULED)


def _what(done: Done, *, is_published: bool) -> str:
    if done.deed is Deed.PUBLISHED and not is_published:
        return gettext("Saved: it is shown when the place is published.")
    if done.deed is Deed.MOVED and done.told is None:
        return gettext("Nothing changed: this was its time already.")
    words = {
        Deed.PUBLISHED: gettext("Published: it is on the programme."),
        Deed.DRAFTED: gettext("Saved as a draft: nobody else sees it yet."),
        Deed.ASKED: gettext("Saved: somebody of the network looks at it first, and writes to you."),
        Deed.MOVED: gettext("Moved: this is the new time."),
        Deed.CANCELLED: gettext("Cancelled: this date does not take place."),
        Deed.REINSTATED: gettext("This date is on the programme again."),
        Deed.POSTPONED: gettext("Put off: set the new day as soon as you know it."),
        Deed.EDITED: gettext("Saved: this is how the event stands now."),
        Deed.RESIZED: gettext("Saved: whoever waits is asked as far as there is room."),
    }
    return str(words[done.deed])


def _dates(view: OccurrenceView) -> str | None:
    """How many dates there are, and the last one that is known; None for a single date."""
    span = queries.coming_span(view.event_id, clock.now())
    if span is None or span.number < 2:
        return None
    last = wording.day_text(span.last_at.astimezone(ZoneInfo(view.tzid)).date(), clock.today(view.tzid))
    return ngettext(
        "%(num)s date, on %(last)s.", "%(num)s dates, the last on %(last)s.", span.number,
        num=number_text(span.number), last=last,
    )  # fmt: skip


def _told(done: Done, *, may_lack_email: bool) -> str | None:
    """A new event has no bookers; an edit is told where it touched a date that somebody booked."""
    may_tell = done.deed in (Deed.EDITED, Deed.RESIZED)
    is_silent = done.deed in (Deed.PUBLISHED, Deed.DRAFTED, Deed.ASKED) or (may_tell and not done.told)
    if is_silent or done.told is None:
        return None
    if done.told == 0 and may_lack_email:
        return gettext("Nobody who booked left an email address: there is nobody to write to.")
    if done.told == 0:
        return gettext("Nobody had booked: there is nobody to write to.")
    if done.deed is Deed.REINSTATED:
        return ngettext(
            "%(num)s family that had booked has its place again: we write to it.",
            "%(num)s families that had booked have their places again: we write to them.",
            done.told,
            num=number_text(done.told),
        )
    return ngettext(
        "We write to %(num)s family that had booked.",
        "We write to %(num)s families that had booked.",
        done.told,
        num=number_text(done.told),
    )


def _untold(done: Done) -> str | None:
    """What the host must do where families may have booked without an address."""
    if done.deed in (*_WITH_DATES, Deed.RESIZED) or done.told is None:
        return None
    return gettext(
        "Whoever booked without an email address does not hear of it from us: hang a notice on the door."
    )
