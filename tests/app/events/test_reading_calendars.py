"""363 calendars of others are read without a crash, and give the dates that an independent reader gives."""

import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest

from app.events.importing.blocks import CalendarRefused
from app.events.importing.reading import read_calendar
from app.events.rules.schedule import Window, slots
from tests.app.events.corpus import FILE
from tests.app.events.factory import ROME

ZONES = available_timezones()
# What is refused of 363 files, by cause; icalendar alone gives 13 of them up whole.
REFUSED = {"out of range": 133, "no start": 83, "broken": 18, "rule": 8, "too long": 6, "several rules": 1, "ends before it begins": 1}  # fmt: skip
FILES_REFUSED = {"ends differ": 4, "no calendar": 1, "cut off": 1}
SUB_DAILY = "rules of hours and minutes are refused"
WEIRD = "one event is refused by name: too long, ends before it begins, several rules"
OTHER_CLOCKS = (
    "days are counted on the clocks of the place; the file has other zones, or one that only it knows"
)
LOCAL_UNTIL = "UNTIL without Z beside a zone, which the RFC forbids: we read the wall clock of the place"
STRAY = "a change names a date that its series does not have: they add it, we leave it out"
EDGE = "the same days; they count one more at the edge of the year"
FIRST = "DTSTART lies outside the pattern: it counts towards COUNT (RFC 5545, 3.8.5.3)"
EXPLAINED = {
    "ical__564e5897__office_360_nz_tz.ics": OTHER_CLOCKS,
    "icalendar__d49aa684__issue_722_timezone_transition_ambiguity.ics": OTHER_CLOCKS,
    "icalendar__6e34c951__rfc_7265_appendix_example_2_ical.ics": EDGE,
    "ical.net__14a4f945__HourlyInterval2.ics": SUB_DAILY,
    "ical.net__544e5bc1__MinutelyCount3.ics": SUB_DAILY,
    "ical.net__8eaf7df6__MinutelyCount4.ics": SUB_DAILY,
    "ical4j__a4d5b104__1106817412.ics": WEIRD,
    "ical4j__fc316565__korganizer_sample.ics": FIRST,
    "node-ical__9ecebe4c__badRRULE.ics": OTHER_CLOCKS,
    "node-ical__cac0b07b__exchange_whole_day_moved_recurrence_offset_tz.ics": OTHER_CLOCKS,
    "node-ical__b45396a5__non-utc-until-ny.ics": LOCAL_UNTIL,
    "node-ical__58d071ba__recurrence-sequence.ics": STRAY,
    "ical.js__1006c473__multiple_rrules.ics": WEIRD,
    "python-recurring-ical-events__b82d588a__daylight_saving_time.ics": WEIRD,
    "python-recurring-ical-events__7e59564f__issue_132_swapped_start_and_end.ics": WEIRD,
    "python-recurring-ical-events__fc459c3a__issue_201_mixed_datetime_and_date.ics": WEIRD,
    "python-recurring-ical-events__f6083126__issue_28_rrule_with_UTC_endinginZ.ics": OTHER_CLOCKS,
    "python-recurring-ical-events__2454292f__machbar_16_feb_2019.ics": WEIRD,
    "khal__02795cae__event_dtr_no_tz_exdatez.ics": OTHER_CLOCKS,
    "vobject__7c93a5ea__UntilRespectsTimezoneTest.ics": LOCAL_UNTIL,
}


def corpus() -> Iterator[tuple[str, bytes, Any]]:
    if not FILE.is_file():
        pytest.skip("the calendars of others (../shared/data/ics) are not on this machine")
    manifest = {one["file"]: one for one in json.loads((FILE.parent / "manifest.json").read_text())}
    with tarfile.open(FILE) as files:
        for member in files.getmembers():
            name = Path(member.name).name
            if name.endswith(".ics"):
                yield name, files.extractfile(member).read(), manifest[name]


def counted(name: str, content: bytes, facts: Any) -> tuple[int, int] | None:
    """Our dates and theirs in the first year; None where the file holds years that we do not keep, or none at all."""
    first = facts.get("first_366_days") or {}
    tzid = next((one for one in facts["features"]["tzid"] if one in ZONES), ROME)
    calendar = read_calendar(content, tzid)
    if "events" not in first or any(one.cause == "out of range" for one in calendar.refused):
        return None
    begins, ends = (datetime.fromisoformat(first[key]).date() for key in ("window_start", "window_end"))
    window = Window(
        *(
            datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=by)
            for day, by in ((begins, -2), (ends, 2))
        )
    )
    ours = 0
    for event in calendar.events:
        starts = {
            slot.recurrence_id.astimezone(ZoneInfo(tzid)).date() for slot in slots(event.schedule, window)
        }
        ours += sum(begins <= day < ends for day in starts)
    return ours, first["events"]


def test_no_real_calendar_breaks_the_reader_and_each_refusal_has_a_cause() -> None:
    causes, whole, read = Counter[str](), Counter[str](), 0
    for _, content, _ in corpus():
        try:
            calendar = read_calendar(content, ROME)
        except CalendarRefused as error:
            whole[error.cause] += 1
            continue
        read += 1
        causes.update(one.cause for one in calendar.refused)
        assert all(one.line > 0 for one in calendar.refused)
        assert all(event.title and event.uid for event in calendar.events)
    assert (read, whole) == (357, FILES_REFUSED)
    assert causes == REFUSED


def test_dates_are_those_of_an_independent_reader_or_the_table_says_why() -> None:
    same, different = 0, {}
    for name, content, facts in corpus():
        try:
            pair = counted(name, content, facts)
        except CalendarRefused:
            continue
        if pair is not None and pair[0] != pair[1]:
            different[name] = pair
        same += pair is not None and pair[0] == pair[1]
    assert different.keys() == EXPLAINED.keys(), different
    assert same >= 183
