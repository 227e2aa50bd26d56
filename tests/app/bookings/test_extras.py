"""Babies in arms, pushchairs, childcare: asked only where the event has to know, given as far as there is room."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.bookings import service
from app.bookings.commands import Book, ChangeParty
from app.bookings.queries import BookingView, booking_by_token
from app.bookings.rules.extras import (
    ChildcareForOthers,
    Extras,
    NoRoomForPushchair,
    NoRoomInChildcare,
    TooManyPushchairs,
    granted,
)
from app.bookings.rules.party import Party, TooManyBabies, seats_of
from app.bookings.rules.status import BookingStatus
from app.config import Settings
from app.core.actor import Grant, Role
from app.events.facts import OccurrenceView
from tests.app.bookings.test_mails import drained, plain
from tests.app.bookings.test_service import family
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import again, make_date
from tests.client import CheckingClient

counts = st.integers(0, 20)


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """Ten seats, none for babies in arms, room for two pushchairs and for two children to look after."""
    with app.app_context():
        return make_date(capacity=10, counts_babies=False, pushchairs=2, childcare=2)


def booked(token: str) -> BookingView:
    found = booking_by_token(token)
    assert found is not None
    return found


@given(counts, counts, counts, st.sampled_from(["everybody", "children", "adults", "families"]))
def test_babies_that_take_no_seat_never_make_it_dearer(
    adults: int, children: int, babies: int, counted_as: str
) -> None:
    party = Party(adults, children, min(babies, children))
    light, full = (seats_of(party, counted_as, counts_babies=counts) for counts in (False, True))
    assert 1 <= light <= full
    assert full - light <= party.babies


@given(counts, counts, st.none() | counts, st.none() | counts)
def test_nobody_gets_more_than_is_left_or_than_was_asked_for(
    pushchairs: int, childcare: int, left_one: int | None, left_two: int | None
) -> None:
    given_to = granted(Extras(pushchairs, childcare), Extras(left_one, left_two))
    assert (given_to.pushchairs or 0) == (pushchairs if left_one is None else min(pushchairs, left_one))
    assert (given_to.childcare or 0) == (childcare if left_two is None else min(childcare, left_two))


def test_babies_in_arms_take_no_seat_where_the_host_says_so(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        service.book(date.public_id, replace(family(children=2), babies=1))
        assert again(date).seats_taken == 2
        with pytest.raises(TooManyBabies):
            service.book(date.public_id, replace(family("Bruno"), babies=2))


def test_what_is_full_is_refused_with_what_is_left_and_the_family_may_come_without(
    app: Flask, date: OccurrenceView
) -> None:
    with app.app_context():
        first = service.book(date.public_id, replace(family(), pushchairs=2, childcare=1)).token
        assert (booked(first).pushchairs, booked(first).childcare) == (2, 1)
        with pytest.raises(NoRoomForPushchair) as refused:
            service.book(date.public_id, replace(family("Bruno"), pushchairs=1))
        assert refused.value.details["free"] == 0
        with pytest.raises(NoRoomInChildcare) as full:
            service.book(date.public_id, replace(family("Bruno", 1, 2), childcare=2))
        assert full.value.details["free"] == 1
        service.book(date.public_id, family("Bruno"))
        service.cancel(first)
        service.book(date.public_id, replace(family("Carla"), pushchairs=2))


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"pushchairs": 3}, TooManyPushchairs), ({"childcare": 2}, ChildcareForOthers), ({"pushchairs": -1}, TooManyPushchairs),
     ({"babies": -1}, TooManyBabies)],
)  # fmt: skip
def test_what_no_family_of_this_size_can_need_is_refused(
    app: Flask, date: OccurrenceView, changes: dict[str, Any], error: type[Exception]
) -> None:
    with app.app_context(), pytest.raises(error):
        service.book(date.public_id, replace(family(), **changes))


def test_where_nothing_is_limited_nobody_counts(app: Flask) -> None:
    with app.app_context():
        plain_date = make_date()
        token = service.book(plain_date.public_id, replace(family(), pushchairs=2, childcare=1)).token
        assert (booked(token).pushchairs, booked(token).childcare) == (0, 0)


def test_the_last_pushchair_goes_to_one_family_only(app: Flask, date: OccurrenceView) -> None:
    """Four families at once, each with one pushchair: two of them come with it."""
    outcomes: list[str] = []

    def come(number: int) -> None:
        command = Book(f"N{number}", f"n{number}@example.org", 1, 0, f"k{number}", "it", pushchairs=1)
        with app.app_context():
            try:
                service.book(date.public_id, command)
                outcomes.append("in")
            except NoRoomForPushchair:
                outcomes.append("refused")

    threads = [threading.Thread(target=come, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "in", "refused", "refused"]


def test_a_family_that_waited_gets_what_is_left_and_its_mail_says_so(
    app: Flask, app_settings: Settings
) -> None:
    with app.app_context():
        date = make_date(capacity=2, pushchairs=1, childcare=1)
        first = service.book(date.public_id, family()).token
        waiting = service.book(date.public_id, replace(family("Bruno"), pushchairs=1, childcare=1)).token
        assert booked(waiting).status is BookingStatus.WAITLISTED
        service.change_party(ChangeParty(first, 1, 0, pushchairs=1))
        service.cancel(first)
        service.book(date.public_id, replace(family("Carla", 1, 0), accepts_waiting=True))
        service.accept(waiting)
        assert (booked(waiting).pushchairs, booked(waiting).childcare) == (1, 1)
        assert "1 passeggino" in plain(drained(app_settings)[-1])


def test_the_form_asks_only_what_the_event_has_to_know(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    with app.app_context():
        simple = make_date()
    asked = client.get(f"/occurrences/{date.public_id}/book?lang=en").text
    assert all(f'name="{name}"' in asked for name in ("babies", "pushchairs", "childcare"))
    assert "There is room for 2 more." in asked
    page = client.get(f"/occurrences/{simple.public_id}/book").text
    assert not any(f'name="{name}"' in page for name in ("babies", "pushchairs", "childcare"))


def test_a_family_books_with_a_pushchair_changes_its_mind_and_the_door_knows(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    url = f"/occurrences/{date.public_id}/book"
    typed = {"name": "Amira", "email": "amira@example.org", "adults": "1", "children": "2", "babies": "1"}
    refused = submit(client, url, **typed, pushchairs="3", childcare="1")
    assert refused.status_code == 409
    assert 'value="3"' in refused.text
    answer = submit(client, url, **typed, pushchairs="1", childcare="1")
    own = client.get(f"{answer.location}?lang=en").text
    assert "1 in arms · 1 pushchair · childcare for 1 child" in own
    changed = submit(
        client,
        f"{answer.location}/change",
        adults="1",
        children="2",
        babies="1",
        pushchairs="2",
        childcare="0",
    )
    assert changed.status_code == 303
    assert "2 pushchairs" in client.get(answer.location).text
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    assert "1 in arms · 2 pushchairs" in client.get(f"/studio/occurrences/{date.public_id}").text


@pytest.mark.parametrize(
    "wrong", [{"babies": "many"}, {"babies": "5"}, {"pushchairs": "9"}, {"childcare": "-1"}]
)
def test_bad_numbers_are_explained_and_kept(
    client: CheckingClient, date: OccurrenceView, wrong: dict[str, str]
) -> None:
    url = f"/occurrences/{date.public_id}/book"
    typed = {"name": "Amira", "email": "amira@example.org", "adults": "1", "children": "1"}
    answer = submit(client, url, **(typed | wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="Amira"' in answer.text
