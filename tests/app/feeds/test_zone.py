"""VTIMEZONE agrees with the zone it was derived from, and says it by rules."""

import io
from datetime import timedelta, tzinfo
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical
from icalendar import Timezone

from app.events.rules.schedule import read_local
from app.feeds.rules.zone import vtimezone

ZONES = (
    "Europe/Rome", "Europe/London", "Atlantic/Reykjavik", "America/New_York", "America/Nuuk", "Asia/Jerusalem",
    "Asia/Kolkata", "Africa/Cairo", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Chatham", "UTC",
)  # fmt: skip
IRREGULAR = {"Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza", "Asia/Hebron", "Egypt"}


def test_rome_changes_its_clocks_by_two_rules():
    text = vtimezone("Europe/Rome", 2026).decode()
    assert "DTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n" in text
    assert "DTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n" in text
    assert "RDATE" not in text


def test_bytes_do_not_change_from_year_to_year():
    assert vtimezone("Europe/Rome", 2026) == vtimezone("Europe/Rome", 2031)


@pytest.mark.parametrize("tzid", ZONES)
def test_an_independent_reader_sees_the_same_offsets(tzid):
    assert_same_offsets(tzid)


@pytest.mark.long
@pytest.mark.parametrize("tzid", sorted(available_timezones() - {"localtime", "Factory"}))
def test_every_zone_of_the_world_is_told_right(tzid):
    assert_same_offsets(tzid)
    assert (b"RDATE" in vtimezone(tzid, 2026)) == (tzid in IRREGULAR)


def assert_same_offsets(tzid: str) -> None:
    """Each third noon of 400 days has the zone's own offset when another library reads our VTIMEZONE."""
    text = vtimezone(tzid, 2026).decode()
    read = _read_with_icalendar(text) if "RDATE" in text else _read_with_dateutil(text)
    zone = ZoneInfo(tzid)
    noons = [read_local("2026-03-01T12:00") + timedelta(days=number) for number in range(0, 400, 3)]
    assert [noon.replace(tzinfo=read).utcoffset() for noon in noons] == [
        noon.replace(tzinfo=zone).utcoffset() for noon in noons
    ]


def _read_with_dateutil(text: str) -> tzinfo | None:
    return tzical(io.StringIO(text.replace("\r\n", "\n"))).get()


def _read_with_icalendar(text: str) -> tzinfo:
    """dateutil reads rules only; icalendar reads the dates of zones that follow none."""
    zone: Any = Timezone.from_ical(text)
    return cast(tzinfo, zone.to_tz(lookup_tzid=False))
