"""/api/v1/suggest: what somebody may be typing, with links that keep what is already chosen."""

import pytest

from app.core import clock
from app.explore.rules.gazetteer import GazetteerKind
from geo.point import Point
from tests.app.events.counting import statements
from tests.app.explore import factory
from tests.app.explore.factory import NAPOLI, NOON

ADDRESS = "/api/v1/suggest"


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def city(app):
    with app.app_context():
        factory.store(*(factory.place(NAPOLI, name=f"Farmacia del Barcone {number}") for number in range(12)))
        factory.name("Porta Genova", Point(lon=9.17, lat=45.453), GazetteerKind.STOP)
        factory.name("Via Savona", Point(lon=9.161, lat=45.453))
    return app


def asked(client, where: str, **more):
    answer = client.get(ADDRESS, query_string={"where": where, "lang": "en", **more})
    assert answer.status_code == 200
    return answer.json["suggestions"]


def test_a_stop_leads_to_the_list_around_it_and_keeps_the_filters(city, client):
    (stop,) = asked(client, "porta gen", amenity="stroller", open="now")
    assert (stop["text"], stop["kind"]) == ("Porta Genova", "stop")
    assert stop["url"] == "/?near=45.45300,9.17000&where=Porta+Genova&amenity=stroller&open=now"


def test_everyday_words_lead_to_filters_in_the_readers_words(city, client):
    assert asked(client, "nappy")[0]["url"] == "/?amenity=changing_table"
    assert asked(client, "fasciat", amenity="stroller")[0] == {
        "text": "Changing table", "lang": None, "kind": "filter", "url": "/?amenity=changing_table&amenity=stroller",
    }  # fmt: skip


def test_places_are_eight_at_most_and_each_once(city, client):
    found = asked(client, "farmacia barc")
    assert len(found) == 8
    assert len({one["text"] for one in found}) == 8
    assert all(one["url"].startswith("/places/") for one in found)


@pytest.mark.parametrize(
    "where", ["", "v", "vi", "  ", "qqqqqq", "<script>", "\u202e\u202e\u202e", "🍼🍼🍼", "%", "a" * 200]
)
def test_too_little_or_nothing_known_suggests_nothing(city, client, where):
    assert asked(client, where) == []


@pytest.mark.parametrize("query", ["where=via&zoom=3", "where=via&bbox=1", "what=via", f"where={'a' * 3000}"])
def test_what_is_not_understood_is_named(city, client, query):
    answer = client.get(f"{ADDRESS}?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_nobody_else_may_keep_the_answer_and_no_cookie_is_set(city, client):
    answer = client.get(f"{ADDRESS}?where=savona")
    assert "private" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_the_number_of_questions_to_the_database_does_not_grow(city, client):
    with statements(city) as few:
        asked(client, "savona")
    with statements(city) as many:
        asked(client, "farmacia barc")
    assert len(many) <= len(few) + 2
