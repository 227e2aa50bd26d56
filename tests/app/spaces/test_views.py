"""A family reserves without an account and without scripts; a host answers, reserves a series, takes dates up."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from app.places.queries import StaffPlace, staff_place
from app.spaces import service
from app.spaces.commands import Decide
from app.spaces.queries import SpaceView, reservation_by_token, reservations_of
from app.spaces.rules.status import ReservationStatus, SpaceKind
from tests.app.bookings.test_mails import drained, plain
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import make_place
from tests.app.spaces.factory import ROME, make_space, moment, wish
from tests.client import CheckingClient

WHO = {"name": "Amira", "email": "amira@example.org"}


@pytest.fixture
def place(app: Flask) -> StaffPlace:
    """A place that lends."""
    with app.app_context():
        found = staff_place(make_place("Spazio Prova"))
        assert found is not None
        return found


def space(app: Flask, place: StaffPlace, **changes: object) -> SpaceView:
    with app.app_context():
        return make_space(place, **changes)


def starts(page: str) -> list[str]:
    return re.findall(r'name="start"[^>]*value="([^"]+)"', page)


def test_a_place_says_what_it_lends_and_one_that_lends_nothing_says_nothing(
    app: Flask, client: CheckingClient, place: StaffPlace
) -> None:
    assert "/spaces" not in client.get(f"/places/{place.slug}").text
    lent = space(app, place)
    hidden = space(app, place, is_published=False)
    assert f"/places/{place.slug}/spaces" in client.get(f"/places/{place.slug}").text
    page = client.get(f"/places/{place.slug}/spaces").text
    assert lent.public_id in page
    assert hidden.public_id not in page
    assert client.get(f"/spaces/{hidden.public_id}/book").status_code == 404
    assert client.get("/places/nowhere/spaces").status_code == 404


def test_a_desk_is_reserved_in_one_page_and_given_back_with_a_press(
    app: Flask, app_settings: Settings, client: CheckingClient, place: StaffPlace
) -> None:
    desk = space(app, place, kind=SpaceKind.DESK, slot_minutes=20)
    url = f"/spaces/{desk.public_id}/book"
    free = starts(client.get(f"{url}?day={moment(2).date()}").text)
    assert len(free) > 100
    answer = submit(client, url, **WHO, start=free[0])
    assert answer.status_code == 303
    own = client.get(f"{answer.location}?lang=en").text
    assert 'data-status="confirmed"' in own
    assert free[0] not in starts(client.get(f"{url}?day={moment(2).date()}").text)
    with app.app_context():
        (mail,) = drained(app_settings)
        assert "UID:reservation-" in "".join(str(part.get_payload(decode=True)) for part in mail.walk())
    for look in (client.get, client.head):
        assert look(f"{answer.location}/cancel").status_code == 200
    button = hidden_values(client.get(f"{answer.location}/cancel").text)
    for _ in range(2):
        assert client.post(f"{answer.location}/cancel", data=button).status_code == 303
    assert 'data-status="cancelled"' in client.get(answer.location).text
    assert free[0] in starts(client.get(f"{url}?day={moment(2).date()}").text)


def test_pressing_twice_is_one_reservation(app: Flask, client: CheckingClient, place: StaffPlace) -> None:
    hall = space(app, place)
    url = f"/spaces/{hall.public_id}/book"
    page = client.get(url).text
    data = hidden_values(page) | WHO | {"start": starts(page)[3]}
    assert client.post(url, data=data).location == client.post(url, data=data).location
    with app.app_context():
        assert len(reservations_of(hall.id, clock.now())) == 1


def test_a_time_that_somebody_took_meanwhile_is_said_with_the_nearest_and_nothing_typed_is_lost(
    app: Flask, client: CheckingClient, place: StaffPlace
) -> None:
    hall = space(app, place)
    url = f"/spaces/{hall.public_id}/book"
    page = client.get(f"{url}?day={moment(3).date()}").text
    data = hidden_values(page) | WHO | {"start": moment(3).isoformat(), "purpose": "Coro"}
    with app.app_context():
        service.reserve(hall.public_id, wish(9))
    answer = client.post(f"{url}?lang=en", data=data)
    assert answer.status_code == 409
    assert "The nearest times that are free" in answer.text
    assert 'value="Amira"' in answer.text
    assert 'value="Coro"' in answer.text


def test_a_hall_is_had_for_some_hours_in_a_row(app: Flask, client: CheckingClient, place: StaffPlace) -> None:
    hall = space(app, place)
    url = f"/spaces/{hall.public_id}/book"
    page = client.get(f"{url}?day={moment(3).date()}&steps=3").text
    answer = client.post(url, data=hidden_values(page) | WHO | {"start": moment(3).isoformat()})
    with app.app_context():
        reserved = reservation_by_token(answer.location.split("/")[-1])
        assert reserved is not None
        assert reserved.ends_at - reserved.starts_at == timedelta(hours=3)


@pytest.mark.parametrize(
    "wrong",
    [{"start": ""}, {"start": "soon"}, {"start": "2026-11-26T10:00"}, {"name": ""}, {"email": "x"}, {"email": "a@gmial.com"},
     {"purpose": "x" * 301}, {"steps": "99", "start": "x"}],
)  # fmt: skip
def test_what_cannot_be_reserved_is_explained_and_kept(
    app: Flask, client: CheckingClient, place: StaffPlace, wrong: dict[str, str]
) -> None:
    hall = space(app, place)
    url = f"/spaces/{hall.public_id}/book"
    page = client.get(url).text
    answer = client.post(url, data=hidden_values(page) | WHO | {"start": starts(page)[0]} | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    with app.app_context():
        assert reservations_of(hall.id, clock.now()) == []


@pytest.mark.parametrize(
    "query",
    ["day=never", "day=1900-01-01", "day=9999-12-31", "steps=-3", "steps=1e9", "steps=٣", "day=&steps="],
)
def test_odd_addresses_show_a_week_all_the_same(
    app: Flask, client: CheckingClient, place: StaffPlace, query: str
) -> None:
    assert client.get(f"/spaces/{space(app, place).public_id}/book?{query}").status_code == 200


def test_a_request_is_told_to_the_host_who_answers_with_words(
    app: Flask, app_settings: Settings, client: CheckingClient, place: StaffPlace
) -> None:
    enter(app, client, Grant(Role.HOST, place_id=place.id))
    hall = space(app, place, needs_approval=True)
    with app.app_context():
        token = service.reserve(hall.public_id, wish(1, purpose="Compleanno")).token
        sent = {mail["To"]: plain(mail) for mail in drained(app_settings)}
    assert "Compleanno" in sent["staff@example.org"]
    home = f"/studio/places/{place.public_id}/spaces/{hall.public_id}"
    page = client.get(home).text
    (decide,) = set(re.findall(r'action="([^"]+/decide)"', page))
    neither = client.post(decide, data=hidden_values(page))
    assert neither.status_code == 422
    answer = client.post(decide, data=hidden_values(page) | {"answer": "no", "words": "C'è una festa"})
    assert answer.status_code == 303
    with app.app_context():
        declined = reservation_by_token(token)
        assert declined is not None
        assert declined.status is ReservationStatus.DECLINED
        assert "C'è una festa" in plain(drained(app_settings)[-1])
    assert "una festa" in client.get(f"/reservations/{token}").text


def test_a_series_leaves_out_what_clashes_lists_it_and_takes_it_up_when_it_is_free(
    app: Flask, app_settings: Settings, client: CheckingClient, place: StaffPlace
) -> None:
    """Every week until June, two of them taken: the story of the issue."""
    enter(app, client, Grant(Role.HOST, place_id=place.id))
    hall = space(app, place, window_days=365)
    with app.app_context():
        tokens = [
            service.reserve(hall.public_id, wish(number, starts_at=moment(7 * number + 3, 17))).token
            for number in (2, 5)
        ]
    home = f"/studio/places/{place.public_id}/spaces/{hall.public_id}"
    last = moment(3 + 7 * 28).date()
    answer = submit(
        client, f"{home}/series", name="Coro", day=moment(3).date().isoformat(), hour="16:45", steps="2", every="week",
        until=last.isoformat(),
    )  # fmt: skip
    page = client.get(f"{answer.location}?lang=en").text
    assert 'data-left-out="2"' in page
    assert "There is: Famiglia 2" in page
    with app.app_context():
        held = [one for one in reservations_of(hall.id, clock.now()) if one.name == "Coro"]
        assert len(held) == 29
        assert sum(one.status is ReservationStatus.CONFIRMED for one in held) == 27
        assert {f"{one.starts_at.astimezone(ROME):%H:%M}" for one in held} == {"16:45"}
        service.cancel(tokens[0])
    (take_up,) = set(re.findall(r'action="([^"]+/take-up)"', client.get(home).text))
    assert client.post(take_up, data=hidden_values(client.get(home).text)).status_code == 303
    assert 'data-left-out="1"' in client.get(home).text


def test_a_host_makes_a_desk_changes_it_and_takes_a_time_away(
    app: Flask, app_settings: Settings, client: CheckingClient, place: StaffPlace
) -> None:
    enter(app, client, Grant(Role.HOST, place_id=place.id))
    home = f"/studio/places/{place.public_id}/spaces"
    typed = {"kind": "desk", "name": "Ostetrica", "seats": "3", "slot_minutes": "20", "days": ["0", "1", "2", "3", "4", "5", "6"],
             "opens": "09:00", "closes": "12:00", "buffer_minutes": "5", "notice_hours": "0", "window_days": "30",
             "max_per_week": "1", "is_published": "y"}  # fmt: skip
    made = submit(client, f"{home}/new", **typed)
    assert made.status_code == 303
    desk_id = made.location.split("/")[-1]
    edit = client.get(f"{made.location}/edit").text
    assert 'value="Ostetrica"' in edit
    assert 'value="09:00"' in edit
    wrongs: list[dict[str, Any]] = [
        {"name": ""}, {"days": []}, {"closes": "08:00"}, {"seats": "0"}, {"everybody_from": "10:00"}, {"kind": "hall"}
    ]  # fmt: skip
    for wrong in wrongs:
        assert submit(client, f"{made.location}/edit", **(typed | wrong)).status_code == 422
    url = f"/spaces/{desk_id}/book"
    first = starts(client.get(f"{url}?day={moment(2).date()}").text)[0]
    own = submit(client, url, **WHO, start=first).location
    page = client.get(made.location).text
    (take_away,) = set(re.findall(r'action="([^"]+/take-away)"', page))
    assert client.post(take_away, data=hidden_values(page)).status_code == 303
    assert 'data-status="cancelled"' in client.get(own).text


def test_hosts_of_other_places_are_kept_out(app: Flask, client: CheckingClient, place: StaffPlace) -> None:
    hall = space(app, place)
    with app.app_context():
        other = staff_place(make_place("Altrove"))
    assert other is not None
    enter(app, client, Grant(Role.HOST, place_id=other.id))
    assert client.get(f"/studio/places/{place.public_id}/spaces/{hall.public_id}").status_code == 403
    assert client.get(f"/studio/places/{other.public_id}/spaces/{hall.public_id}").status_code == 404


def test_a_request_waits_three_days_at_most(app: Flask, place: StaffPlace) -> None:
    hall = space(app, place, needs_approval=True)
    with app.app_context():
        token = service.reserve(hall.public_id, wish(starts_at=moment(20))).token
        begun = clock.now()
        for later, expected in (
            (timedelta(days=3, seconds=-5), ReservationStatus.REQUESTED), (timedelta(days=3, seconds=5), ReservationStatus.EXPIRED)
        ):  # fmt: skip
            with clock.frozen(begun + later):
                service.expire_requests()
            found = reservation_by_token(token)
            assert found is not None
            assert found.status is expected


def test_giving_back_keeps_the_words_of_the_host(app: Flask, place: StaffPlace) -> None:
    hall = space(app, place, needs_approval=True)
    with app.app_context():
        token = service.reserve(hall.public_id, wish()).token
        asked = reservation_by_token(token)
        assert asked is not None
        service.decide(hall.id, Decide(asked.public_id, is_accepted=True, words="Chiavi al bar"))
        service.cancel(token)
        given_back = reservation_by_token(token)
        assert given_back is not None
        assert given_back.answer == "Chiavi al bar"


def test_names_are_forgotten_after_thirty_days_and_answers_that_never_came_are_told(
    app: Flask, app_settings: Settings, place: StaffPlace
) -> None:
    hall = space(app, place, needs_approval=True)
    with app.app_context():
        token = service.reserve(hall.public_id, wish()).token
        with clock.frozen(moment(3, 10)):
            for _ in range(2):
                service.expire_requests()
            lapsed = reservation_by_token(token)
            assert lapsed is not None
            assert lapsed.status is ReservationStatus.EXPIRED
            subjects = [str(mail["Subject"]) for mail in drained(app_settings)]
            assert sum("Nessuna risposta" in subject for subject in subjects) == 1
        with clock.frozen(moment(3, 11) + timedelta(days=30, seconds=1)):
            service.forget_past_reservations()
        assert reservation_by_token(token) is None
