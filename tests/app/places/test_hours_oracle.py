"""Real opening hours against opening_hours.js: what it says, minute by minute, or an honest "unknown"."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.places.rules.hours import Locale, Unreadable, intervals, is_readable, is_uncertain
from geo.point import Point

FOLDER = Path(__file__).resolve().parents[4] / "shared/data/opening_hours"
ROME = ZoneInfo("Europe/Rome")
MILAN = Locale("Europe/Rome", "IT", "MI", Point(lon=9.19, lat=45.4642))
needs_data = pytest.mark.skipif(
    not FOLDER.exists(), reason="the real hours beside the repository are not on this machine"
)

# Each value for which we answer "unknown" although the oracle answers, with the reason.
UNKNOWN = {
    "We-Fr 13:00-18:00 Sa 12:00-18:00": "no separator: the oracle opens every day at the last hours",
    "Mo-Fr 08:00-19:00 Sa 09:00-19:00 Su 12:00-18:00": "no separator: the oracle opens every day at the last hours",
    "Weekdays 7-3, Saturdays 7-6, Sundays 7-4": "7-3 is probably meant for the afternoon, the oracle opens all night",
    "Mo-Sa 18:00+; Su 17:00+": "open end: the oracle guesses the closing time",
    "Tu-Fr 10:00+; Sa-Su 09:30+; Mo off": "open end: the oracle guesses the closing time",
    "22:00+; PH off": "open end: the oracle guesses the closing time",
    "Mo-Sa 07:00-19:00; PH Su off": "holidays and Sundays, or Sundays that are holidays?",
    'Mo-Fr 08:00-11:00 || Tu-Th,PH open "Emergency only"': "the fallback is another opening, in words",
    'sunrise-sunset open "Beware of sunburn!"; PH off': "a minute apart where the sun decides",
    'sunset-sunrise open "Beware of vampires!"; PH off': "a minute apart where the sun decides",
    "Tu,PH 23:59-22:59": "a night from a weekday into a holiday of the same rule",
}


def moment(text: str) -> datetime:
    """A wall-clock time in Rome as the instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ROME).astimezone(UTC)


def minutes(stretches: Iterable[tuple[datetime, datetime]]) -> set[int]:
    """All UTC minutes of some stretches."""
    return {
        minute
        for first, last in stretches
        for minute in range(int(first.timestamp()) // 60, int(last.timestamp()) // 60)
    }


# In the night of the change to summer time the oracle moves what is left of a Saturday or Sunday night by an hour, into
# Monday: "Mo-Fr 11:30-01:00; Sa 16:00-01:00" is closed on Sundays, and it opens it on Monday at 00:00.
MARCH_NIGHT = minutes([(moment("2026-03-29T00:00"), moment("2026-03-30T06:00"))])


def verdict(value: str, windows: list[dict[str, Any]]) -> str:
    """ "agree", "agree but for the March night", "unknown", or "wrong": three states, minute by minute."""
    verdicts = set()
    for window in windows:
        try:
            found = intervals(value, moment(window["from"]), moment(window["to"]), MILAN)
        except Unreadable:
            return "unknown"
        ours = minutes((one.starts_at, one.ends_at) for one in found)
        rows = [
            (moment(first), moment(last), unknown) for first, last, unknown, _words in window["intervals"]
        ]
        surely = minutes((first, last) for first, last, unknown in rows if not unknown)
        perhaps = minutes((first, last) for first, last, unknown in rows if unknown)
        verdicts.add(_compared(ours, surely, perhaps, doubted=is_uncertain(value)))
    order = ("wrong", "unknown", "agree but for the March night", "agree")
    return next(one for one in order if one in verdicts)


def _compared(ours: set[int], surely: set[int], perhaps: set[int], *, doubted: bool) -> str:
    missing, invented = surely - ours, ours - surely
    if perhaps and not doubted:
        return "wrong"
    if not missing and not invented:
        return "agree"
    if doubted and not invented:
        return "unknown"
    return "agree but for the March night" if missing | invented <= MARCH_NIGHT else "wrong"


@needs_data
def test_real_hours_are_read_as_the_oracle_reads_them_or_not_at_all() -> None:
    cases = json.loads(gzip.decompress((FOLDER / "real_strings_it_oracle.json.gz").read_bytes()))["cases"]
    verdicts = {
        case["value"]: verdict(case["value"], case["windows"]) for case in cases if case["parse"] == "ok"
    }
    counted = Counter(verdicts.values())
    assert counted["wrong"] == 0, [value for value, one in verdicts.items() if one == "wrong"]
    assert {value for value, one in verdicts.items() if one == "unknown"} <= UNKNOWN.keys()
    agreeing = counted["agree"] + counted["agree but for the March night"]
    assert (len(verdicts), agreeing / len(verdicts) >= 0.96) == (367, True), counted


@needs_data
def test_what_no_strict_parser_reads_gets_no_answer_made_up() -> None:
    groups = json.loads(gzip.decompress((FOLDER / "real_nonstandard_strings.json.gz").read_bytes()))
    values = [case["value"] for name in ("italian", "sample") for case in groups[name]]
    assert len(values) > 900
    assert [value for value in values if is_readable(value)] == []
