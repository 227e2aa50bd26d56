"""/subscribe: every calendar can be chosen without JavaScript, and its box holds the right address."""

import html

import pytest

from tests.app.feeds.network import add_place, add_territory

TOPIC = "webcal://localhost:8000/feeds/topics/reading.ics?lang="


@pytest.mark.parametrize("language", ["it", "en", "ar"])
def test_the_whole_network_comes_first(client, language):
    page = client.get(f"/subscribe?lang={language}").text
    said = "" if language == "it" else f"?lang={language}"  # feeds speak Italian unless asked
    assert f'href="webcal://localhost:8000/feeds/network.ics{said}"' in html.unescape(page)


def test_a_topic_and_a_part_of_the_city_have_their_own(client, app):
    with app.app_context():
        add_territory(add_place())
    assert f"{TOPIC}en" in client.get("/subscribe?of=topics/reading&lang=en").text
    page = client.get("/subscribe?of=territories/municipio-4&lang=it")
    assert "/feeds/territories/municipio-4.ics" in page.text
    assert 'value="territories/municipio-4" selected' in page.text


@pytest.mark.parametrize(
    "of", ["topics/gossip", "territories/nowhere", "network", "<script>alert(1)</script>", "a" * 5000, "/"]
)
def test_a_calendar_that_there_is_not_is_explained_and_the_networks_is_offered(client, of):
    answer = client.get("/subscribe", query_string={"of": of, "lang": "en"})
    assert answer.status_code == 400
    assert "There is no such calendar" in answer.text
    assert "/feeds/network.ics" in answer.text
    assert "<script>alert" not in answer.text
