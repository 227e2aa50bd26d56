"""For other sites: dates as JSON, scripts, the map in a frame, oEmbed; and nothing else of ours may be framed."""

import gzip
import json
import re
from typing import Any

import pytest
from flask import Flask

from app.core.actor import Grant, Role
from app.core.local_text import LocalText
from app.events.queries import event_by_public_id
from app.events.service import cancel_occurrence
from app.places.queries import StaffPlace, staff_place
from tests.app.events.browsing import enter
from tests.app.events.factory import all_dates, in_days, make_event, make_place
from tests.client import CheckingClient

HOSTILE = '</script><img src=x onerror=alert(1)>"\u202e'


@pytest.fixture
def place(app: Flask) -> StaffPlace:
    """A place with two dates, beside another one."""
    with app.app_context():
        found = staff_place(make_place())
        assert found is not None
        make_event(found.public_id)
        make_event(
            found.public_id, title=LocalText.of("it", it="Caffè"), starts_local=in_days(3), capacity=None
        )
        make_event(make_place("Altrove"), title=LocalText.of("it", it="Da altri"))
    return found


def asked(client: CheckingClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/embed/calendar.json?{query}")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    return dict(json.loads(answer.data))


def titles(calendar: dict[str, Any]) -> list[str]:
    return [item["title"] for item in calendar["items"]]


def test_dates_come_in_ready_words(client: CheckingClient, place: StaffPlace) -> None:
    calendar = asked(client, f"place={place.slug}")
    assert titles(calendar) == ["Lettura 0-3", "Caffè"]
    assert calendar["title"] == "In programma: La Lucciola"
    assert calendar["items"][0]["url"].startswith("http://localhost:8000/occurrences/")
    assert calendar["subscribe"]["url"] == f"webcal://localhost:8000/feeds/places/{place.slug}.ics"
    assert titles(asked(client, f"place={place.public_id}")) == ["Lettura 0-3", "Caffè"]
    assert titles(asked(client, f"place={place.slug}&limit=1")) == ["Lettura 0-3"]
    assert "Da altri" in titles(asked(client))
    english = asked(client, f"place={place.slug}&lang=en")
    assert (english["lang"], titles(english)[0], english["items"][1]["lang"]) == ("en", "Reading 0-3", "it")
    assert asked(client, f"place={place.slug}&lang=ar")["dir"] == "rtl"
    assert asked(client, "topic=play")["items"] == []


def test_a_change_is_seen_and_nothing_new_is_304(
    app: Flask, client: CheckingClient, place: StaffPlace
) -> None:
    address = f"/embed/calendar.json?place={place.slug}"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    with app.app_context():
        cancel_occurrence(next(date.public_id for date in all_dates() if date.place.slug == place.slug))
    again = client.get(address, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert json.loads(again.data)["items"][0]["status"]


@pytest.mark.parametrize(
    ("query", "status", "named"),
    [
        ("place=nowhere", 404, None), ("territory=nowhere", 404, None), ("topic=nothing", 404, None), ("limit=0", 400, "limit"),
        ("limit=21", 400, "limit"), ("limit=many", 400, "limit"), ("limit=99999999999", 400, "limit"), ("colour=red", 400, "colour"),
        ("place=a&topic=play", 400, "topic"), ("lang=xx", 400, "lang"),
    ],
)  # fmt: skip
def test_what_is_unknown_or_malformed_is_named(
    client: CheckingClient, place: StaffPlace, query: str, status: int, named: str | None
) -> None:
    answer = client.get(f"/embed/calendar.json?{query}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.get_json().get("parameter") == named
    assert place.slug not in answer.text


@pytest.mark.parametrize("name", ["calendar.js", "map.js"])
def test_scripts_are_small_and_kept(client: CheckingClient, name: str) -> None:
    answer = client.get(f"/embed/{name}")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert len(gzip.compress(answer.data)) < 10_000
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "innerHTML" not in answer.text
    etag = answer.headers["ETag"]
    assert client.get(f"/embed/{name}", headers={"If-None-Match": etag}).status_code == 304


def test_only_the_map_may_be_framed(app: Flask, client: CheckingClient, place: StaffPlace) -> None:
    frame = client.get(f"/embed/map?place={place.slug}")
    assert frame.status_code == 200
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "La Lucciola" in frame.text
    assert '<base target="_blank">' in frame.text
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.rule != "/embed/map":
            policy = client.get(rule.rule).headers.get("Content-Security-Policy", "")
            assert "frame-ancestors 'none'" in policy, rule.rule


@pytest.mark.parametrize("query", ["place=nowhere", "territory=nowhere", "lang=ar", "utm_source=x"])
def test_the_map_shows_the_network_where_nothing_else_is_asked(
    client: CheckingClient, place: StaffPlace, query: str
) -> None:
    assert client.get(f"/embed/map?all=1&{query}").status_code == 200
    assert client.get("/embed/map?bbox=nonsense").status_code == 400


def test_oembed_gives_the_lines_for_our_addresses(
    app: Flask, client: CheckingClient, place: StaffPlace
) -> None:
    page = client.get(f"/places/{place.slug}").text
    found = re.search(r'application/json\+oembed" href="http://localhost:8000([^"]+)"', page)
    assert found
    answer = client.get(found[1].replace("&amp;", "&"))
    told = answer.get_json()
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "La Lucciola")
    assert f"/embed/map?place={place.slug}" in told["html"]
    narrow = client.get(
        f"/oembed?url=http://localhost:8000/places/{place.slug}&maxwidth=300&maxheight=9"
    ).get_json()
    assert (narrow["width"], narrow["height"]) == (300, 240)
    with app.app_context():
        slug = event_by_public_id(all_dates()[0].event_public_id).slug
    event = client.get(f"/oembed?url=http://localhost:8000/events/{slug}").get_json()
    assert event["title"] == "Lettura 0-3"
    assert f'data-place="{place.public_id}"' in event["html"]
    assert "iframe" in client.get("/oembed?url=http://localhost:8000/").get_json()["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("url=http://example.org/places/x", 404), ("url=http://localhost:8000/places/nowhere", 404), ("", 404),
        ("url=http://localhost:8000/studio", 404), ("url=http://localhost:8000/&format=xml", 501),
        ("url=http://localhost:8000/&maxwidth=-1", 400), ("url=http://[", 404), ("who=me", 400),
    ],
)  # fmt: skip
def test_oembed_refuses_the_rest(client: CheckingClient, query: str, status: int) -> None:
    client.may_break = status == 501  # what oembed.com asks for XML
    assert client.get(f"/oembed?{query}").status_code == status


def test_hosts_find_the_lines(app: Flask, client: CheckingClient, place: StaffPlace) -> None:
    enter(app, client, Grant(Role.HOST, place_id=place.id))
    page = client.get(f"/studio/places/{place.public_id}/widget").text
    assert f"data-place=&#34;{place.public_id}&#34;" in page
    assert "&lt;iframe" in page


def test_hostile_names_stay_names(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        found = staff_place(make_place(HOSTILE))
        assert found is not None
        make_event(found.public_id, title=LocalText.of("it", it=HOSTILE))
    told = client.get(f"/oembed?url=http://localhost:8000/places/{found.slug}").get_json()
    assert "<img" not in told["html"]
    calendar = client.get(f"/embed/calendar.json?place={found.slug}")
    assert calendar.mimetype == "application/json"  # the script writes it as text
    assert client.get(f"/embed/map?place={found.slug}").status_code == 200
