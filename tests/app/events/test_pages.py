"""What readers of the programme see."""

from datetime import UTC, datetime, timedelta
from json import loads
from typing import Any

import html5lib
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core import clock
from app.core.database import transaction
from app.core.local_text import LocalText
from app.events import queries, service
from app.events.pages import programme_page
from app.events.rules.filters import EventFilters
from app.events.rules.vocabulary import EventKind, FirstTopic, ProposedBy
from app.events.service import change_seats, lock_occurrence
from tests.app.events.counting import statements
from tests.app.events.factory import (
    again,
    all_dates,
    event_command,
    in_days,
    make_date,
    make_event,
    make_place,
)
from tests.client import CheckingClient

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


def titles(response: TestResponse) -> list[str]:
    """Titles of the cards, in order."""
    root = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    cards = [node for node in root.iter("article") if node.get("data-occurrence")]
    return ["".join(card.find(".//h3").itertext()).strip() for card in cards]


def json_ld(response: TestResponse) -> dict[str, Any]:
    root = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    (script,) = [node for node in root.iter("script") if node.get("type") == "application/ld+json"]
    found: dict[str, Any] = loads(script.text or "")
    return found


def named(name: str) -> LocalText:
    return LocalText.of("it", it=name)


def fill(app: Flask) -> None:
    """Five events, each with something of its own."""
    with app.app_context():
        place = make_place()
        other = make_place("Circolo")
        make_event(
            place, title=named("Fiabe"), languages=("ar", "it"), topics=frozenset({FirstTopic.READING})
        )
        make_event(
            place,
            title=named("Cucito"),
            starts_local=in_days(3),
            price="5 €",
            age_from_months=72,
            age_to_months=132,
        )
        make_event(other, title=named("Perché no"), starts_local=in_days(4), proposed_by=ProposedBy.RESIDENTS)
        make_event(
            other, title=named("Gravidanza"), starts_local=in_days(5), age_from_months=-9, age_to_months=-1
        )
        make_event(other, title=named("Tra un mese"), starts_local=in_days(30), kind=EventKind.COURSE)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Fiabe", "Cucito", "Perché no", "Gravidanza", "Tra un mese"]),
        ("utm_source=x", ["Fiabe", "Cucito", "Perché no", "Gravidanza", "Tra un mese"]),
        ("q=perche", ["Perché no"]),
        ("q=circolo mese", ["Tra un mese"]),
        ("place=circolo", ["Perché no", "Gravidanza", "Tra un mese"]),
        ("place=nowhere", []),
        ("territory=municipio-99", []),
        ("topic=reading", ["Fiabe"]),
        ("language=ar", ["Fiabe"]),
        ("free=1&place=la-lucciola", ["Fiabe"]),
        ("proposed_by=residents", ["Perché no"]),
        ("age=pregnancy", ["Fiabe", "Perché no", "Gravidanza", "Tra un mese"]),
        ("age=84", ["Fiabe", "Cucito", "Perché no", "Tra un mese"]),
    ],
)
def test_each_filter_finds_what_it_names(
    app: Flask, client: CheckingClient, query: str, found: list[str]
) -> None:
    fill(app)
    response = client.get(f"/events?{query}")
    assert (response.status_code, titles(response)) == (200, found)


def test_the_programme_can_be_subscribed_to(app: Flask, client: CheckingClient) -> None:
    page = client.get("/events?lang=ar").text
    assert 'href="webcal://localhost:8000/feeds/network.ics?lang=ar"' in page
    assert 'value="http://localhost:8000/feeds/network.ics?lang=ar"' in page


def test_days_are_those_of_the_network(app: Flask, client: CheckingClient) -> None:
    fill(app)
    with app.app_context():
        day = in_days(3).date().isoformat()
    assert titles(client.get(f"/events?from={day}&to={day}")) == ["Cucito"]


@pytest.mark.parametrize(
    "query", ["from=tomorrow", "to=2026-13-01", "age=old", "age=9999", "topic=golf", "language=!!", "free=yes",
              "proposed_by=me", "place=../etc", "page=999", "page=0", "from=2026-12-02&to=2026-12-01"],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_left_out_and_explained(
    app: Flask, client: CheckingClient, query: str
) -> None:
    with app.app_context():
        make_event(title=named("Fiabe"), starts_local=in_days(20))
    response = client.get(f"/events?{query}")
    assert response.status_code == 400
    assert titles(response) == ["Fiabe"]
    assert "notice" in response.text


def test_long_lists_have_pages_and_a_page_that_is_no_number_is_explained(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        make_event(rrule="FREQ=DAILY;COUNT=45")
    pages = [len(titles(client.get(f"/events?page={number}"))) for number in (1, 2, 3, 4)]
    assert pages == [20, 20, 5, 0]
    assert client.get("/events?page=two").status_code == 400


def test_nobody_counts_a_very_long_list_to_its_end(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_COUNTED", 30)
    with app.app_context():
        make_event(rrule="FREQ=DAILY;COUNT=45")
    pages = [client.get(f"/events?page={number}&lang=en").text for number in (1, 2, 3)]
    assert all("More than 30 dates" in page for page in pages)
    assert ["Page 2 of" in page for page in pages] == [False] * 3
    assert ['rel="next"' in page for page in pages] == [True, True, False]


def test_the_programme_asks_the_same_however_long_it_is(app: Flask, client: CheckingClient) -> None:
    fill(app)
    client.get("/events")
    with statements(app) as few:
        client.get("/events")
    with app.app_context():
        for number in range(12):
            make_event(make_place(f"Luogo {number}"), topics=frozenset({FirstTopic.PLAY}))
    client.get("/events")
    with statements(app) as many:
        client.get("/events")
    assert len(many) == len(few) <= 6


def test_the_page_of_a_date_asks_little(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(rrule="FREQ=WEEKLY;COUNT=20")
    client.get(f"/occurrences/{date.public_id}")
    with statements(app) as sent:
        client.get(f"/occurrences/{date.public_id}")
    assert len(sent) <= 6


def test_tomorrow_is_called_tomorrow_on_the_clocks_of_the_place(app: Flask, client: CheckingClient) -> None:
    with clock.frozen(datetime(2026, 11, 25, 22, 30, tzinfo=UTC)):  # 23:30 in Milan
        with app.app_context():
            date = make_date(starts_local=in_days(1), capacity=8)
            with transaction():
                change_seats(lock_occurrence(date.public_id).id, 6)
        page = client.get(f"/occurrences/{date.public_id}?lang=en").get_data(as_text=True)
    assert "Tomorrow, Thursday 26 November, 10:00–10:45" in page
    assert "2 places left" in page


@pytest.mark.parametrize(
    ("language", "line", "elsewhere"),
    [
        ("it", "Domani, giovedì 26 novembre, dalle 8:00 alle 8:45", "Giovedì 26 novembre, 8:00"),
        ("ar", "غدًا، الخميس، 26 نوفمبر، من 8:00 إلى 8:45", "الخميس، 26 نوفمبر، الساعة 8:00"),
    ],
)
def test_a_date_begins_a_line_and_a_title_in_the_manner_of_the_language(
    app: Flask, client: CheckingClient, language: str, line: str, elsewhere: str
) -> None:
    with clock.frozen(datetime(2026, 11, 25, 8, tzinfo=UTC)):
        with app.app_context():
            date = make_date(starts_local=in_days(1, hour=8))
            make_event(starts_local=in_days(3, hour=8))
        programme = client.get(f"/events?lang={language}").text
        page = client.get(f"/occurrences/{date.public_id}?lang={language}").text
    assert f'<p class="when">{line}</p>' in programme
    assert f"<title>Lettura 0-3 · {elsewhere} · " in page
    assert f'content="Lettura 0-3 · La Lucciola · {elsewhere} · ' in page
    if language == "it":
        assert '<p class="when">Sabato 28 novembre, dalle 8:00 alle 8:45</p>' in programme


@pytest.mark.parametrize(("language", "words"), [("it", "1.000 date"), ("en", "1,000 dates")])
def test_many_dates_are_counted_as_the_language_writes_numbers(app: Flask, language: str, words: str) -> None:
    with app.test_request_context(f"/events?lang={language}"):
        assert programme_page(EventFilters(), [], total=1000, number=1).result_text == words


def test_a_moved_date_shows_the_old_and_the_new_time_to_people_and_machines(
    app: Flask, client: CheckingClient
) -> None:
    with clock.frozen(MONDAY):
        with app.app_context():
            date = make_date()
            later = date.starts_at + timedelta(hours=2)
            service.move_occurrence(date.public_id, later, later + timedelta(minutes=45))
        response = client.get(f"/occurrences/{date.public_id}?lang=en")
    page = response.get_data(as_text=True)
    assert "Wednesday 25 November, 12:00–12:45" in page
    assert "Moved: it was Wednesday 25 November, 10:00" in page
    data = json_ld(response)
    assert data["eventStatus"].endswith("/EventRescheduled")
    assert (data["previousStartDate"], data["startDate"]) == (
        "2026-11-25T10:00:00+01:00",
        "2026-11-25T12:00:00+01:00",
    )


def test_a_cancelled_date_says_so_and_cannot_be_booked(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date()
        service.cancel_occurrence(date.public_id)
    response = client.get(f"/occurrences/{date.public_id}?lang=en")
    assert 'data-status="cancelled"' in response.text
    assert f"/occurrences/{date.public_id}/book" not in response.text
    assert json_ld(response)["eventStatus"].endswith("/EventCancelled")


def test_a_full_date_offers_the_waiting_list(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(capacity=2)
        with transaction():
            change_seats(lock_occurrence(date.public_id).id, 2)
        assert again(date).free == 0
    response = client.get(f"/occurrences/{date.public_id}?lang=en")
    assert 'data-free="0"' in response.text
    assert "Join the waiting list" in response.text


def test_an_event_page_lists_its_coming_dates(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(rrule="FREQ=WEEKLY;COUNT=3", bring=LocalText.of("it", it="Un cuscino"))
    response = client.get(f"/events/{date.event_slug}")
    assert len(titles(response)) == 3
    assert "Un cuscino" in response.text
    assert json_ld(response)["@type"] == "Event"


@pytest.mark.parametrize("path", ["/events/none", "/occurrences/0000000000", "/occurrences/%00"])
def test_an_unknown_address_is_answered_in_words(client: CheckingClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_unpublished_events_are_nowhere(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        place = make_place()
        service.create_event(event_command(place, is_published=False))
    assert titles(client.get("/events")) == []
    assert client.get("/events/lettura-0-3-la-lucciola").status_code == 404


def test_texts_that_look_like_code_stay_text(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date = make_date(title=named("<script>alert(1)</script> & <b>"))
    response = client.get(f"/occurrences/{date.public_id}")
    assert "<script>alert" not in response.text


def book_links(page: str) -> dict[str, str]:
    """Address and spoken name of each link to a booking form; none may stand inside of another link."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    assert not root.findall(".//a//a")
    links = [link for link in root.iter("a") if str(link.get("href")).endswith("/book")]
    return {str(link.get("href")): f"{link.text} = {link.get('aria-label')}" for link in links}


def test_a_places_page_leads_to_the_form_of_each_date_that_can_be_booked(
    app: Flask, client: CheckingClient
) -> None:
    with clock.frozen(MONDAY):
        with app.app_context():
            place = make_place()
            free, full, off = (make_date(place_id=place, starts_local=in_days(days)) for days in (1, 2, 3))
            make_event(place, capacity=None, starts_local=in_days(4))
            service.cancel_occurrence(off.public_id)
            with transaction():
                change_seats(lock_occurrence(full.public_id).id, 8)
        page = client.get("/places/la-lucciola?lang=en").text
    assert book_links(page) == {
        f"/occurrences/{free.public_id}/book": (
            "Book a place = Book a place: Reading 0-3 · Tomorrow, Tuesday 24 November, 10:00–10:45"
        ),
        f"/occurrences/{full.public_id}/book": (
            "Join the waiting list = Join the waiting list: Reading 0-3 · Wednesday 25 November, 10:00–10:45"
        ),
    }


def test_a_place_shows_four_dates_and_leads_to_all(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        make_event(rrule="FREQ=WEEKLY;COUNT=6")
        slug = all_dates()[0].place.slug
    page = client.get(f"/places/{slug}").text
    assert page.count("data-occurrence=") == 4
    assert f'href="/events?place={slug}"' in page
    assert len(titles(client.get(f"/events?place={slug}"))) == 6
