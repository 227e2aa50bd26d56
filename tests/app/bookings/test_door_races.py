"""The host adds families while others book and marks arrive from several phones: seats stay seats, marks stay one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

from flask import Flask

from app.bookings import service
from app.bookings.commands import AddFamily, Book, MarkLate
from app.bookings.queries import people_of
from app.bookings.rules.marks import Settled
from app.bookings.rules.status import BookingStatus
from app.bookings.rules.walk_in import NoSeatForThem
from app.core import clock
from tests.app.events.factory import again, make_date

TOGETHER = 16


def at_once(app: Flask, work: list[Callable[[], Any]]) -> list[Any]:
    """Every piece of work at the same moment, each in its own thread and session; refusals are answers."""
    barrier = Barrier(len(work))

    def one(do: Callable[[], Any]) -> Any:
        with app.app_context():
            barrier.wait()
            try:
                return do()
            except NoSeatForThem as error:
                return error

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def test_walk_ins_and_bookings_share_the_seats_that_there_are(app: Flask) -> None:
    with app.app_context():
        date = make_date(capacity=10)

    def book(number: int) -> Callable[[], Any]:
        what = Book(f"B{number}", f"b{number}@example.org", 1, 0, f"b{number}", "it")
        return lambda: service.book(date.public_id, what)

    def add(number: int) -> Callable[[], Any]:
        return lambda: service.add_family(AddFamily(date.id, f"W{number}", 1, 0, f"w{number}", "it"))

    at_once(app, [(book if number % 2 else add)(number) for number in range(TOGETHER)])
    with app.app_context():
        seated = [one for one in people_of(date.id) if one.status is BookingStatus.CONFIRMED]
        assert again(date).seats_taken == 10 == sum(one.seats for one in seated)


def test_one_press_sent_many_times_is_one_family(app: Flask) -> None:
    with app.app_context():
        date = make_date(capacity=10)
    add = AddFamily(date.id, "Nora", 2, 1, "same", "it")
    assert len(set(at_once(app, [lambda: service.add_family(add)] * TOGETHER))) == 1
    with app.app_context():
        assert again(date).seats_taken == 3


def test_of_marks_that_arrive_together_in_any_order_the_latest_stands(app: Flask) -> None:
    with app.app_context():
        date = make_date()
        service.book(date.public_id, Book("Amira", "a@example.org", 1, 0, "a", "it"))
        amira = people_of(date.id)[0].public_id
    states = (BookingStatus.ATTENDED, BookingStatus.NO_SHOW)
    marks = [
        MarkLate(f"mark-{number:04}", amira, states[number % 2], date.starts_at + timedelta(seconds=number))
        for number in range(TOGETHER)
    ]

    def send(*sent: MarkLate) -> list[service.Answered]:
        with clock.frozen(date.ends_at):  # each thread has a clock of its own
            return service.mark_late(date.id, sent)

    at_once(app, [partial(send, mark) for mark in reversed(marks)])
    with app.app_context():
        assert people_of(date.id)[0].status is marks[-1].status
        again_sent = send(*marks)
    assert again_sent[-1].settled is Settled.KNOWN
    assert Settled.NOTED not in {one.settled for one in again_sent}
