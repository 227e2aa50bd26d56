"""The demo's post: .eml files under DATA_DIR/mail, read as text only. What they hold is never trusted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from app.core.text import clean, clean_line

MOST_LETTERS = 100
MOST_BYTES = 2_000_000
MOST_CHARACTERS = 20_000
MOST_HEADER = 2_000
MOST_PARTS = 100
_NAME = re.compile(r"[0-9A-Za-z_-]{1,80}")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CLOSING = ".,;:!?)]}»’'"


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `url` (a path on our own host) where it is a link of ours."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Enclosure:
    """A file in a letter: its name, and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True)
class Letter:
    """One mail: `name` in addresses, headers, text in lines of pieces, names of attached files."""

    name: str
    subject: str
    to: str
    sent_at: datetime | None
    language: str
    lines: tuple[tuple[Piece, ...], ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


def letters(folder: Path) -> list[Letter]:
    """The newest letters (at most 100), newest first, without their text."""
    newest = sorted(_files(folder), reverse=True)[:MOST_LETTERS]
    return [_letter(path, _parsed(path)) for _, path in newest]


def letter(folder: Path, name: str, own_url: str) -> Letter | None:
    """One letter in full; addresses under `own_url` become links. None if there is no such letter."""
    path = folder / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    email = _parsed(path)
    text = _text(email)
    return _letter(path, email, tuple(pieces(line, own_url) for line in text.splitlines()))


def pieces(line: str, own_url: str) -> tuple[Piece, ...]:
    """Split a line into text and links to our own host; every other address stays text.

    >>> pieces("See http://localhost:8000/events.", "http://localhost:8000")
    (Piece(text='See ', url=''), Piece(text='http://localhost:8000/events', url='/events'), Piece(text='.', url=''))
    >>> pieces("http://localhost:8000.evil.example/", "http://localhost:8000")[0].url
    ''
    """
    return tuple(piece for piece in _split(line, own_url) if piece.text)


def _split(line: str, own_url: str) -> Iterator[Piece]:
    end = 0
    for found in _ADDRESS.finditer(line):
        address = found.group().rstrip(_CLOSING)
        path = _own_path(address, own_url)
        if path:
            yield Piece(line[end : found.start()])
            yield Piece(address, path)
            end = found.start() + len(address)
    yield Piece(line[end:])


def _own_path(address: str, own_url: str) -> str:
    """The address without our scheme and host, or "" where it is somebody else's."""
    if not address.startswith((f"{own_url}/", f"{own_url}?")):
        return ""
    parts = urlsplit(address.removeprefix(own_url))
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path


def _files(folder: Path) -> Iterator[tuple[int, Path]]:
    if folder.is_dir():
        for path in folder.glob("*.eml"):
            if _NAME.fullmatch(path.stem) and path.is_file() and path.stat().st_size <= MOST_BYTES:
                yield path.stat().st_mtime_ns, path


def _parsed(path: Path) -> Message:
    """The file as the lenient old parser sees it: the new one runs into its own recursion on hostile headers."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES)
    try:
        return message_from_bytes(content)
    except (RecursionError, ValueError, LookupError):
        return Message()


def _letter(path: Path, email: Message, lines: tuple[tuple[Piece, ...], ...] = ()) -> Letter:
    return Letter(
        name=path.stem,
        subject=_header(email, "Subject"),
        to=_header(email, "To"),
        sent_at=_sent_at(email),
        language=_language(_header(email, "Content-Language")),
        lines=lines,
        enclosures=tuple(_enclosures(email)),
    )


def _header(email: Message, name: str) -> str:
    """A header as one clean line; a broken one is shown as far as it can be read."""
    raw = str(email.get(name, ""))[:MOST_HEADER]
    try:
        return clean_line(str(make_header(decode_header(raw))))[:300]
    except (ValueError, LookupError, HeaderParseError):
        return clean_line(raw)[:300]


def _sent_at(email: Message) -> datetime | None:
    try:
        sent_at = parsedate_to_datetime(_header(email, "Date"))
    except (ValueError, OverflowError):
        return None
    return sent_at if sent_at.tzinfo else None


def _language(text: str) -> str:
    return text if _LANGUAGE.fullmatch(text) else ""


def _text(email: Message) -> str:
    """The first plain text; a letter without one shows nothing, since HTML is never rendered here."""
    part = next((part for part in _parts(email) if _is_text(part)), None)
    if part is None:
        return ""
    charset = str(part.get_content_charset("utf-8"))
    try:
        text = _content(part).decode(charset, "replace")
    except (LookupError, ValueError):
        text = _content(part).decode("utf-8", "replace")
    return clean(text)[:MOST_CHARACTERS]


def _is_text(part: Message) -> bool:
    return part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment"


def _enclosures(email: Message) -> Iterator[Enclosure]:
    for part in _parts(email):
        if part.get_content_disposition() == "attachment":
            yield Enclosure(clean_line(_file_name(part))[:120], len(_content(part)))


def _file_name(part: Message) -> str:
    try:
        return part.get_filename() or part.get_content_type()
    except (ValueError, LookupError, TypeError):
        return part.get_content_type()


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _parts(email: Message) -> Iterator[Message]:
    """The leaves, the first hundred of them."""
    return islice((part for part in email.walk() if not part.is_multipart()), MOST_PARTS)
