"""The sentence and the table speak of the same hours at every moment: at night, at midnight, in a corner of its own."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.places import wording
from app.places.rules.hours import Locale, corner_intervals
from app.places.rules.opening import opening_state
from app.places.rules.week import week

ROME = ZoneInfo("Europe/Rome")
LOCALE = Locale("Europe/Rome", "IT", "MI")
FRIDAY = datetime(2026, 11, 27, 0, 10, tzinfo=ROME)
HALF_HOURS = [FRIDAY + timedelta(minutes=30 * count) for count in range(4 * 48)]
HOURS = [
    ("Mo-Su 05:00-01:30", ""),
    ("Mo-Su 18:00-11:00", ""),
    ("Mo-Sa 08:30-13:00,15:00-24:00; Su 09:00-24:00", ""),
    ("Mo-Fr 08:00-22:30; Sa 09:00-03:00; Su off", ""),
    ("Mo-Su 05:00-01:30", "Mo-Su 20:00-01:00"),
    ("Mo-Fr 07:30-20:00; Sa 08:00-14:00", "Mo-Fr 09:00-18:00"),
]
SPAN = re.compile(r"(?:(?P<opens>\d\d:\d\d)–|until )(?P<closes>\d\d:\d\d)")


@pytest.mark.parametrize(("host", "corner"), HOURS)
def test_what_is_open_now_stands_in_todays_row_with_the_same_end(app: Flask, host: str, corner: str) -> None:
    begin = FRIDAY - timedelta(days=2)
    rows = corner_intervals(
        host, corner, begin.astimezone(UTC), begin.astimezone(UTC) + timedelta(days=9), LOCALE
    )
    with app.test_request_context("/?lang=en"):
        for local in HALF_HOURS:
            at = local.astimezone(UTC)
            state = opening_state(rows, at, texts=(host, corner))
            row = wording.day_hours_text(week(rows, at, ROME)[0], is_uncertain=False)
            ends = [closes for opens, closes in spans(row) if holds(opens, closes, f"{local:%H:%M}")]
            told = [f"{state.until.astimezone(ROME):%H:%M}"] if state.is_open else []
            assert ends == [text.replace("00:00", "24:00") for text in told], (local, row)


def spans(row: str) -> list[tuple[str, str]]:
    """The stretches that a row names; what begins yesterday begins at "" here."""
    return [(match["opens"] or "", match["closes"]) for match in SPAN.finditer(row)]


def holds(opens: str, closes: str, now: str) -> bool:
    """Whether this stretch of today's row holds this time of today; one that ends before it begins ends tomorrow."""
    return opens <= now < closes if opens < closes else now >= opens


@pytest.mark.parametrize(
    ("hours", "at", "text"),
    [
        ("Mo-Su 05:00-01:30", datetime(2026, 11, 27, 0, 30, tzinfo=ROME), "until 01:30 · 05:00–01:30"),
        ("Sa 20:00-04:00", datetime(2026, 11, 29, 1, 0, tzinfo=ROME), "until 04:00"),
        ("Mo-Su 05:00-01:30", datetime(2026, 11, 27, 2, 0, tzinfo=ROME), "05:00–01:30"),
    ],
)
def test_the_night_before_stands_in_todays_row_while_it_lasts(
    app: Flask, hours: str, at: datetime, text: str
) -> None:
    rows = corner_intervals(hours, "", at - timedelta(days=3), at + timedelta(days=3), LOCALE)
    with app.test_request_context("/?lang=en"):
        assert wording.day_hours_text(week(rows, at, ROME)[0], is_uncertain=False) == text


@pytest.mark.parametrize(
    ("hours", "at", "text"),
    [
        ("Mo-Su 15:00-24:00", datetime(2026, 11, 27, 20, 0, tzinfo=ROME), "Open now · closes at midnight"),
        ("Fr 08:00-24:00; Sa 00:00-24:00; Su 00:00-11:00", datetime(2026, 11, 28, 9, 0, tzinfo=ROME),
         "Open now · closes on Sunday at 11:00"),
    ],
)  # fmt: skip
def test_the_sentence_names_midnight_and_far_ends(app: Flask, hours: str, at: datetime, text: str) -> None:
    rows = corner_intervals(hours, "", at - timedelta(days=3), at + timedelta(days=5), LOCALE)
    with app.test_request_context("/?lang=en"):
        assert wording.opening_text(opening_state(rows, at), at, "Europe/Rome") == text
