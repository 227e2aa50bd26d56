"""Pages about calendars of others, ready for the templates."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import LazyString

from app.core.errors import ApplicationError, Busy
from app.core.limits import TooManyRequests
from app.core.local_text import Text
from app.core.phrasing import number_text, opening_a_line
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.events import queries, wording
from app.events.importing.bringing import Report
from app.events.importing.reading import ReadCalendar, ReadEvent
from app.events.queries.calendars import SourceView
from app.events.schedule_words import schedule_text
from app.events.service import TooManyCalendars

SHOWN = 60
CAUSES: dict[str, LazyString] = {
    "too large": _l("the file is larger than 5 MB"),
    "too many": _l("there are more than 2,000 events"),
    "ends differ": _l("an END does not match its BEGIN"),
    "cut off": _l("the file ends in the middle of an event"),
    "no calendar": _l("this is no calendar: look for the address that ends in .ics"),
    "no start": _l("it says no day"),
    "broken": _l("a line of it cannot be read"),
    "rule": _l("its rule is not one of days, weeks, months or years"),
    "several rules": _l("it has several rules"),
    "out of range": _l("its year is before 2000 or after 2100"),
    "too long": _l("it lasts longer than two weeks"),
    "ends before it begins": _l("it ends before it begins"),
    "this and future": _l("a change is for all dates that follow, which only its own program can split"),
    "TooManyDates": _l("it has more than 1,000 dates"),
    "EventNotValid": _l("one of its texts is too long"),
    "too many redirects": _l("it leads on and on"),
    "not an address": _l("this is no address"),
    "only http and https addresses": _l("only addresses with http or https are read"),
    "the other side did not answer as it should": _l("the other side does not answer"),
    "this name is not known": _l("this name is not known on the internet"),
    "this address is not a public one": _l("this address is not a public one"),
    "packed in an unknown way": _l("it is packed in an unknown way"),
    "more than 5 MB": _l("the file is larger than 5 MB"),
    "too slow": _l("the other side is too slow"),
}


@dataclass(frozen=True)
class SourceRow:
    """A calendar that the place follows; `gone` are titles of what it no longer has."""

    id: str
    name: str
    checked_text: str
    fault_text: str
    gone: tuple[Text, ...]


@dataclass(frozen=True)
class PreviewLine:
    """An event of the calendar, as it would stand."""

    title: Text
    when_text: str


@dataclass(frozen=True)
class Preview:
    """What is in it, and what taking it in does."""

    id: str
    name: str
    counts: tuple[str, ...]
    lines: tuple[PreviewLine, ...]
    more_text: str
    refused: tuple[str, ...]
    has_any: bool


def source_rows(sources: list[SourceView], tzid: str) -> list[SourceRow]:
    """In the order given."""
    return [
        SourceRow(
            one.public_id, one.address or gettext("A file"), gettext("looked at %(when)s", when=wording.moment_text(one.checked_at, tzid)),
            cause_text(one.fault) if one.fault else "", tuple(filter(None, map(_title, one.gone))),
        )
        for one in sources
    ]  # fmt: skip


def preview_page(
    source: SourceView, calendar: ReadCalendar, report: Report, language: str, tzid: str
) -> Preview:
    """The first events, and how many of each sort."""
    counts = (
        (gettext("New: %(num)s", num=number_text(report.new)), report.new),
        (gettext("Changed: %(num)s", num=number_text(report.changed)), report.changed),
        (gettext("As they were: %(num)s", num=number_text(report.unchanged)), report.unchanged),
        (gettext("Here already: %(num)s", num=number_text(report.alike)), report.alike),
        (gettext("Over, left out: %(num)s", num=number_text(report.over)), report.over),
        (gettext("No longer in the calendar: %(num)s", num=number_text(len(report.gone))), len(report.gone)),
    )
    left = len(calendar.events) - SHOWN
    return Preview(
        source.public_id, calendar.name or source.address or gettext("A file"), tuple(text for text, number in counts if number),
        tuple(_line(event, language, tzid) for event in calendar.events[:SHOWN]),
        gettext("and %(num)s more", num=number_text(left)) if left > 0 else "",
        tuple(refused_text(one.line, one.title, one.cause) for one in report.refused[:SHOWN]), report.new + report.changed > 0,
    )  # fmt: skip


def refused_text(line: int, title: str, cause: str) -> str:
    """Where it stands, what it is called, why it is left out."""
    return gettext("Line %(line)s, «%(title)s»: %(cause)s", line=line, title=title, cause=cause_text(cause))


def cause_text(cause: str) -> str:
    """Why, in the reader's language; numbers of answers (404) are said as they are."""
    known = CAUSES.get(cause)
    return (
        str(known)
        if known is not None
        else gettext("the other side said: %(cause)s", cause=cause.rpartition(" ")[2])
    )


def refusal(error: ApplicationError) -> str:
    """Why it cannot be looked at, and what to do."""
    if isinstance(error, TooManyCalendars):
        return gettext("The place takes in five calendars already: let one go first.")
    if isinstance(error, TooManyRequests):
        return gettext("That was often: wait a little and press again.")
    if isinstance(error, Busy):
        return gettext("The site is very busy: nothing was changed yet. Press again in a moment.")
    return gettext(
        "This calendar cannot be read: %(cause)s.", cause=cause_text(str(error.details.get("cause", "")))
    )


def _line(event: ReadEvent, language: str, tzid: str) -> PreviewLine:
    start = event.schedule.starts_local.replace(tzinfo=ZoneInfo(event.schedule.tzid))
    when = schedule_text(event.schedule) or wording.moment_text(start, tzid)
    return PreviewLine(Text(event.title, language), opening_a_line(when))


def _title(event_id: str) -> Text | None:
    event = queries.event_by_public_id(event_id)
    return event.title.within(event.title.original) if event else None
