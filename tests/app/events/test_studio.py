"""Those who look after a place publish, move and cancel; nobody else does."""

import re
from datetime import timedelta

import html5lib
import pytest
from flask import Flask

from app.core.actor import Grant, Role
from app.events.facts import OccurrenceView
from app.events.rules.schedule import to_local
from app.events.rules.vocabulary import EventKind
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import ROME, again, all_dates, in_days, make_date, make_event, make_place
from tests.client import CheckingClient


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """One date at one place."""
    with app.app_context():
        return make_date()


@pytest.fixture
def host(app: Flask, client: CheckingClient, date: OccurrenceView) -> CheckingClient:
    """A browser signed in as the host of that place."""
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    return client


def typed(**changes: str) -> dict[str, str]:
    """What a host types to publish a weekly reading."""
    first = in_days(5).date()
    values = {
        "title": "Fiabe",
        "day": first.isoformat(),
        "hour": "17:00",
        "kind": "reading",
        "languages": "ar",
        "minutes": "45",
        "age": "0-36",
        "capacity": "6",
        "repeat": "week",
        "until": (first + timedelta(days=22)).isoformat(),
    }
    return values | changes


def test_a_host_sees_the_coming_dates_and_how_full_they_are(
    host: CheckingClient, date: OccurrenceView
) -> None:
    page = host.get("/studio?lang=en").text
    assert date.public_id in page
    assert "0 of 8 places taken" in page


def test_a_host_publishes_a_weekly_reading_in_six_answers(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    answer = submit(host, f"/studio/places/{date.place.public_id}/events/new", **typed())
    assert (answer.status_code, answer.location) == (303, f"/studio/places/{date.place.public_id}")
    with app.app_context():
        found = [view for view in all_dates() if str(view.title.within("it")) == "Fiabe"]
        assert [to_local(view.starts_at, ROME).hour for view in found] == [17] * 4
        assert (found[0].capacity, found[0].age_to_months) == (6, 36)
        assert (found[0].kind, found[0].languages) == (EventKind.READING, ("ar",))


def test_pressing_publish_twice_is_one_event(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    url = f"/studio/places/{date.place.public_id}/events/new"
    hidden = hidden_values(host.get(url).text)
    for _ in range(2):
        assert host.post(url, data=hidden | typed(repeat="once")).status_code == 303
    with app.app_context():
        assert len(all_dates()) == 2


def test_the_same_form_sent_for_another_place_is_another_event(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        here, there = make_place("Qui"), make_place("Là")
    enter(app, client, Grant(Role.OPERATOR))
    hidden = hidden_values(client.get(f"/studio/places/{here}/events/new").text)
    for place in (here, there, there):
        sent = client.post(f"/studio/places/{place}/events/new", data=hidden | typed(repeat="once"))
        assert sent.status_code == 303
    with app.app_context():
        assert sorted(date.place.public_id for date in all_dates()) == sorted([here, there])


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"title": "x" * 300}, {"day": "soon"}, {"day": "2020-01-01"}, {"day": "2099-01-01"}, {"day": "0001-01-01"}, {"day": "9999-12-31"}, {"until": "9999-12-31"}, {"not_on": "9999-12-31"}, {"also_on": "31/12/9999"}, {"hour": "99:99"}, {"capacity": "many"},
     {"capacity": "0"}, {"capacity": "99999999999"}, {"minutes": "7"}, {"repeat": "hourly"}, {"until": "2020-01-01"}, {"until": "never"}, {"not_on": "soon"}, {"also_on": "31/2"}, {"age": "old"}, {"kind": "party"}, {"languages": "xx"}, {"topics": "xx"}, {"counted_as": "x"}, {"pushchairs": "-1"}, {"childcare": "many"}, {"organisers": "x" * 200}, {"speakers": "a\n" * 13 + "b\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm"}, {"price": "x" * 61}, {"room": "x" * 81}, {"description": "x" * 5001}, {"proposer": "x" * 121}, {"day": ""}, {"hour": ""}],
)  # fmt: skip
def test_what_cannot_be_published_is_explained_and_kept(
    app: Flask, host: CheckingClient, date: OccurrenceView, wrong: dict[str, str]
) -> None:
    answer = submit(host, f"/studio/places/{date.place.public_id}/events/new", **typed(**wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ("Fiabe" in answer.text) or "title" in wrong
    with app.app_context():
        assert len(all_dates()) == 1


def test_a_host_moves_cancels_and_reinstates_one_date(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    path = f"/studio/occurrences/{date.public_id}"
    day = in_days(6).date().isoformat()
    assert submit(host, f"{path}/move", day=day, hour="18:30").status_code == 303
    with app.app_context():
        assert to_local(again(date).starts_at, ROME).isoformat() == f"{day}T18:30:00"
        assert again(date).ends_at - again(date).starts_at == date.ends_at - date.starts_at
    assert submit(host, f"{path}/cancel").status_code == 303
    with app.app_context():
        assert again(date).status == "cancelled"
    assert submit(host, f"{path}/reinstate").status_code == 303
    with app.app_context():
        assert again(date).status == "scheduled"


def test_asking_changes_nothing(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    for verb in ("move", "cancel", "reinstate"):
        for ask in (host.get, host.head):
            assert ask(f"/studio/occurrences/{date.public_id}/{verb}").status_code == 200
    with app.app_context():
        assert again(date) == date


def test_what_is_chosen_for_the_host_can_be_seen(host: CheckingClient, date: OccurrenceView) -> None:
    page = host.get(f"/studio/places/{date.place.public_id}/events/new?lang=ar").text
    assert chosen(page, "kind") == ["workshop"]
    assert chosen(page, "languages") == ["ar"]
    must_be_typed = re.findall(
        r'<input [^>]*required[^>]*name="([a-z]+)"|<input [^>]*name="([a-z]+)"[^>]*required', page
    )
    assert {a or b for a, b in must_be_typed} == {"title", "day", "hour"}


def chosen(page: str, name: str) -> list[str]:
    """The values that a select, or boxes of one name, show as chosen."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    boxes = [
        node for node in root.iter("input") if node.get("name") == name and node.get("checked") is not None
    ]
    selects = [node for node in root.iter("select") if node.get("name") == name]
    options = [one for select in selects for one in select.iter("option") if one.get("selected") is not None]
    return [str(node.get("value")) for node in (*boxes, *options)]


PAGES = ("/studio/occurrences/{date}", "/studio/occurrences/{date}/move", "/studio/occurrences/{date}/cancel",
         "/studio/occurrences/{date}/reinstate", "/studio/places/{place}/events/new")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_the_host_of_another_place_is_kept_out(
    app: Flask, client: CheckingClient, date: OccurrenceView, page: str
) -> None:
    with app.app_context():
        other = make_place("Altrove")
        make_event(other)
        other_id = next(view.place.id for view in all_dates() if view.place.public_id == other)
    enter(app, client, Grant(Role.HOST, place_id=other_id))
    url = page.format(date=date.public_id, place=date.place.public_id)
    assert client.get(url).status_code == 403
    assert date.public_id not in client.get("/studio").text


@pytest.mark.parametrize("page", ["/studio", *PAGES])
def test_strangers_are_led_to_the_sign_in_page(
    client: CheckingClient, date: OccurrenceView, page: str
) -> None:
    answer = client.get(page.format(date=date.public_id, place=date.place.public_id))
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_an_operator_may_do_it_anywhere(app: Flask, client: CheckingClient, date: OccurrenceView) -> None:
    enter(app, client, Grant(Role.OPERATOR))
    assert f"/studio/places/{date.place.public_id}" in client.get("/studio").text
    assert date.public_id in client.get(f"/studio/places/{date.place.public_id}").text
    assert client.get(f"/studio/occurrences/{date.public_id}").status_code == 200


def test_unknown_places_and_dates_are_answered_in_words(host: CheckingClient) -> None:
    assert host.get("/studio/places/0000000000/events/new").status_code == 404
    assert host.get("/studio/occurrences/0000000000/move").status_code == 404
    assert host.get("/studio/occurrences/0000000000").status_code == 404
