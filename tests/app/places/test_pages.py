"""What a parent reads of a place: its page, its sheet, its code, its card; and how little it asks of the database."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, freshness
from app.core.database import db
from app.core.http import Link
from app.places import service, wording
from app.places.commands import AmenityFact, IslandFact
from app.places.models import Place
from app.places.pages import place_cards, place_page, place_sections
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, Membership, PlaceKind
from tests.app.places.places import CONFIRMED_ON, pharmacy

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Milan
MAX_PAGE_QUERIES = 9
MAX_CARD_QUERIES = 3


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Questions to tables: BEGIN and the version that caches poll are none."""
    statements: list[str] = []

    def count(_connection, _cursor, statement, *_rest) -> None:
        if statement.startswith("SELECT") and "pg_current_snapshot" not in statement:
            statements.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", count)


def save(app: Flask, *commands) -> list[int]:
    with app.app_context():
        service.save_places(commands)
        keys = list(db.session.scalars(sa.select(Place.id).order_by(Place.id)))
        db.session.remove()
    return keys


def page_of(app: Flask, command, language: str = "en", slug: str = "farmacia-del-prato"):
    save(app, command)
    with app.test_request_context(f"/?lang={language}"):
        found = place_page(slug, MONDAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "hours"), [("it", "08:30–19:30"), ("en", "08:30–19:30"), ("ar", "من 08:30 إلى 19:30")]
)
def test_a_place_has_a_page_in_every_language(app: Flask, client, language: str, hours: str) -> None:
    save(app, pharmacy())
    answer = client.get(f"/places/farmacia-del-prato?lang={language}")
    assert answer.status_code == 200
    assert 'data-page="places.detail"' in answer.text
    assert "Farmacia del Prato" in answer.text
    assert hours in answer.text
    assert 'content="noindex"' not in answer.text


def test_a_place_has_a_sheet_and_a_code_to_print(app: Flask, client) -> None:
    save(app, pharmacy())
    sheet = client.get("/places/farmacia-del-prato/print")
    assert 'data-page="places.print"' in sheet.text
    code = client.get("/places/farmacia-del-prato/qr.svg")
    assert (code.status_code, code.mimetype) == (200, "image/svg+xml")
    assert code.data.startswith(b"<?xml")


@pytest.mark.parametrize("ending", ["", "/print", "/qr.svg"])
def test_an_old_address_leads_to_the_new_one_for_ever(app: Flask, client, ending: str) -> None:
    save(app, pharmacy())
    save(app, pharmacy(name="Farmacia Nuova"))
    answer = client.get(f"/places/farmacia-del-prato{ending}?lang=ar&utm_source=x&_external=1")
    assert answer.status_code == 301
    assert answer.location == f"/places/farmacia-nuova{ending}?lang=ar&utm_source=x"


@pytest.mark.parametrize(
    "address",
    [
        "/places/nobody",
        "/places/nobody/print",
        "/places/nobody/qr.svg",
        "/places/%00",
        "/places/" + "a" * 3000,
    ],
)
def test_an_unknown_place_is_not_found(client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_made_up_place_says_so_to_people_and_to_machines(app: Flask, client) -> None:
    save(app, pharmacy(is_demo=True))
    text = client.get("/places/farmacia-del-prato?lang=en").text
    assert 'content="noindex"' in text
    data = json_ld(text)
    assert data["disambiguatingDescription"].startswith("Made up")
    assert data["additionalProperty"]["value"] is True


def json_ld(text: str) -> dict:
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert match
    return json.loads(match[1])


def test_a_place_speaks_to_search_engines(app: Flask, client) -> None:
    save(app, pharmacy(opening_hours="Mo-Fr 08:30-12:30,15:30-19:30"))
    data = json_ld(client.get("/places/farmacia-del-prato?lang=en").text)
    assert data["@type"] == "Pharmacy"
    assert data["url"] == "http://localhost:8000/places/farmacia-del-prato"
    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": 45.45, "longitude": 9.16}
    assert data["openingHours"] == ["Mo-Fr 08:30-12:30", "Mo-Fr 15:30-19:30"]
    assert {"@type": "LocationFeatureSpecification", "name": "Changing table", "value": True} in data[
        "amenityFeature"
    ]
    assert "disambiguatingDescription" not in data


def test_hours_that_are_not_plain_are_given_day_by_day(app: Flask) -> None:
    data = page_of(app, pharmacy(kind=PlaceKind.OTHER)).json_ld
    days = {row["validFrom"]: row for row in data["openingHoursSpecification"]}
    assert days["2026-11-23"]["opens"] == "08:30"
    assert "2026-11-29" not in days


def test_a_place_shows_its_week_with_holidays(app: Flask) -> None:
    save(app, pharmacy())
    with app.test_request_context("/?lang=en"), clock.frozen(MONDAY + timedelta(days=12)):
        service.refresh_openings()
        found = place_page("farmacia-del-prato", clock.now())
    assert found is not None
    assert [(row.day_text, row.hours_text) for row in found.hours_rows[:4]] == [
        ("Saturday 5 Dec", "09:00–12:30"),
        ("Sunday 6 Dec", "Closed"),
        ("Monday 7 Dec (public holiday)", "Closed"),
        ("Tuesday 8 Dec (public holiday)", "Closed"),
    ]
    assert [row.is_today for row in found.hours_rows] == [True] + [False] * 6


@pytest.mark.parametrize(
    ("hours", "state", "text"),
    [
        ("Mo-Fr 08:30-19:30", "open", "Open now · closes at 19:30"),
        ("Mo-Fr 08:30-10:25", "closing", "Open now · closes in 25 minutes"),
        ("Mo-Fr 10:30-19:30", "closed", "Closed · opens at 10:30"),
        ("Tu 10:30-19:30", "closed", "Closed · opens tomorrow at 10:30"),
        ("Fr 10:30-19:30", "closed", "Closed · opens on Friday at 10:30"),
        ("Jun-Aug 10:00-12:00", "closed", "Closed for now"),
        ("24/7", "open", "Open now · day and night"),
        ("lunedì chiuso", "unknown", "Hours not known yet"),
        ("", "unknown", "Hours not known yet"),
        ('Tu 09:00-12:00; Mo "su appuntamento"', "unknown", "Hours not known yet"),
    ],
)
def test_a_place_says_how_it_stands_now(app: Flask, hours: str, state: str, text: str) -> None:
    opening = page_of(app, pharmacy(opening_hours=hours)).opening
    assert (opening.state, opening.text) == (state, text)


def test_unreadable_hours_are_shown_as_they_were_written(app: Flask, client) -> None:
    found = page_of(app, pharmacy(opening_hours="lunedì chiuso"))
    assert (found.hours_rows, found.hours_text) == ([], "lunedì chiuso")
    assert "lunedì chiuso" in client.get("/places/farmacia-del-prato").text


def test_every_amenity_has_an_answer_and_unknown_is_said(app: Flask) -> None:
    rows = page_of(app, pharmacy()).amenities
    assert [(row.code, row.state) for row in rows[:2]] == [("changing_table", "yes"), ("play_area", "no")]
    assert {row.state_text for row in rows[2:]} == {"Not known yet"}
    assert len(rows) == 14


def test_what_is_there_comes_before_what_is_not(app: Flask) -> None:
    facts = (fact(Amenity.BABY_FEEDING, AmenityState.NO), fact(Amenity.TOILETS), fact(Amenity.CHANGING_TABLE))
    rows = page_of(app, pharmacy(amenities=facts)).amenities
    assert [row.code for row in rows[:3]] == ["changing_table", "toilets", "baby_feeding"]


def fact(amenity: Amenity, state: AmenityState = AmenityState.YES, **changes) -> AmenityFact:
    told = {"confirmed_on": CONFIRMED_ON, "confirmed_by": ConfirmedBy.HOST, **changes}
    return AmenityFact(amenity, state, None, **told)


def test_who_confirmed_is_said_once_and_again_only_where_it_differs(app: Flask) -> None:
    facts = (
        fact(Amenity.BABY_FEEDING),
        fact(Amenity.CHANGING_TABLE),
        fact(Amenity.TOILETS, confirmed_on=date(2026, 10, 1)),
        fact(Amenity.WATER, confirmed_by=ConfirmedBy.PARENT),
        fact(Amenity.PRIVACY, confirmed_on=None, confirmed_by=None),
    )
    found = page_of(app, pharmacy(amenities=facts))
    own = {row.code: row.confirmed_text for row in found.amenities if row.state == "yes"}
    assert found.confirmed_text == "Confirmed by the pharmacy 13 days ago"
    assert own == {
        "baby_feeding": None,
        "changing_table": None,
        "toilets": "Confirmed by the pharmacy 53 days ago",
        "water": "Confirmed by a parent 13 days ago",
        "privacy": "Nobody has confirmed this yet",
    }


def test_of_two_confirmations_the_newer_is_said_of_all(app: Flask) -> None:
    found = page_of(app, pharmacy())
    assert found.confirmed_text == "Confirmed by the pharmacy 13 days ago"
    assert [row.confirmed_text for row in found.amenities[:2]] == [None, "Confirmed by a parent 53 days ago"]


@pytest.mark.parametrize("lang", ["it", "en", "ar"])
def test_the_common_confirmation_stands_once_on_the_page(app: Flask, client, lang: str) -> None:
    facts = tuple(fact(amenity) for amenity in Amenity)
    save(app, pharmacy(amenities=facts))
    with app.test_request_context(f"/?lang={lang}"):
        sentence = place_page("farmacia-del-prato", MONDAY).confirmed_text
    assert client.get(f"/places/farmacia-del-prato?lang={lang}").text.count(sentence) == 1


def test_what_one_finds_stands_before_the_hours_and_what_is_on(app: Flask, client) -> None:
    save(app, pharmacy())
    page = client.get("/places/farmacia-del-prato").text
    order = [page.index(mark) for mark in ("<h1", "data-opening", 'class="ways"', 'id="amenities-title"')]
    order += [page.index(mark) for mark in ('id="trust-title"', 'id="hours-title"', 'id="events-title"')]
    assert order == sorted(order)


def test_one_button_leads_there_and_other_maps_wait_behind_a_word(app: Flask, client) -> None:
    save(app, pharmacy())
    page = client.get("/places/farmacia-del-prato?lang=en").text
    ways = page[page.index('class="ways"') : page.index("</details>", page.index('class="ways"'))]
    assert ways.count("btn-main") == 1
    first, others = ways.split("<details")
    assert re.findall(r'href="(http[^"?]+)', first) == ["https://www.openstreetmap.org/directions"]
    assert re.findall(r">([^<>]+)</a>", others) == ["The map app of this phone", "Apple Maps", "Google Maps"]


def test_the_hours_of_a_corner_are_never_taken_for_its_hosts(app: Flask) -> None:
    island = IslandFact(Membership.MERCHANT, date(2017, 3, 6), "Mo-Fr 09:00-18:00; PH off")
    found = page_of(app, pharmacy(opening_hours="Mo-Fr 07:30-20:00; Sa 08:00-14:00; PH off", island=island))
    assert found.hours_rows[0].hours_text == "09:00–18:00"
    assert found.corner_hours_text == (
        "These are the hours of the corner for parents. "
        "The place itself is open longer: Mon–Fri 07:30–20:00 · Sat 08:00–14:00"
    )


def test_a_page_tells_who_helps_where_it_lies_and_what_is_spoken(app: Flask) -> None:
    found = page_of(app, pharmacy())
    assert found.professionals[0].profession_text == "Midwife"
    assert found.professionals[0].hours_text == "Wed 10:00–13:00"
    assert found.address_text == "Via del Prato 3, 20144 Milano"
    assert found.languages_text == "Spoken here: Italian, English and Arabic"
    assert found.island_text == "Wendy Island since March 2017"
    assert [link.url.partition(":")[0] for link in found.directions] == ["https", "geo", "https", "https"]


@pytest.mark.parametrize(("lang", "day"), [("it", "Lunedì 23 nov"), ("ar", "الاثنين 23 نوفمبر")])
def test_no_comma_of_another_script_and_no_small_day_at_the_start_of_a_line(
    app: Flask, client, lang: str, day: str
) -> None:
    save(app, pharmacy())
    with clock.frozen(MONDAY):
        page = client.get(f"/places/farmacia-del-prato?lang={lang}").text
    assert f">{day}</th>" in page
    description = re.search(r'<meta name="description" content="([^"]*)"', page)
    assert description
    facts = description[1].split(" · ")
    assert (facts[0], facts[2]) == ("Farmacia del Prato", "Via del Prato 3, 20144 Milano")
    assert len(facts) > 3
    assert "," not in "".join(facts[:2] + facts[3:])


def test_each_stretch_of_a_day_stays_on_one_line(app: Flask, client) -> None:
    save(app, pharmacy(opening_hours="Mo-Su 08:30-12:30,15:30-19:30"))
    page = client.get("/places/farmacia-del-prato").text
    assert '<span class="nowrap">08:30–12:30</span> · <span class="nowrap">15:30–19:30</span>' in page


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("it", "lun–ven e dom 09:00–12:30 e 15:00–19:00 · sab 10:00–12:00"),
        (
            "ar",
            "الاثنين–الجمعة والأحد من 09:00 إلى 12:30 ومن 15:00 إلى 19:00 · السبت من 10:00 إلى 12:00",
        ),
    ],
)
def test_plain_hours_are_said_with_the_readers_commas(app: Flask, lang: str, text: str) -> None:
    with app.test_request_context(f"/?lang={lang}"):
        assert (
            wording.hours_text("Mo-Fr,Su 09:00-12:30,15:00-19:00; Sa 10:00-12:00").replace("،", ",") == text
        )


def test_an_address_that_is_no_web_address_is_no_link(app: Flask) -> None:
    assert page_of(app, pharmacy(website="javascript:alert(1)")).website is None


def test_a_picture_that_is_missing_is_left_out(app: Flask) -> None:
    assert page_of(app, pharmacy(picture="demo/nothing.svg")).picture_url is None


def test_upper_features_add_their_sections(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_sections, "_sections", {})
    place_sections.register("events", lambda place_id, language: [f"{language}"])
    place_sections.register("next_events", lambda ids, language: {ids[0]: Link("Reading", "/events/x")})
    keys = save(app, pharmacy("1"), pharmacy("2"))
    with app.test_request_context("/?lang=en"):
        found = place_page("farmacia-del-prato", MONDAY)
        cards = place_cards(keys, at=MONDAY)
    assert found is not None
    assert (found.events, found.feed) == (["en"], None)
    assert [card.next_event_url for card in cards.values()] == ["/events/x", None]


def test_a_page_follows_a_change_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the second that public pages may lag on PostgreSQL (decisions.md, Caches)."""
    monkeypatch.setattr(freshness.of(app), "_interval", 0.0, raising=False)
    assert page_of(app, pharmacy()).phone == "+39 02 1234"
    assert page_of(app, pharmacy(phone="+39 02 5678")).phone == "+39 02 5678"


def test_a_place_page_asks_at_most_nine_questions(app: Flask) -> None:
    save(app, pharmacy())
    with app.test_request_context("/?lang=en"), counted_queries() as statements:
        assert place_page("farmacia-del-prato", MONDAY) is not None
    assert 0 < len(statements) <= MAX_PAGE_QUERIES, statements


@pytest.mark.parametrize("count", [1, 30])
def test_cards_ask_at_most_three_questions_whatever_their_number(app: Flask, count: int) -> None:
    keys = save(app, *(pharmacy(str(number)) for number in range(count)))
    with app.test_request_context("/?lang=en"), counted_queries() as statements:
        cards = place_cards(keys, at=MONDAY)
    assert len(cards) == count
    assert 0 < len(statements) <= MAX_CARD_QUERIES, statements


def test_a_card_that_was_made_this_minute_is_not_made_again(app: Flask) -> None:
    first, second, third = save(app, *(pharmacy(str(number)) for number in range(3)))
    with app.test_request_context("/?lang=en"):
        place_cards([first, second], at=MONDAY)
        with counted_queries() as statements:
            assert list(place_cards([second, first], at=MONDAY)) == [second, first]
        assert statements == []
        with counted_queries() as statements:
            assert list(place_cards([third, second], at=MONDAY)) == [third, second]
        assert 0 < len(statements) <= MAX_CARD_QUERIES
