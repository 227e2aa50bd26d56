"""Real calendars of fifteen projects: we lay out what an independent reader lays out, or the table says why not."""

from collections import Counter

import pytest

from app.core.errors import Invalid
from tests.app.events.corpus import FILE, NotComparable, Recurring, recurring_events

FIRST_COUNTS = (
    "DTSTART lies outside the pattern: it counts towards COUNT (RFC 5545, 3.8.5.3); they count without it"
)
LOCAL_UNTIL = (
    "UNTIL without Z beside a zone, which the RFC forbids: we read the wall clock of the place, they read UTC"
)
DAY_OFF = "EXDATE names a day where DTSTART is a time, which the RFC forbids: they leave the whole day out, we no date"
# file, rule → why the dates differ
EXPLAINED = {
    ("ical4j__fc316565__korganizer_sample.ics", "FREQ=MONTHLY;COUNT=12;INTERVAL=1;BYDAY=2TH"): FIRST_COUNTS,
    ("ical4j__fc316565__korganizer_sample.ics", "FREQ=MONTHLY;COUNT=12;INTERVAL=1;BYDAY=1SA"): FIRST_COUNTS,
    ("node-ical__b45396a5__non-utc-until-ny.ics", "FREQ=DAILY;UNTIL=20240315T140000"): LOCAL_UNTIL,
    ("vobject__7c93a5ea__UntilRespectsTimezoneTest.ics", "FREQ=WEEKLY;UNTIL=20131118T183000"): LOCAL_UNTIL,
    ("ical.js__6023456c__rdate_exdate.ics", "FREQ=DAILY;COUNT=4;INTERVAL=1"): DAY_OFF,
}
# What we refuse by name, and how often: hours of a day (HOURLY), other calendars (RSCALE), broken rules;
# years before 2000, which no coming event has.
REFUSED = {"RuleNotUnderstood": 7, "ScheduleOutOfRange": 21}


@pytest.fixture(scope="module")
def events() -> list[Recurring]:
    """Those that both can read."""
    if not FILE.is_file():
        pytest.skip("the calendars of others (../shared/data/ics) are not on this machine")
    return [event for event in recurring_events() if not isinstance(event, NotComparable)]


def test_our_dates_are_those_of_an_independent_reader_or_the_table_says_why(events: list[Recurring]) -> None:
    compared, refused, different = 0, Counter[str](), set()
    for event in events:
        try:
            ours = event.ours()
        except Invalid as error:
            refused[type(error).__name__] += 1
            continue
        compared += 1
        if ours != event.theirs():
            different.add((event.file, event.schedule.rrule))
    assert different == EXPLAINED.keys()
    assert refused == REFUSED
    assert compared >= 360


def test_where_we_differ_one_date_is_in_question(events: list[Recurring]) -> None:
    for event in events:
        if (event.file, event.schedule.rrule) in EXPLAINED:
            assert len(set(event.ours()) ^ set(event.theirs())) == 1
