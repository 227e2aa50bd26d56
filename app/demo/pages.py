"""What the demo's pages show."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import format_date

from app.core.phrasing import number_text, side_by_side, time_text
from app.core.translation import gettext, ngettext
from app.demo.mailbox import Letter, Piece
from app.demo.records import TZID
from app.demo.tour import Step, tour


@dataclass(frozen=True)
class Door:
    """One way in: who one is then, and where its button sends."""

    title: str
    text: str
    button: str
    url: str


@dataclass(frozen=True)
class DemoPage:
    """/demo."""

    title: str
    doors: tuple[Door, ...]
    tour: tuple[Step, ...]


@dataclass(frozen=True)
class LetterRow:
    """A line of the mailbox."""

    url: str
    subject: str
    to: str
    lang: str
    sent_text: str
    sent_iso: str


@dataclass(frozen=True)
class MailboxPage:
    """/demo/mail."""

    title: str
    lead: str
    letters: tuple[LetterRow, ...]


@dataclass(frozen=True)
class EnclosureRow:
    """An attached file."""

    name: str
    size_text: str


@dataclass(frozen=True)
class LetterPage:
    """/demo/mail/<name>."""

    title: str
    subject: str
    to: str
    lang: str
    sent_text: str
    sent_iso: str
    lines: tuple[tuple[Piece, ...], ...]
    empty_text: str
    enclosures: tuple[EnclosureRow, ...]


def demo_page() -> DemoPage:
    """Doors and tour, with links to the dates that tell the stories now."""
    return DemoPage(gettext("Try Isole di Wendy"), _doors(), tour())


def mailbox_page(letters: list[Letter]) -> MailboxPage:
    """The newest letters first."""
    lead = ngettext("%(num)s mail, the newest first", "%(num)s mails, the newest first", len(letters))
    return MailboxPage(
        gettext("The mail of the demo"), lead, tuple(_letter_row(letter) for letter in letters)
    )


def letter_page(letter: Letter) -> LetterPage:
    """One letter."""
    row = _letter_row(letter)
    return LetterPage(
        title=row.subject,
        subject=row.subject,
        to=row.to,
        lang=row.lang,
        sent_text=row.sent_text,
        sent_iso=row.sent_iso,
        lines=letter.lines,
        empty_text=gettext("This mail has no text."),
        enclosures=tuple(EnclosureRow(file.name, _size_text(file.size)) for file in letter.enclosures),
    )


def _letter_row(letter: Letter) -> LetterRow:
    sent_at = letter.sent_at.astimezone(ZoneInfo(TZID)) if letter.sent_at else None
    return LetterRow(
        url=url_for("demo.read_letter", name=letter.name),
        subject=letter.subject or gettext("(no subject)"),
        to=letter.to,
        lang=letter.language if letter.subject else "",
        sent_text=_sent_text(sent_at) if sent_at else "",
        sent_iso=sent_at.isoformat() if sent_at else "",
    )


def _size_text(size: int) -> str:
    return ngettext("%(num)s byte", "%(num)s bytes", size, num=number_text(size))


def _sent_text(sent_at: datetime) -> str:
    zone = ZoneInfo(TZID)
    day = format_date(sent_at.astimezone(zone), "d MMM", rebase=False)
    return side_by_side(day, time_text(sent_at, zone))


def _doors() -> tuple[Door, ...]:
    return (
        Door(
            gettext("The bookseller of La Lucciola"),
            gettext("Publish a reading, move one date, cancel one."),
            gettext("Come in as the bookseller"),
            url_for("demo.enter", entry="bookseller"),
        ),
        Door(
            gettext("A community manager"),
            gettext("Look after the islands of Municipio 6."),
            gettext("Come in as a community manager"),
            url_for("demo.enter", entry="manager"),
        ),
        Door(
            gettext("An operator"),
            gettext("Look after the whole network."),
            gettext("Come in as an operator"),
            url_for("demo.enter", entry="operator"),
        ),
    )
