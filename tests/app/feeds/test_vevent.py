"""What a calendar entry says of an event and of its dates."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.local_text import Text
from app.events.rules.schedule import read_local
from app.feeds.rules.vevent import CalendarEvent, Change, vevents
from tests.app.feeds.facts import (
    CHANGED_AT,
    ONCE,
    SAVED_AT,
    THURSDAYS,
    WORDS,
    calendar,
    changed,
    event,
    parse,
)

ROME = ZoneInfo("Europe/Rome")
NOVEMBER_19 = datetime(2026, 11, 19, 10, tzinfo=ROME)
ARABIC = "حكايات بالعربية والإيطالية والإنجليزية للأطفال الصغار مع أهلهم في الحي"


def components(one: CalendarEvent) -> list[Any]:
    return list(parse(calendar(one)).walk("VEVENT"))


def lines(content: bytes) -> list[str]:
    """Unfolded lines."""
    return re.sub(r"\r\n[ \t]", "", content.decode()).split("\r\n")


def test_the_series_keeps_its_uid_and_the_time_of_its_row():
    (series,) = components(event())
    assert series["UID"] == "0123456789@isole-di-wendy"
    assert series["DTSTAMP"].dt == series["LAST-MODIFIED"].dt == SAVED_AT.replace(microsecond=0)
    assert series["SEQUENCE"] == 2
    assert series["STATUS"] == "CONFIRMED"


def test_place_and_links_stand_in_their_own_properties():
    (series,) = components(event())
    assert series["LOCATION"] == "La Lucciola, Via Negroli 7, 20133 Milano"
    assert (series["GEO"].latitude, series["GEO"].longitude) == (45.465432, 9.226412)
    assert series["URL"] == "http://localhost:8000/events/lettura-0-3"
    assert series["SUMMARY"].params["LANGUAGE"] == "it"
    assert series["CATEGORIES"].cats == ["Lettura"]


def test_exdate_has_the_type_and_zone_of_dtstart():
    written = lines(vevents(event(), WORDS))
    assert "DTSTART;TZID=Europe/Rome:20261008T100000" in written
    assert "EXDATE;TZID=Europe/Rome:20261112T100000" in written


@pytest.mark.parametrize(
    ("until", "in_utc"),
    [
        ("20261126", "20261126T225959Z"),
        ("20261126T100000", "20261126T090000Z"),
        ("20261126T090000Z", "20261126T090000Z"),
    ],
)
def test_until_is_written_in_utc(until, in_utc):
    schedule = replace(THURSDAYS, rrule=f"FREQ=WEEKLY;BYDAY=TH;UNTIL={until}")
    assert f"RRULE:FREQ=WEEKLY;UNTIL={in_utc};BYDAY=TH" in lines(vevents(event(schedule=schedule), WORDS))


def test_a_cancelled_date_stays_with_a_higher_sequence_and_says_so():
    series, exception = components(event(changed=(changed(NOVEMBER_19, Change.CANCELLED),)))
    assert exception["RECURRENCE-ID"].dt == NOVEMBER_19
    assert exception["STATUS"] == "CANCELLED"
    assert exception["SEQUENCE"] > series["SEQUENCE"]
    assert exception["SUMMARY"] == "Annullato: Lettura 0-3"
    assert exception["LAST-MODIFIED"].dt == CHANGED_AT
    assert exception["UID"] == series["UID"]
    assert "RRULE" not in exception


def test_a_moved_date_names_the_date_it_replaces():
    later = NOVEMBER_19 + timedelta(days=1, hours=6)
    _, exception = components(event(changed=(changed(NOVEMBER_19, Change.MOVED, to=later),)))
    assert exception["RECURRENCE-ID"].dt == NOVEMBER_19
    assert exception["DTSTART"].dt == later
    assert exception["SUMMARY"] == "Nuova data: Lettura 0-3"
    assert exception["STATUS"] == "CONFIRMED"


def test_a_postponed_date_is_tentative():
    _, exception = components(event(changed=(changed(NOVEMBER_19, Change.POSTPONED),)))
    assert (exception["STATUS"], exception["SUMMARY"]) == ("TENTATIVE", "Rinviato: Lettura 0-3")


def test_a_date_held_after_all_is_confirmed_with_its_higher_sequence():
    series, exception = components(event(changed=(changed(NOVEMBER_19, Change.CONFIRMED, sequence=2),)))
    assert exception["STATUS"] == "CONFIRMED"
    assert exception["SUMMARY"] == "Lettura 0-3"
    assert exception["SEQUENCE"] == series["SEQUENCE"] + 2


def test_what_happens_to_the_only_date_happens_to_the_event():
    day = datetime(2026, 10, 8, 10, tzinfo=ROME)
    (only,) = components(event(schedule=ONCE, changed=(changed(day, Change.CANCELLED),)))
    assert (only["STATUS"], only["SEQUENCE"]) == ("CANCELLED", 3)
    assert "RECURRENCE-ID" not in only


def test_an_hour_stays_an_hour_in_the_night_of_the_clocks():
    night = replace(ONCE, starts_local=read_local("2026-10-25T01:30"), duration=timedelta(hours=2))
    (only,) = components(event(schedule=night))
    assert only["DTSTART"].dt.astimezone(UTC) == datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    assert only.duration == timedelta(hours=2)
    assert "DTEND" not in only  # 02:30 comes twice that night


def test_a_made_up_event_says_so_in_title_text_and_mark():
    (series,) = components(event(is_demo=True))
    assert series["SUMMARY"] == "Lettura 0-3 (dimostrazione)"
    assert series["DESCRIPTION"].startswith("Rete dimostrativa.")
    assert series["X-WENDY-DEMO"] == "TRUE"
    (real,) = components(event())
    assert "X-WENDY-DEMO" not in real


def test_the_same_facts_give_the_same_bytes():
    cancelled, moved = (
        changed(NOVEMBER_19, Change.CANCELLED),
        changed(NOVEMBER_19 - timedelta(days=21), Change.MOVED, to=NOVEMBER_19),
    )
    assert vevents(event(changed=(cancelled, moved)), WORDS) == vevents(
        event(changed=(moved, cancelled)), WORDS
    )


def test_lines_end_with_crlf_and_fold_at_75_octets_between_letters():
    content = vevents(event(title=Text(ARABIC, "ar"), description="\n".join([ARABIC * 3] * 3)), WORDS)
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter is torn apart
    assert f"SUMMARY;LANGUAGE=ar:{ARABIC}" in lines(content)


@pytest.mark.parametrize(
    "title",
    [
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
        'Latte; pane, e \\n burro: "gratis"',
        "\x00\x07 bell",
        "%(title)s %s {title} ${title}",
        "<script>alert(1)</script>",
        "=cmd|'/c calc'!A0",
        "\u202eforwards",
    ],
)
def test_a_title_never_becomes_a_property(title):
    (series,) = components(
        event(title=Text(title, "it"), location=title, description=title, categories=(title,))
    )
    assert series["UID"] == "0123456789@isole-di-wendy"
    assert "evil" not in [str(one["UID"]) for one in [series]]
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", str(series["SUMMARY"]))


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_comes_back_as_one_event_of_known_properties(title, description):
    (series,) = components(event(title=Text(title, "it"), description=description, location=title))
    assert set(series) <= {
        "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "RRULE", "EXDATE", "CATEGORIES", "DESCRIPTION",
        "GEO", "LAST-MODIFIED", "LOCATION", "STATUS", "TRANSP", "URL",
    }  # fmt: skip
