"""Booking, waiting, giving back: one verb, one transaction, one mail; on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.commands import Book
from app.bookings.models import Booking
from app.bookings.queries import booking_by_token, people_of
from app.bookings.rules.admission import FewerSeatsLeft, NotBookable, OccurrenceCancelled, OccurrencePast
from app.bookings.rules.party import PartyEmpty, PartyTooLarge
from app.bookings.rules.status import BookingStatus
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.mail.models import OutboxMessage
from app.events import service as events
from app.events.facts import OccurrenceView
from app.events.rules.vocabulary import CountedAs
from tests.app.events.factory import again, all_dates, event_command, make_date, make_place


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


def family(name: str = "Amira", adults: int = 1, children: int = 1, key: str = "") -> Book:
    email = f"{name.lower()}@example.org"
    return Book(name, email, adults, children, key or f"key-{name}", "it")


def status(token: str) -> BookingStatus:
    found = booking_by_token(token)
    assert found is not None
    return found.status


def kinds() -> list[str]:
    return [message.kind for message in db.session.query(OutboxMessage).order_by(OutboxMessage.id)]


def test_a_family_that_fits_is_confirmed_and_told_once() -> None:
    date = make_date()
    booked = service.book(date.public_id, family())
    assert (booked.status, again(date).seats_taken, kinds()) == (
        BookingStatus.CONFIRMED,
        2,
        ["booking_confirmed"],
    )
    assert len(booked.token) == 32


def test_a_double_press_is_one_booking_whatever_else_is_sent() -> None:
    date = make_date()
    first = service.book(date.public_id, family())
    second = service.book(date.public_id, replace(family(adults=3), name="Bruno"))
    assert first == second
    assert (again(date).seats_taken, len(kinds())) == (2, 1)


def test_the_key_of_another_family_opens_nothing_of_theirs() -> None:
    date = make_date()
    first = service.book(date.public_id, family())
    second = service.book(date.public_id, family("Bruno", key="key-Amira"))
    assert first.token != second.token
    assert (again(date).seats_taken, len(kinds())) == (4, 2)


def test_the_same_key_on_another_date_is_another_booking() -> None:
    place = make_place()
    events.create_event(event_command(place, rrule="FREQ=WEEKLY;COUNT=2"))
    first, second = all_dates()
    tokens = {service.book(date.public_id, family()).token for date in (first, second)}
    assert len(tokens) == 2


def test_the_stored_row_holds_no_token() -> None:
    booked = service.book(make_date().public_id, family())
    row = db.session.query(Booking).one()
    assert booked.token not in {str(value) for value in vars(row).values()}


@pytest.mark.parametrize(
    ("counted_as", "seats"),
    [(CountedAs.EVERYBODY, 3), (CountedAs.CHILDREN, 1), (CountedAs.ADULTS, 2), (CountedAs.FAMILIES, 1)],
)
def test_the_event_chooses_what_takes_a_seat(counted_as: CountedAs, seats: int) -> None:
    date = make_date(counted_as=counted_as)
    service.book(date.public_id, family(adults=2, children=1))
    assert again(date).seats_taken == seats


def test_who_does_not_fit_waits_is_passed_twice_and_then_seats_are_kept_for_it() -> None:
    date = make_date(capacity=7)
    service.book(date.public_id, family("Amira", 2, 2))
    large = service.book(date.public_id, replace(family("Bruno", 2, 2), accepts_waiting=True))
    small = [service.book(date.public_id, family(name, 1, 0)) for name in ("Carla", "Dora", "Elio")]
    assert large.status is BookingStatus.WAITLISTED
    assert [one.status for one in small] == [
        BookingStatus.CONFIRMED, BookingStatus.CONFIRMED, BookingStatus.WAITLISTED,
    ]  # fmt: skip
    assert again(date).seats_taken == 6
    view = booking_by_token(small[2].token)
    assert view is not None
    assert view.ahead == 1
    service.cancel(small[0].token)
    assert again(date).seats_taken == 5
    with clock.frozen(date.starts_at - timedelta(hours=25)):
        service.release_kept_seats()
        assert again(date).seats_taken == 5
    with clock.frozen(date.starts_at - timedelta(hours=23)):
        service.release_kept_seats()
        service.release_kept_seats()
        assert again(date).seats_taken == 6
    assert [status(one.token) for one in (large, *small[1:])] == [
        BookingStatus.WAITLISTED, BookingStatus.CONFIRMED, BookingStatus.OFFERED,
    ]  # fmt: skip


def test_the_family_for_which_seats_are_kept_has_them_as_soon_as_they_suffice() -> None:
    date = make_date(capacity=6)
    first = service.book(date.public_id, family("Amira", 2, 2))
    service.book(date.public_id, replace(family("Bruno", 2, 1), accepts_waiting=True))
    small = [service.book(date.public_id, family(name, 1, 0)) for name in ("Carla", "Dora")]
    assert again(date).seats_taken == 6
    service.cancel(small[0].token)
    late = service.book(date.public_id, family("Elio", 1, 0))
    assert late.status is BookingStatus.WAITLISTED
    service.cancel(first.token)
    asked = [one.name for one in people_of(date.id) if one.status is BookingStatus.OFFERED]
    assert (asked, again(date).seats_taken) == (["Bruno", "Elio"], 5)
    assert again(date).has_queue is False


def test_nobody_waits_unasked_while_some_seats_are_left() -> None:
    date = make_date(capacity=4)
    service.book(date.public_id, family("Amira", 1, 1))
    with pytest.raises(FewerSeatsLeft) as refused:
        service.book(date.public_id, family("Bruno", 2, 1))
    assert refused.value.details == {"free": 2, "wanted": 3}
    assert service.book(date.public_id, family("Carla", 1, 1)).status is BookingStatus.CONFIRMED


def test_what_is_left_is_promised_to_nobody_else_while_a_family_waits_for_it() -> None:
    date = make_date(capacity=4)
    service.book(date.public_id, family("Amira", 1, 1))
    waiting = service.book(date.public_id, replace(family("Bruno", 2, 1), accepts_waiting=True))
    assert (again(date).has_queue, again(date).free) == (True, 0)
    service.cancel(waiting.token)
    assert (again(date).has_queue, again(date).free) == (False, 2)


def test_the_mark_of_the_queue_goes_with_the_queue() -> None:
    date = make_date(capacity=2)
    first = service.book(date.public_id, family("Amira"))
    service.book(date.public_id, family("Bruno"))
    assert again(date).has_queue
    service.cancel(first.token)
    assert (again(date).has_queue, again(date).free) == (False, 0)
    service.book(date.public_id, family("Carla"))
    events.cancel_occurrence(date.public_id)
    assert not again(date).has_queue


def test_the_same_family_again_from_the_same_browser_is_one_booking_while_it_stands() -> None:
    date = make_date()
    asked = replace(family(), browser_key="browser")
    first = service.book(date.public_id, asked)
    anew = replace(asked, idempotency_key="a form opened anew")
    assert service.book(date.public_id, anew) == replace(first, is_repeat=True)
    assert again(date).seats_taken == 2
    service.cancel(first.token)
    assert service.book(date.public_id, anew).token != first.token


@pytest.mark.parametrize(
    "changes",
    [
        {"browser_key": "other"},
        {"name": "Bruno"},
        {"adults": 2},
        {"email": "b@example.org"},
        {"is_another": True},
    ],
)
def test_another_family_or_another_browser_is_another_booking(changes: dict[str, Any]) -> None:
    date = make_date()
    asked = replace(family(), browser_key="browser")
    first = service.book(date.public_id, asked)
    second = service.book(date.public_id, replace(asked, idempotency_key="second", **changes))
    assert (second.token != first.token, second.is_repeat) == (True, False)


def test_the_next_family_is_asked_when_a_seat_is_freed() -> None:
    date = make_date(capacity=4)
    first = service.book(date.public_id, family("Amira", 2, 2))
    second = service.book(date.public_id, family("Bruno", 1, 1))
    third = service.book(date.public_id, family("Carla", 1, 1))
    fourth = service.book(date.public_id, family("Dalia", 1, 0))
    service.cancel(first.token)
    assert [status(b.token) for b in (first, second, third, fourth)] == [
        BookingStatus.CANCELLED, BookingStatus.OFFERED, BookingStatus.OFFERED, BookingStatus.WAITLISTED,
    ]  # fmt: skip
    assert again(date).seats_taken == 4
    assert kinds()[-3:] == ["booking_cancelled", "booking_offered", "booking_offered"]


def test_giving_back_twice_is_giving_back_once() -> None:
    date = make_date()
    booked = service.book(date.public_id, family())
    service.cancel(booked.token)
    service.cancel(booked.token)
    assert (again(date).seats_taken, kinds().count("booking_cancelled")) == (0, 1)


def test_who_waits_can_stop_waiting() -> None:
    date = make_date(capacity=2)
    service.book(date.public_id, family("Amira"))
    waiting = service.book(date.public_id, family("Bruno"))
    service.cancel(waiting.token)
    assert (status(waiting.token), again(date).seats_taken) == (BookingStatus.CANCELLED, 2)


def test_an_unknown_token_or_date_is_not_found() -> None:
    with pytest.raises(NotFound):
        service.cancel("a" * 32)
    with pytest.raises(NotFound):
        service.book("0000000000", family())


def test_what_cannot_be_booked_says_why_and_leaves_nothing() -> None:
    date = make_date(max_party=4, capacity=3)
    for wrong, error in ((family(adults=0, children=0), PartyEmpty), (family(adults=1000), PartyTooLarge),
                         (family(adults=4, children=0), PartyTooLarge)):  # fmt: skip
        with pytest.raises(error):
            service.book(date.public_id, wrong)
    with clock.frozen(date.starts_at), pytest.raises(OccurrencePast):
        service.book(date.public_id, family())
    events.cancel_occurrence(date.public_id)
    with pytest.raises(OccurrenceCancelled):
        service.book(date.public_id, family())
    with pytest.raises(NotBookable):
        service.book(make_date(capacity=None).public_id, family())
    assert (db.session.query(Booking).count(), kinds()) == (0, [])


def test_a_date_that_has_begun_cannot_be_given_back() -> None:
    date = make_date()
    booked = service.book(date.public_id, family())
    with clock.frozen(date.starts_at), pytest.raises(OccurrencePast):
        service.cancel(booked.token)
    assert status(booked.token) is BookingStatus.CONFIRMED


def test_a_cancelled_date_gives_everything_back_and_tells_each_family_once() -> None:
    date = make_date(capacity=2)
    confirmed = service.book(date.public_id, family("Amira"))
    waiting = service.book(date.public_id, family("Bruno"))
    events.cancel_occurrence(date.public_id)
    assert {status(confirmed.token), status(waiting.token)} == {BookingStatus.CANCELLED}
    assert again(date).seats_taken == 0
    assert kinds().count("occurrence_cancelled") == 2
    assert "booking_promoted" not in kinds()
    events.reinstate_occurrence(date.public_id)
    assert (status(confirmed.token), status(waiting.token)) == (
        BookingStatus.CONFIRMED,
        BookingStatus.WAITLISTED,
    )
    assert service.book(date.public_id, family("Carla")).status is BookingStatus.WAITLISTED


def test_a_moved_date_tells_each_family_once_for_each_move() -> None:
    date = make_date()
    booked = service.book(date.public_id, family())
    move(date, hours=1)
    move(date, hours=1)
    assert kinds().count("occurrence_moved") == 1
    move(date, hours=2)
    assert kinds().count("occurrence_moved") == 2
    view = booking_by_token(booked.token)
    assert view is not None
    assert view.sequence == 2


def move(date: OccurrenceView, hours: int) -> None:
    by = timedelta(hours=hours)
    events.move_occurrence(date.public_id, date.starts_at + by, date.ends_at + by)


def test_more_room_lets_the_queue_in() -> None:
    place = make_place()
    event_id = events.create_event(event_command(place, capacity=2))
    date = all_dates()[0]
    service.book(date.public_id, family("Amira"))
    waiting = service.book(date.public_id, family("Bruno"))
    events.update_event(event_id, event_command(place, capacity=4))
    assert (status(waiting.token), again(date).seats_taken) == (BookingStatus.OFFERED, 4)


def test_a_booked_date_survives_a_rule_that_leaves_it_out() -> None:
    place = make_place()
    event_id = events.create_event(event_command(place, rrule="FREQ=WEEKLY;COUNT=4"))
    booked_date = all_dates()[1]
    booked = service.book(booked_date.public_id, family())
    service.cancel(booked.token)
    events.update_event(event_id, event_command(place, rrule="FREQ=WEEKLY;INTERVAL=3;COUNT=2"))
    assert [date.public_id for date in all_dates()].count(booked_date.public_id) == 1
    assert len(all_dates()) == 3


def test_the_host_sees_who_comes_by_name_and_then_who_waits() -> None:
    date = make_date(capacity=4)
    for name in ("Carla", "amira", "Bruno"):
        service.book(date.public_id, family(name))
    assert [person.name for person in people_of(date.id)] == ["amira", "Carla", "Bruno"]


def test_made_up_bookings_go_without_a_trace_but_never_where_somebody_else_booked() -> None:
    date = make_date(capacity=3)
    for name in ("Prova1", "Prova2"):
        asked = replace(family(name), email=f"{name}@prova.example", accepts_waiting=True)
        service.book(date.public_id, asked)
    real = service.book(make_date().public_id, family())
    letters = len(kinds())
    assert service.erase_made_up(date.id, "prova.example")
    assert (again(date).seats_taken, people_of(date.id), len(kinds())) == (0, [], letters)
    service.book(date.public_id, replace(family("Prova3"), email="prova3@prova.example"))
    visitor = service.book(date.public_id, family("Carla", 1, 0))
    service.cancel(visitor.token)
    assert not service.erase_made_up(date.id, "prova.example")
    assert again(date).seats_taken == 2
    assert status(real.token) is BookingStatus.CONFIRMED
