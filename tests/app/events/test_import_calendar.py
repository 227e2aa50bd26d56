"""A calendar becomes events of a place: without doubles, with its changes, and nothing that hosts added is lost."""

import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bookings import service as bookings
from app.cli import wendy
from app.core.database import db
from app.core.local_text import LocalText
from app.events import service
from app.events.facts import OccurrenceView
from app.events.forms.edit import as_saved
from app.events.importing.blocks import MAX_EVENTS, CalendarRefused
from app.events.importing.bringing import bring, call_off
from app.events.importing.fetching import FetchRefused, fetch_calendar
from app.events.importing.reading import read_calendar
from app.events.models import Event
from app.events.queries import event_by_public_id
from app.events.rules.vocabulary import OccurrenceStatus
from app.places.queries import StaffPlace, staff_place
from tests.app.bookings.test_mails import family
from tests.app.events.factory import ROME, all_dates, in_days, make_place


def stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def calendar(*events: str, name: str = "Letture") -> bytes:
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", f"X-WR-CALNAME:{name}", *events, "END:VCALENDAR"]
    return "\r\n".join(whole).encode()


def vevent(uid: str, start: datetime, *lines: str, title: str = "Lettura") -> str:
    own = (f"UID:{uid}", f"DTSTART;TZID=Europe/Rome:{stamp(start)}", "DURATION:PT45M", f"SUMMARY:{title}")
    return "\r\n".join(("BEGIN:VEVENT", *own, *lines, "END:VEVENT"))


SERIES = "RRULE:FREQ=WEEKLY;COUNT=4"


@pytest.fixture
def place(app: Flask) -> Iterator[StaffPlace]:
    with app.app_context():
        found = staff_place(make_place())
        assert found is not None
        yield found


def take(place: StaffPlace, content: bytes) -> tuple[int, int, int, int]:
    done = bring(place, read_calendar(content, place.tzid), "https://example.org/a.ics")
    return done.new, done.changed, done.unchanged, len(done.refused)


def dates() -> list[OccurrenceView]:
    return sorted(all_dates(), key=lambda date: date.recurrence_id)


def test_bringing_twice_is_bringing_once(place: StaffPlace) -> None:
    start = in_days(7)
    content = calendar(
        vevent("a", start, SERIES),
        vevent("b", start, title="Corso, primo\\, secondo"),
        vevent("old", datetime(2020, 1, 1, 9, tzinfo=UTC)),
    )
    assert take(place, content) == (2, 0, 0, 0)
    assert take(place, content) == (0, 0, 2, 0)
    assert len(dates()) == 5
    later = content.replace(b"SUMMARY:Lettura", b"SUMMARY:Lettura al parco", 1)
    assert take(place, later) == (0, 1, 1, 0)
    assert {date.title.within("it").value for date in dates()} == {
        "Lettura al parco",
        "Corso, primo, secondo",
    }


def test_single_dates_are_moved_and_called_off(place: StaffPlace) -> None:
    start = in_days(7)
    second, third = start + timedelta(days=7), start + timedelta(days=14)
    moved = vevent("a", second + timedelta(hours=3), f"RECURRENCE-ID;TZID=Europe/Rome:{stamp(second)}")
    off = vevent("a", third, f"RECURRENCE-ID;TZID=Europe/Rome:{stamp(third)}", "STATUS:CANCELLED")
    content = calendar(
        vevent("a", start, SERIES, "EXDATE;VALUE=DATE:" + f"{start + timedelta(days=21):%Y%m%d}"), moved, off
    )
    assert take(place, content) == (1, 0, 0, 0)
    assert [(date.status, date.starts_at - date.recurrence_id) for date in dates()] == [
        (OccurrenceStatus.SCHEDULED, timedelta()), (OccurrenceStatus.SCHEDULED, timedelta(hours=3)),
        (OccurrenceStatus.CANCELLED, timedelta()),
    ]  # fmt: skip
    assert take(place, content) == (0, 0, 1, 0)


def test_what_hosts_added_stays(place: StaffPlace) -> None:
    content = calendar(vevent("a", in_days(7)))
    take(place, content)
    event = event_by_public_id(dates()[0].event_public_id)
    assert event is not None
    words = LocalText.of("it", it="Lettura", en="Reading")
    service.update_event(event.public_id, replace(as_saved(event), source_key=None, capacity=6, title=words))
    take(place, content.replace(b"SUMMARY:Lettura", b"SUMMARY:Fiabe"))
    event = event_by_public_id(event.public_id)
    assert event is not None
    assert (event.capacity, event.title.texts) == (6, {"it": "Fiabe", "en": "Reading"})


def test_what_is_gone_is_named_and_called_off_when_asked(place: StaffPlace) -> None:
    both = calendar(vevent("a", in_days(7), SERIES), vevent("b", in_days(8)))
    take(place, both)
    only = read_calendar(calendar(vevent("b", in_days(8))), ROME)
    done = bring(place, only, "https://example.org/a.ics")
    assert len(done.gone) == 1
    assert {date.status for date in dates()} == {OccurrenceStatus.SCHEDULED}
    event = event_by_public_id(done.gone[0])
    assert event is not None
    service.update_event(
        event.public_id, replace(as_saved(event), source_key=event_key(event.public_id), capacity=6)
    )
    first = next(date for date in dates() if date.event_public_id == event.public_id)
    bookings.book(first.public_id, family("Amira"))
    assert call_off(done.gone) == 1
    assert sum(date.status is OccurrenceStatus.CANCELLED for date in dates()) == 4
    assert bring(place, only, "https://example.org/a.ics").gone == []


def event_key(public_id: str) -> str | None:
    return db.session.query(Event.source_key).filter_by(public_id=public_id).scalar()


@pytest.mark.parametrize(
    ("content", "cause", "line"),
    [
        (b"", "no calendar", 1),
        (b"\x00\xff\xfe" * 50, "no calendar", 1),
        (b"<html><body>404</body></html>", "no calendar", 1),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", "cut off", 2),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "ends differ", 3),
        (b"BEGIN:VCALENDAR\n" + b"X" * 5_000_001, "too large", 0),
        (calendar(*[vevent(str(number), datetime(2027, 1, 1, tzinfo=UTC)) for number in range(MAX_EVENTS + 1)]), "too many", 12_009),
    ],
)  # fmt: skip
def test_files_that_are_none_are_refused_with_line_and_cause(content: bytes, cause: str, line: int) -> None:
    with pytest.raises(CalendarRefused) as refused:
        read_calendar(content, ROME)
    assert (refused.value.cause, refused.value.line) == (cause, line)


def test_odd_files_are_read(place: StaffPlace) -> None:
    start = in_days(7)
    folded = "DESCRIPTION:" + "\r\n ".join(["parola " * 9] * 20_000)
    odd = calendar(
        vevent("long", start, title="x" * 4_000), vevent("folded", start, folded), vevent("endless", start, "RRULE:FREQ=DAILY"),
        vevent("hours", start, "RRULE:FREQ=SECONDLY"), vevent("\u202e<b>", start, title="<script>alert(1)</script>"),
    )  # fmt: skip
    read = read_calendar(odd.decode().encode("utf-16"), ROME)
    assert [len(event.title) for event in read.events[:1]] == [160]
    assert [(one.cause, one.title) for one in read.refused] == [("rule", "Lettura")]
    done = bring(place, read, "file")
    assert (done.new, len(done.refused)) == (4, 1)
    assert bring(place, read, "file").unchanged == 4


@given(st.binary(max_size=400), st.integers(0, 400))
@settings(max_examples=150)
def test_any_bytes_are_answered(noise: bytes, where: int) -> None:
    good = calendar(vevent("a", datetime(2027, 1, 7, 10, tzinfo=UTC), SERIES))
    for content in (noise, good[:where] + noise + good[where:]):
        with suppress(CalendarRefused):
            read_calendar(content, ROME)


class Other(http.server.BaseHTTPRequestHandler):
    """Another site, which answers as its address says."""

    def do_GET(self) -> None:
        body, headers, status = calendar(vevent("a", in_days(7))), {}, 200
        if self.path == "/away":
            status, headers = 302, {"Location": "http://169.254.169.254/latest"}
        elif self.path == "/round":
            status, headers = 302, {"Location": "/round"}
        elif self.path == "/once":
            status, headers = 301, {"Location": "/a.ics"}
        elif self.path == "/bomb":
            body, headers = gzip.compress(b"0" * 200_000_000, 9), {"Content-Encoding": "gzip"}
        elif self.path == "/zip":
            body, headers = gzip.compress(body), {"Content-Encoding": "gzip"}
        elif self.path == "/gone":
            status = 404
        elif self.path == "/odd":
            headers = {"Content-Encoding": "br"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # who asked has had enough

    def log_message(self, *_: object) -> None:
        """Quietly."""


@pytest.fixture
def other() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_fetching_is_bounded_and_stays_outside(other: str) -> None:
    for path in ("/a.ics", "/zip", "/once"):
        assert fetch_calendar(other + path, allows_loopback=True).content.startswith(b"BEGIN:VCALENDAR")
    for path in ("/away", "/round", "/bomb", "/gone", "/odd"):
        with pytest.raises(FetchRefused):
            fetch_calendar(other + path, allows_loopback=True)
    with pytest.raises(FetchRefused):
        fetch_calendar(other + "/a.ics")


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://169.254.169.254/", "http://0.0.0.0/", "http://[fe80::1]/", "http://[fd00::1]/", "http://224.0.0.1/", "http://2130706433/",
        "file:///etc/passwd", "ftp://example.org/a.ics", "http://user:secret@example.org/", "http://", "https://exa mple/", "http://[x", "gopher://x",
    ],
)  # fmt: skip
def test_our_own_network_is_never_asked(url: str) -> None:
    with pytest.raises(FetchRefused):
        fetch_calendar(url)


def test_the_command(app: Flask, place: StaffPlace, tmp_path: Path, other: str) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(
        calendar(vevent("a", in_days(7)), "BEGIN:VEVENT\r\nUID:x\r\nSUMMARY:Senza giorno\r\nEND:VEVENT")
    )
    run = app.test_cli_runner().invoke
    dry = run(wendy, ["import-calendar", place.slug, str(file), "--dry-run"])
    assert dry.output.splitlines()[-1] == "new 1, changed 0, unchanged 0, refused 1"
    assert dates() == []
    done = run(wendy, ["import-calendar", place.public_id, str(file)])
    assert done.exit_code == 0
    assert "line 10 «Senza giorno» refused: it says no day (no DTSTART)" in done.output
    fetched = run(wendy, ["import-calendar", place.slug, f"{other}/a.ics"])
    assert fetched.output.splitlines()[-1] == "new 0, changed 0, unchanged 0, refused 0"
    assert "1 events stand at this place already" in fetched.output
    for arguments in (["nowhere", str(file)], [place.slug, "missing.ics"], [place.slug, "http://10.0.0.1/"]):
        failed = run(wendy, ["import-calendar", *arguments])
        assert failed.exit_code == 1
        assert failed.output.startswith("Error: ")
