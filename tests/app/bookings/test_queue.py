"""The waiting list holds no seat idle: whatever happens to a date, on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.bookings import service
from app.bookings.commands import Book
from app.bookings.models import Booking
from app.bookings.queries import booking_by_token
from app.bookings.rules.party import PartyTooLarge
from app.bookings.rules.status import BookingStatus
from app.core import clock
from app.core.database import db
from app.core.local_text import LocalText
from app.events import service as events
from app.events.facts import OccurrenceView
from app.events.models import Occurrence
from app.events.queries import event_by_slug, occurrence_view, upcoming
from tests.app.events.factory import event_command, make_place

_numbers = count(1)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


class Room:
    """One date whose number of seats can be changed, as its host would."""

    def __init__(self, capacity: int, place: str | None = None) -> None:
        number = next(_numbers)
        self.command = event_command(
            place or make_place(), capacity=capacity, title=LocalText.of("it", it=f"Lettura {number}")
        )
        self.event_id = events.create_event(self.command)
        event = event_by_slug(f"lettura-{number}-la-lucciola")
        assert event is not None
        self.date = upcoming(from_at=clock.now(), event_id=event.id)[0]
        self.tokens: list[str] = []

    def book(self, adults: int) -> str:
        number = next(_numbers)
        command = Book(
            f"Famiglia {number}",
            f"f{number}@example.org",
            adults,
            0,
            f"key-{number}",
            "it",
            accepts_waiting=True,
        )
        self.tokens.append(service.book(self.date.public_id, command).token)
        return self.tokens[-1]

    def resize(self, capacity: int) -> None:
        events.update_event(self.event_id, replace(self.command, capacity=capacity))

    def now(self) -> OccurrenceView:
        found = occurrence_view(self.date.public_id)
        assert found is not None
        return found


def state(token: str) -> BookingStatus:
    found = booking_by_token(token)
    assert found is not None
    return found.status


def an_emptied_room() -> tuple[Room, str]:
    """Four seats became two while a family of three waited, and whoever had a seat has gone."""
    room = Room(4)
    seated = room.book(2)
    waiting = room.book(3)
    room.resize(2)
    service.cancel(seated)
    return room, waiting


def test_a_family_larger_than_the_room_keeps_nobody_out_of_an_empty_room() -> None:
    room, waiting = an_emptied_room()
    assert state(room.book(1)) is BookingStatus.CONFIRMED
    assert state(waiting) is BookingStatus.WAITLISTED


def test_an_empty_room_that_grows_takes_in_who_waits() -> None:
    room, waiting = an_emptied_room()
    room.resize(6)
    assert (state(waiting), room.now().seats_taken) == (BookingStatus.OFFERED, 3)


def test_a_smaller_room_lets_those_pass_who_waited_behind_a_family_that_fits_no_more() -> None:
    room = Room(4)
    room.book(1)
    large, small = room.book(4), room.book(1)
    room.resize(3)
    assert (state(large), state(small)) == (BookingStatus.WAITLISTED, BookingStatus.CONFIRMED)


def test_whoever_waits_although_there_is_room_moves_up_before_the_next_family() -> None:
    room = Room(3)
    seated = room.book(2)
    waiting = room.book(2)
    db.session.query(Booking).filter_by(status=BookingStatus.CONFIRMED).update(
        {"status": BookingStatus.CANCELLED}
    )
    db.session.query(Occurrence).update({"seats_taken": 0})
    db.session.commit()
    newcomer = room.book(2)
    assert (state(seated), state(waiting), state(newcomer)) == (
        BookingStatus.CANCELLED, BookingStatus.OFFERED, BookingStatus.WAITLISTED,
    )  # fmt: skip


SEATED = (BookingStatus.CONFIRMED, BookingStatus.OFFERED)
booked = st.tuples(st.just("book"), st.integers(1, 4))
given_back = st.tuples(st.just("cancel"), st.integers(0, 3))
resized = st.tuples(st.just("resize"), st.integers(1, 6))


@pytest.fixture
def place() -> str:
    """One for all stories of a test."""
    return make_place()


LEFT_EMPTY = [("book", 2), ("book", 3), ("resize", 2), ("cancel", 0)]


@example(4, [*LEFT_EMPTY, ("book", 1)])
@example(4, [*LEFT_EMPTY, ("resize", 6)])
@example(4, [("book", 1), ("book", 4), ("book", 1), ("resize", 3)])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 4), st.lists(st.one_of(booked, given_back, resized), min_size=4, max_size=16))
def test_no_seat_is_free_while_a_family_that_fits_waits_first(
    place: str, capacity: int, story: list[tuple[str, int]]
) -> None:
    room = Room(capacity, place)
    for verb, number in story:
        tell(room, verb, number)
        now = room.now()
        here = db.session.query(Booking).filter_by(occurrence_id=room.date.id).order_by(Booking.id).all()
        seated = sum(row.seats for row in here if row.status in SEATED)
        waiting = [row.seats for row in here if row.status is BookingStatus.WAITLISTED]
        assert now.capacity is not None
        assert now.has_queue == any(seats <= now.capacity for seats in waiting)
        assert now.seats_taken == seated <= now.capacity
        first = next((seats for seats in waiting if seats <= now.capacity), None)
        assert first is None or first > now.capacity - now.seats_taken


def tell(room: Room, verb: str, number: int) -> None:
    """One thing that happens to a date; a party larger than the room is turned away."""
    if verb == "resize":
        room.resize(number)
    elif verb == "cancel" and room.tokens:
        service.cancel(room.tokens[number % len(room.tokens)])
    elif verb == "book":
        try:
            room.book(number)
        except PartyTooLarge:
            return
