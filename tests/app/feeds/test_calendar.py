"""Whole calendars as independent readers see them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
import vobject

from app.events.rules.schedule import slots, window_at
from app.feeds.rules.vevent import Change
from tests.app.feeds.facts import SAVED_AT, THURSDAYS, calendar, changed, event, parse

ROME = ZoneInfo("Europe/Rome")
MOVED_FROM = datetime(2026, 11, 5, 10, tzinfo=ROME)
MOVED_TO = datetime(2026, 11, 7, 16, tzinfo=ROME)
CANCELLED = datetime(2026, 11, 19, 10, tzinfo=ROME)
READING = event(
    changed=(changed(MOVED_FROM, Change.MOVED, to=MOVED_TO), changed(CANCELLED, Change.CANCELLED))
)


def starts(content: bytes) -> list[datetime]:
    """Every start in autumn 2026, by recurring-ical-events."""
    found = recurring_ical_events.of(parse(content)).between(date(2026, 9, 1), date(2027, 1, 31))
    return sorted(one["DTSTART"].dt.astimezone(UTC) for one in found)


def test_the_header_names_the_calendar_for_every_client():
    read = parse(calendar(event()))
    assert read["VERSION"] == "2.0"
    assert read["PRODID"]
    assert read["NAME"] == read["X-WR-CALNAME"] == "Isole di Wendy"
    assert read["X-WR-TIMEZONE"] == "Europe/Rome"
    assert read["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert read["X-PUBLISHED-TTL"] == "PT1H"
    assert read["SOURCE"] == "http://localhost:8000/feeds/network.ics"
    assert read["LAST-MODIFIED"].dt == SAVED_AT.replace(microsecond=0)
    assert "METHOD" not in read


def test_a_calendar_without_events_is_still_valid():
    read = parse(calendar())
    assert [component.name for component in read.subcomponents] == ["VTIMEZONE"]


def test_each_zone_that_events_name_is_told_once():
    helsinki = event(uid="other@isole-di-wendy", schedule=replace(THURSDAYS, tzid="Europe/Helsinki"))
    read = parse(calendar(event(), helsinki, helsinki))
    assert [zone["TZID"] for zone in read.walk("VTIMEZONE")] == ["Europe/Helsinki", "Europe/Rome"]


def test_our_dates_are_those_of_an_independent_reader():
    ours = [slot.recurrence_id for slot in slots(THURSDAYS, window_at(datetime(2026, 11, 22, tzinfo=UTC)))]
    assert starts(calendar(event())) == ours
    assert len(ours) == 7


def test_moved_and_cancelled_dates_reach_the_reader():
    found = starts(calendar(READING))
    assert MOVED_FROM not in found
    assert MOVED_TO in found
    read = recurring_ical_events.of(parse(calendar(READING))).at(CANCELLED.date())
    assert [(str(one["STATUS"]), str(one["SUMMARY"])) for one in read] == [
        ("CANCELLED", "Annullato: Lettura 0-3")
    ]


def test_ten_in_the_morning_stays_ten_when_the_clocks_change():
    found = starts(calendar(event()))
    assert {moment.astimezone(ROME).hour for moment in found} == {10}
    assert {moment.hour for moment in found} == {8, 9}


def test_vobject_reads_the_same_series():
    read = vobject.readOne(calendar(READING).decode())
    series = next(one for one in read.vevent_list if not hasattr(one, "recurrence_id"))
    assert series.summary.value == "Lettura 0-3"
    assert len(list(series.getrruleset())) == 7
    assert {one.status.value for one in read.vevent_list} == {"CONFIRMED", "CANCELLED"}
