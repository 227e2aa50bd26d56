"""The form and the chips above the programme: everything that can be asked is offered, and stays in the address."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.core import clock
from app.core.local_text import LocalText
from app.events.finder import when_chips
from app.events.rules.filters import EventFilters
from tests.app.events.factory import make_date
from tests.client import CheckingClient

WEDNESDAY = date(2026, 11, 25)


def spans(app: Flask, today: date, query: str = "") -> dict[str, str]:
    with app.test_request_context(f"/events?{query}"):
        return {chip.code: chip.url for chip in when_chips(EventFilters(), today)}


def test_today_the_weekend_and_the_week_are_dates(app: Flask) -> None:
    assert spans(app, WEDNESDAY) == {
        "today": "/events?from=2026-11-25&to=2026-11-25",
        "weekend": "/events?from=2026-11-28&to=2026-11-29",
        "week": "/events?from=2026-11-25&to=2026-12-01",
    }


@pytest.mark.parametrize(
    ("today", "weekend"),
    [
        (date(2026, 11, 28), "from=2026-11-28&to=2026-11-29"),
        (date(2026, 11, 29), "from=2026-11-29&to=2026-11-29"),
    ],
)
def test_in_the_weekend_it_is_this_one(app: Flask, today: date, weekend: str) -> None:
    assert spans(app, today)["weekend"] == f"/events?{weekend}"


def test_a_chosen_span_is_taken_back_and_other_filters_stay(app: Flask) -> None:
    asked = EventFilters(from_on=WEDNESDAY, to_on=WEDNESDAY)
    with app.test_request_context("/events?from=2026-11-25&to=2026-11-25&topic=reading&page=3&utm_source=x"):
        today, weekend, _week = when_chips(asked, WEDNESDAY)
    assert (today.selected, today.url) == (True, "/events?topic=reading")
    assert (weekend.selected, weekend.url) == (False, "/events?topic=reading&from=2026-11-28&to=2026-11-29")


def test_a_slip_of_the_keyboard_finds_the_event(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        make_date(title=LocalText.of("it", it="Cucito insieme"))
        make_date(title=LocalText.of("it", it="Massaggio del neonato"))
    for typed in ("cucito", "cuccito", "cucto", "CUCÌTO insieme", "insieme cucito"):
        page = client.get("/events", query_string={"q": typed, "lang": "it"}).text
        assert "Cucito insieme" in page, typed
        assert "Massaggio" not in page
    assert "Cucito insieme" not in client.get("/events?q=zzz&lang=it").text


def test_the_form_keeps_what_was_asked(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        make_date(languages=("it", "ar"))
    with clock.frozen(datetime(2026, 11, 25, 11, tzinfo=UTC)):
        page = client.get("/events?q=%3Cb%3Efiabe&age=12&language=ar&topic=reading&lang=en").text
    assert 'value="&lt;b&gt;fiabe"' in page
    assert re.search(r'<option value="12" selected>\s*12 months', page)
    assert '<option value="ar" selected>Arabic' in page
    assert '<input type="hidden" name="topic" value="reading">' in page
    assert "12 months · Arabic</summary>" in page
