"""What search engines and shared links are told of public pages."""

from typing import Any

import html5lib
import pytest
from flask import Flask

from app.events.facts import OccurrenceView
from tests.app.events.factory import in_days, make_date, make_event, make_place
from tests.client import CheckingClient

SITE = "http://localhost:8000"
LANGUAGES = ("it", "en", "ar")


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """One date at one place."""
    with app.app_context():
        return make_date()


def head(client: CheckingClient, path: str) -> dict[str, Any]:
    """Properties, and links by rel (alternates by language), of a page's head."""
    root = html5lib.parse(client.get(path).text, namespaceHTMLElements=False)
    found: dict[str, Any] = {
        str(node.get("property") or node.get("name")): node.get("content")
        for node in root.findall("head/meta")
    }
    links = root.findall("head/link")
    found["canonical"] = [node.get("href") for node in links if node.get("rel") == "canonical"]
    found["alternates"] = {
        str(node.get("hreflang")): node.get("href") for node in links if node.get("hreflang")
    }
    return found


def paths(date: OccurrenceView) -> dict[str, str]:
    return {
        "place": f"/places/{date.place.slug}",
        "event": f"/events/{date.event_slug}",
        "date": f"/occurrences/{date.public_id}",
        "programme": "/events",
    }


@pytest.mark.parametrize("kind", ["place", "event", "date", "programme"])
def test_a_public_page_names_its_address_in_every_language(
    client: CheckingClient, date: OccurrenceView, kind: str
) -> None:
    path = paths(date)[kind]
    plain, arabic = head(client, f"{path}?utm_source=x"), head(client, f"{path}?lang=ar")
    assert plain["canonical"] == [f"{SITE}{path}"]
    assert arabic["canonical"] == [f"{SITE}{path}?lang=ar"]
    addresses = {code: f"{SITE}{path}?lang={code}" for code in LANGUAGES} | {"x-default": f"{SITE}{path}"}
    assert plain["alternates"] == arabic["alternates"] == addresses
    assert (plain["og:url"], arabic["og:url"]) == (f"{SITE}{path}", f"{SITE}{path}?lang=ar")


@pytest.mark.parametrize(
    ("kind", "title", "description"),
    [
        ("place", "La Lucciola", "La Lucciola · Bookshop · via del Rovo, 20144 Milano"),
        ("event", "Reading 0-3", "Reading 0-3 · La Lucciola · Free"),
        ("date", "Reading 0-3 · ", "Reading 0-3 · La Lucciola · "),
        ("programme", "What's on", "Readings, courses and meetings at the islands and around them."),
    ],
)
def test_a_shared_link_says_what_it_leads_to(
    client: CheckingClient, date: OccurrenceView, kind: str, title: str, description: str
) -> None:
    told = head(client, f"{paths(date)[kind]}?lang=en")
    assert told["og:title"].startswith(title)
    assert told["og:description"].startswith(description)
    place = f"{SITE}/places/{date.place.slug}/card.jpg?lang=en"
    cards = {"place": f"{place}&v=", "programme": f"{SITE}/card.jpg?lang=en"}
    assert told["og:image"].startswith(cards.get(kind, place))
    assert (told["og:image:type"], told["og:image:width"], told["og:image:height"]) == (
        "image/jpeg",
        "1200",
        "630",
    )
    assert told["og:image:alt"]
    assert told["twitter:card"] == "summary_large_image"


def test_what_others_keep_for_days_is_not_said_of_the_hour(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        place = make_place(opening_hours="24/7")
        date = make_date(place_id=place, starts_local=in_days(1))
    for kind in ("place", "date"):
        told = head(client, f"{paths(date)[kind]}?lang=en")
        words = told["og:title"] + told["og:description"]
        assert "Tomorrow" not in words
        assert "Open now" not in words


def test_a_filtered_programme_is_part_of_the_whole_and_each_page_has_its_own_address(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        make_event(rrule="FREQ=DAILY;COUNT=25")
    assert head(client, "/events?page=2&utm_source=x")["canonical"] == [f"{SITE}/events?page=2"]
    assert head(client, "/events?page=2&lang=ar")["canonical"] == [f"{SITE}/events?page=2&lang=ar"]
    assert head(client, "/events?free=1&page=2")["canonical"] == [f"{SITE}/events"]


def test_personal_pages_and_errors_are_not_shared(client: CheckingClient, date: OccurrenceView) -> None:
    for path in (f"/occurrences/{date.public_id}/book", "/events/none"):
        assert head(client, path)["canonical"] == []
