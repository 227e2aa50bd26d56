"""Cut a calendar file into its events, with line numbers, so that one broken event spoils no other (RFC 5545, 3.1)."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.errors import Invalid

MAX_BYTES = 5_000_000
MAX_EVENTS = 2_000
MAX_LINES = 400_000
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class CalendarRefused(Invalid):
    """The file as a whole cannot be taken: `details["line"]` and `details["cause"]` (a code of Cause)."""

    def __init__(self, line: int, cause: str) -> None:
        super().__init__(line=line, cause=cause)
        self.line, self.cause = line, cause


@dataclass(frozen=True)
class Block:
    """One component as it stands in the file; `line` is its first line, from 1."""

    name: str
    line: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Blocks:
    """The events and zones of a file, and the properties of the calendar around them."""

    events: tuple[Block, ...]
    zones: tuple[Block, ...]
    properties: dict[str, str]


def read_blocks(content: bytes) -> Blocks:
    r"""Raises CalendarRefused for what is too large, no calendar, or ends inside an event.

    >>> read_blocks(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR").events[0].line
    2
    """
    if len(content) > MAX_BYTES:
        raise CalendarRefused(0, "too large")
    cut = _Cutter()
    for number, line in _unfolded(_decoded(content)):
        cut.read(number, line)
    if cut.begun:
        raise CalendarRefused(cut.begun, "cut off")
    if not cut.is_calendar:
        raise CalendarRefused(1, "no calendar")
    return Blocks(tuple(cut.found["VEVENT"]), tuple(cut.found["VTIMEZONE"]), cut.properties)


class _Cutter:
    """Goes through the lines and keeps what stands inside an event or a zone."""

    def __init__(self) -> None:
        self.found: dict[str, list[Block]] = {"VEVENT": [], "VTIMEZONE": []}
        self.properties: dict[str, str] = {}
        self.begun = 0
        self.is_calendar = False
        self._inside: list[str] = []
        self._lines: list[str] = []

    def read(self, number: int, line: str) -> None:
        """One content line."""
        name, _, value = line.partition(":")
        key, value = name.strip().upper(), value.strip()
        if key == "BEGIN":
            self._begin(number, value.upper())
        if self.begun:
            self._lines.append(line)
        elif self._inside == ["VCALENDAR"]:
            self.properties.setdefault(key, value)
        if key == "END":
            self._end(number, value.upper())

    def _begin(self, number: int, name: str) -> None:
        self.is_calendar |= name == "VCALENDAR" or name in self.found  # some files hold their events bare
        self._inside.append(name)
        if name in self.found and not self.begun:
            self.begun = number

    def _end(self, number: int, name: str) -> None:
        if not self._inside or self._inside.pop() != name:
            raise CalendarRefused(number, "ends differ")
        if self.begun and name in self.found:
            self.found[name].append(Block(name, self.begun, tuple(self._lines)))
            self.begun, self._lines = 0, []
            if len(self.found[name]) > MAX_EVENTS:
                raise CalendarRefused(number, "too many")


def _decoded(content: bytes) -> str:
    """UTF-8 as the RFC says, UTF-16 where a mark says so; what is neither was written by Windows."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Content lines with the number of their first line; empty ones are left out."""
    whole, begun = "", 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if number > MAX_LINES:
            raise CalendarRefused(number, "too many")
        if line[:1] in (" ", "\t") and whole:
            whole += line[1:]
            continue
        if whole.strip():
            yield begun, whole
        whole, begun = line, number
    if whole.strip():
        yield begun, whole
