"""Forty families press at once; ten seats are ten seats, on either engine."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.commands import Book
from app.bookings.models import Booking
from app.bookings.rules.status import BookingStatus
from app.core.database import db
from app.core.mail.models import OutboxMessage
from tests.app.events.factory import again, make_date

THREADS = 40


def in_threads(app: Flask, work: list[tuple[str, Book | str]]) -> list[service.Booked | None]:
    """Run every booking or cancellation at the same moment, each in its own thread and session."""
    barrier = Barrier(len(work))

    def one(task: tuple[str, Book | str]) -> service.Booked | None:
        date_id, what = task
        with app.app_context():
            barrier.wait()
            if isinstance(what, str):
                service.cancel(what)
                return None
            return service.book(date_id, what)

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def family(number: int, key: str = "", adults: int = 1) -> Book:
    address = "same@example.org" if key else f"f{number}@example.org"
    return Book(f"Famiglia {number}", address, adults, 0, key or f"key-{number}", "it")


def outbox_kinds(app: Flask) -> Counter[str]:
    with app.app_context():
        return Counter(message.kind for message in db.session.query(OutboxMessage))


@pytest.mark.parametrize("round_number", range(3))
def test_forty_threads_on_ten_seats_confirm_exactly_ten(app: Flask, round_number: int) -> None:
    with app.app_context():
        date = make_date(capacity=10)
    answers = in_threads(app, [(date.public_id, family(number)) for number in range(THREADS)])
    states = Counter(answer.status for answer in answers if answer)
    assert states == {BookingStatus.CONFIRMED: 10, BookingStatus.WAITLISTED: 30}
    with app.app_context():
        assert again(date).seats_taken == 10
    assert outbox_kinds(app) == {"booking_confirmed": 10, "booking_waitlisted": 30}


def test_one_form_pressed_forty_times_is_one_booking_and_one_mail(app: Flask) -> None:
    with app.app_context():
        date = make_date(capacity=10)
    answers = in_threads(app, [(date.public_id, family(number, key="same")) for number in range(THREADS)])
    assert len({answer.token for answer in answers if answer}) == 1
    with app.app_context():
        assert again(date).seats_taken == 1
    assert outbox_kinds(app) == {"booking_confirmed": 1}


def test_while_some_give_back_and_others_come_no_seat_is_lost_or_sold_twice(app: Flask) -> None:
    with app.app_context():
        date = make_date(capacity=10)
        first = [service.book(date.public_id, family(number, adults=2)) for number in range(8)]
    random = Random(7)
    newcomers: list[tuple[str, Book | str]] = [
        (date.public_id, family(100 + number, adults=random.randint(1, 3))) for number in range(20)
    ]
    leavers: list[tuple[str, Book | str]] = [(date.public_id, booked.token) for booked in first]
    tasks = newcomers + leavers
    random.shuffle(tasks)
    in_threads(app, tasks)
    with app.app_context():
        rows = list(db.session.query(Booking).order_by(Booking.id))
        taken = sum(
            row.seats for row in rows if row.status in (BookingStatus.CONFIRMED, BookingStatus.OFFERED)
        )
        waiting = [row for row in rows if row.status is BookingStatus.WAITLISTED]
        free = 10 - taken
        assert (again(date).seats_taken, taken <= 10) == (taken, True)
        assert not waiting or waiting[0].seats > free
