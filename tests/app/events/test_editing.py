"""A host changes an event that is published: what was not touched stays, and no booked date is lost unasked."""

from datetime import timedelta
from typing import Any

import html5lib
import pytest
from flask import Flask

from app.bookings import service as bookings
from app.bookings.commands import Book
from app.bookings.queries import booking_by_token
from app.core import clock
from app.core.actor import Grant, Role
from app.core.local_text import LocalText
from app.events import queries, service
from app.events.facts import EventView, OccurrenceView
from app.events.rules.bodies import Speaker
from app.events.rules.schedule import to_local
from app.events.rules.vocabulary import CountedAs, FirstTopic, OccurrenceStatus, ProposedBy
from tests.app.events.browsing import enter, hidden_values
from tests.app.events.factory import ROME, all_dates, event_command, in_days, make_event, make_place
from tests.client import CheckingClient

FULL: dict[str, Any] = {
    "title": LocalText.of("it", it="Lettura", en="Reading", ar="قراءة"),
    "description": LocalText.of("it", it="Sul tappeto.\nCon calma.", en="On the rug."),
    "bring": LocalText.of("it", it="Calzini"), "rrule": "FREQ=WEEKLY;COUNT=4", "exdates": (in_days(9),),
    "languages": ("it", "bn", "de"), "age_from_months": 3, "age_to_months": 17, "price": "5 €", "room": "Sala blu",
    "duration_minutes": 75, "organisers": ("ACLI", "Spazio Aperto"), "partners": ("Farmacia",),
    "speakers": (Speaker("Anna Riva", "ostetrica", "da dieci anni"),), "counted_as": CountedAs.CHILDREN,
    "proposed_by": ProposedBy.RESIDENTS, "proposer": "le famiglie", "counts_babies": False, "pushchairs": 3,
    "childcare": 2, "email_optional": True, "topics": frozenset({FirstTopic.READING, FirstTopic.PLAY}), "max_party": 5,
}  # fmt: skip


@pytest.fixture
def event_id(app: Flask) -> str:
    """A series of three dates with everything that can be said of one."""
    with app.app_context():
        return make_event(starts_local=in_days(2), **FULL)


@pytest.fixture
def host(app: Flask, client: CheckingClient, event_id: str) -> CheckingClient:
    """Who looks after its place."""
    with app.app_context():
        place_id = event(event_id).place.id
    enter(app, client, Grant(Role.HOST, place_id=place_id))
    return client


def event(event_id: str) -> EventView:
    view = queries.event_by_public_id(event_id)
    assert view is not None
    return view


def dates(event_id: str) -> list[OccurrenceView]:
    return [date for date in all_dates() if date.event_public_id == event_id]


def filled_in(page: str) -> dict[str, Any]:
    """What a browser sends of a form that nobody touched."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    values: dict[str, Any] = {}
    for node in root.iter("input"):
        is_box = node.get("type") in ("checkbox", "radio")
        if node.get("name") and (not is_box or node.get("checked") is not None):
            values.setdefault(str(node.get("name")), []).append(node.get("value") or "")
    for node in root.iter("textarea"):
        values[str(node.get("name"))] = (node.text or "").removeprefix("\n").replace("\n", "\r\n")
    for node in root.iter("select"):
        chosen = [one.get("value") for one in node.iter("option") if one.get("selected") is not None]
        values[str(node.get("name"))] = chosen
    return {name: value for name, value in values.items() if name != "q"}


def edit(client: CheckingClient, event_id: str, **typed: Any) -> Any:
    url = f"/studio/events/{event_id}"
    return client.post(url, data=filled_in(client.get(url).text) | typed)


@pytest.mark.parametrize("language", ["it", "en", "ar", "bn"])
def test_saving_what_nobody_touched_changes_nothing(
    app: Flask, host: CheckingClient, event_id: str, language: str
) -> None:
    host.get(f"/about?lang={language}")
    with app.app_context():
        before = (event(event_id), dates(event_id))
    assert edit(host, event_id).status_code == 303
    with app.app_context():
        assert (event(event_id), dates(event_id)) == before


def test_a_new_title_leaves_the_other_languages_alone(
    app: Flask, host: CheckingClient, event_id: str
) -> None:
    host.get("/about?lang=en")
    edit(host, event_id, title="Storytime", description="")
    with app.app_context():
        changed = event(event_id)
    assert changed.title.texts == {"it": "Lettura", "en": "Storytime", "ar": "قراءة"}
    assert changed.description is not None
    assert changed.description.texts == {"it": "Sul tappeto.\nCon calma."}


def test_a_title_is_one_line_however_it_was_sent(app: Flask, host: CheckingClient, event_id: str) -> None:
    host.get("/about?lang=it")
    assert edit(host, event_id, title="Una\r\nriga \n sola").status_code == 303
    with app.app_context():
        assert event(event_id).title.texts["it"] == "Una riga sola"


def test_a_rule_that_has_no_plain_words_stays_and_its_hour_can_change(
    app: Flask, host: CheckingClient
) -> None:
    with app.app_context():
        place_id = make_place()
        odd = make_event(place_id, starts_local=in_days(2), rrule="FREQ=DAILY;INTERVAL=3;COUNT=5")
        enter(app, host, Grant(Role.HOST, place_id=event(odd).place.id))
    assert edit(host, odd, hour="16:30").status_code == 303
    with app.app_context():
        assert event(odd).schedule.rrule == "FREQ=DAILY;INTERVAL=3;COUNT=5"
        assert [to_local(date.starts_at, ROME).hour for date in dates(odd)] == [16] * 5


def test_a_series_that_began_long_ago_can_be_edited(app: Flask, host: CheckingClient) -> None:
    with app.app_context():
        command = event_command(
            make_place(), starts_local=in_days(-40), rrule="FREQ=WEEKLY", source_key="old"
        )
        service.save_events([command])
        old = next(date.event_public_id for date in all_dates() if date.event_id > 1)
        enter(app, host, Grant(Role.HOST, place_id=event(old).place.id))
    assert edit(host, old, title="Ancora").status_code == 303
    with app.app_context():
        assert event(old).schedule == event(old).schedule
        assert event(old).title.texts["it"] == "Ancora"


def booked(app: Flask, event_id: str, number: int) -> str:
    with app.app_context():
        date = dates(event_id)[number]
        return bookings.book(date.public_id, Book("Amira", "amira@example.org", 1, 1, "key", "it")).token


def test_booked_dates_that_a_new_rule_loses_are_shown_before_anything_is_saved(
    app: Flask, host: CheckingClient, event_id: str
) -> None:
    token = booked(app, event_id, 1)
    with app.app_context():
        before, lost = event(event_id), dates(event_id)[1]
    answer = edit(host, event_id, repeat="once", not_on="")
    assert answer.status_code == 409
    assert "data-lost" in answer.text
    assert "left_out" in answer.text
    with app.app_context():
        assert event(event_id) == before
    kept = host.post(f"/studio/events/{event_id}", data=filled_in(answer.text) | {"left_out": "keep"})
    assert kept.status_code == 303
    with app.app_context():
        assert [date.public_id for date in dates(event_id)][1:] == [lost.public_id]
        assert booking_by_token(token).status == "confirmed"


def test_the_host_may_cancel_them_and_their_families_are_told(
    app: Flask, host: CheckingClient, event_id: str
) -> None:
    token = booked(app, event_id, 1)
    answer = edit(host, event_id, repeat="once", not_on="", left_out="cancel")
    assert answer.status_code == 303
    with app.app_context():
        assert [date.status for date in dates(event_id)] == [
            OccurrenceStatus.SCHEDULED, OccurrenceStatus.CANCELLED,
        ]  # fmt: skip
        booking = booking_by_token(token)
        assert booking.status == "cancelled"
        assert booking.cancelled_with_date
    assert "1" in host.get(answer.location).text


def test_a_date_at_another_hour_keeps_its_bookings(app: Flask, host: CheckingClient, event_id: str) -> None:
    token = booked(app, event_id, 1)
    assert edit(host, event_id, hour="11:15").status_code == 303
    with app.app_context():
        date = dates(event_id)[1]
        assert to_local(date.starts_at, ROME).strftime("%H:%M") == "11:15"
        assert booking_by_token(token).occurrence_id == date.id


def test_the_second_of_two_hosts_sees_what_the_first_one_saved_and_loses_nothing(
    app: Flask, host: CheckingClient, event_id: str
) -> None:
    url = f"/studio/events/{event_id}"
    page = host.get(url + "?lang=en").text
    edit(host, event_id, room="Sala verde")
    answer = host.post(url, data=filled_in(page) | {"title": "Mine", "room": "Sala rossa"})
    assert answer.status_code == 409
    assert "Sala verde" in answer.text
    assert 'value="Sala rossa"' in answer.text
    with app.app_context():
        assert event(event_id).room == "Sala verde"
    assert host.post(url, data=filled_in(answer.text)).status_code == 303
    with app.app_context():
        assert event(event_id).room == "Sala rossa"
        assert event(event_id).title.texts["en"] == "Mine"


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"day": ""}, {"day": "2020-01-01"}, {"repeat": "hourly"}, {"left_out": "perhaps"}, {"not_on": "then"}]
)  # fmt: skip
def test_what_cannot_be_saved_is_explained_and_nothing_changes(
    app: Flask, host: CheckingClient, event_id: str, wrong: dict[str, str]
) -> None:
    with app.app_context():
        before = event(event_id)
    answer = edit(host, event_id, **({"hour": "12:00"} | wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    with app.app_context():
        assert event(event_id) == before


def test_other_hosts_and_unknown_events_are_refused(
    app: Flask, client: CheckingClient, event_id: str
) -> None:
    with app.app_context():
        other = event(make_event(make_place("Altrove"))).place.id
    enter(app, client, Grant(Role.HOST, place_id=other))
    assert client.get(f"/studio/events/{event_id}").status_code == 403
    assert client.get("/studio/events/0000000000").status_code == 404


def test_the_same_event_twice_is_asked_about_and_then_published(
    app: Flask, host: CheckingClient, event_id: str
) -> None:
    with app.app_context():
        view = event(event_id)
    url = f"/studio/places/{view.place.public_id}/events/new"
    typed = {"title": "LETTURA", "day": view.schedule.starts_local.date().isoformat(), "hour": "10:00"}
    first = host.post(url, data=filled_in(host.get(url).text) | typed)
    assert first.status_code == 409
    assert 'value="LETTURA"' in first.text
    with app.app_context():
        assert len({date.event_id for date in all_dates()}) == 1
    second = host.post(url, data=filled_in(first.text))
    assert second.status_code == 303
    with app.app_context():
        assert len({date.event_id for date in all_dates()}) == 2


def test_publishing_says_how_many_dates_there_are_and_which_is_the_last(
    app: Flask, host: CheckingClient, event_id: str
) -> None:
    with app.app_context():
        place = event(event_id).place.public_id
    url = f"/studio/places/{place}/events/new"
    first = clock.today(ROME) + timedelta(days=20)
    typed = {"title": "Coro", "day": first.isoformat(), "hour": "10:00", "repeat": "week",
             "until": (first + timedelta(days=30)).isoformat(), "not_on": f"{first + timedelta(days=7):%d/%m}"}  # fmt: skip
    answer = host.post(
        url, data=hidden_values(host.get(url + "?lang=en").text) | filled_in(host.get(url).text) | typed
    )
    page = host.get(answer.location).text
    assert "4 dates, the last on" in page
    with app.app_context():
        assert len([date for date in all_dates() if date.title.texts.get("en") == "Coro"]) == 4
