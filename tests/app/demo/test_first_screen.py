"""What a newcomer sees first: one story on the home page, places that can be found by name, calendars that stay true."""

from datetime import timedelta

import icalendar
import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.database import db
from app.demo.network import files
from app.places.models import Place
from tests.app.demo.conftest import MORNING

HOURS = [0, 3, 7, 8, 9, 13, 17, 20, 22]


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("hours", HOURS)
def test_the_first_screen_tells_the_story_at_every_hour_of_the_day(demo_client, hours):
    with clock.frozen(
        MORNING.replace(hour=0) + timedelta(hours=hours, minutes=-59)
    ):  # from midnight in Milan on
        home = text(demo_client, "/?lang=en")
    cards = home.split("data-place=")[1:9]
    story = (
        ("Farmacia del Barcone", "Open now", "Fathers welcome too"),
        ("La Lucciola", "Reading 0–3: stories on the rug", "tomorrow at 10:00", "2 places left"),
        ("Scuola delle mamme", "Fairy tales in Arabic, English and Italian", "tomorrow"),
    )
    for words in story:
        assert any(all(word in card for word in words) for card in cards), words


def test_at_night_a_father_finds_an_open_changing_table(demo_client):
    with clock.frozen(MORNING.replace(hour=2)):
        found = text(demo_client, "/?amenity=changing_table_fathers&open=now&lang=en")
    assert "Farmacia del Barcone" in found
    assert found.count("<article") >= 3


@pytest.mark.parametrize(
    "where", ["piazza Napoli", "Bande Nere", "Porta Genova", "Rogoredo", "via giambellino"]
)
def test_typed_streets_and_stops_are_found_without_any_import(demo_client, where):
    found = text(demo_client, f"/?where={where.replace(' ', '+')}&lang=en")
    assert "min" in found
    assert found.count("<article") >= 8


def test_the_moved_and_the_cancelled_date_show_in_the_networks_calendar(demo_client):
    answer = demo_client.get("/feeds/network.ics")
    calendar = icalendar.Calendar.from_ical(answer.get_data())
    exceptions = [event for event in calendar.walk("VEVENT") if "RECURRENCE-ID" in event]
    moved = [event for event in exceptions if "Prime pappe" in str(event["SUMMARY"])]
    assert len(moved) == 1
    assert moved[0].decoded("DTSTART") != moved[0].decoded("RECURRENCE-ID")
    assert moved[0].decoded("SEQUENCE") >= 1
    cancelled = [event for event in exceptions if event["STATUS"] == "CANCELLED"]
    assert ["Italiano al volo" in str(event["SUMMARY"]) for event in cancelled] == [True]
    assert all(event["X-WENDY-DEMO"] == "TRUE" for event in calendar.walk("VEVENT"))


@pytest.mark.parametrize("language", ["it", "en", "ar"])
def test_a_place_shows_its_drawing_with_words_in_the_readers_language(demo_client, language):
    page = text(demo_client, f"/places/la-lucciola-libri-per-bambini?lang={language}")
    assert "demo/la-lucciola.svg" in page
    alt = files.subjects()["book"].alt
    assert alt is not None
    assert f'alt="{alt.texts[language]}"' in page
    assert 'content="noindex' in page
    assert demo_client.get("/static/demo/la-lucciola.svg").mimetype == "image/svg+xml"


def test_every_demo_place_has_a_page_that_is_not_indexed(demo_client):
    with demo_client.application.app_context():
        slugs = list(db.session.scalars(sa.select(Place.slug)))
    assert len(slugs) == len(files.places())
    for slug in slugs:
        assert 'content="noindex' in text(demo_client, f"/places/{slug}"), slug
