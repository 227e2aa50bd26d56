"""Fifty families on the last ten seats: who has one, and in which order the others wait. A check more than a measure."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa
from flask import Flask

from app.bookings import service
from app.bookings.commands import Book
from app.bookings.models import Booking
from app.bookings.rules.status import BookingStatus
from app.core.database import db, transaction
from app.events.models import Occurrence
from bench.results import Result
from bench.sample import Sample

FAMILIES, SEATS, ROUNDS = 50, 10, 100


def last_seats(sample: Sample) -> list[Result]:
    """A hundred rounds, each on a room that was emptied before."""
    with ThreadPoolExecutor(FAMILIES) as pool:
        good = sum(_round(sample, pool, number) for number in range(ROUNDS))
    what = (
        f"{FAMILIES} at once on the last {SEATS} seats: exactly {SEATS} confirmed, the others wait in order"
    )
    return [Result(what, f"{good} of {ROUNDS} rounds", "", "all", good == ROUNDS)]


def _round(sample: Sample, pool: ThreadPoolExecutor, number: int) -> bool:
    date_id = _empty_room(sample)
    barrier = Barrier(FAMILIES)

    def press(family: int) -> BookingStatus:
        address = f"f{number}-{family}@example.org"
        with sample.app.app_context():
            barrier.wait()
            return service.book(sample.occurrence_id, Book("Ada", address, 1, 0, address, "it")).status

    answers = list(pool.map(press, range(FAMILIES)))
    return answers.count(BookingStatus.CONFIRMED) == SEATS and _is_in_order(sample.app, date_id)


def _is_in_order(app: Flask, date_id: int) -> bool:
    """By the queue's own order (id): the moments at which the rows were written never go back, seats come first."""
    with app.app_context():
        rows = db.session.scalars(
            sa.select(Booking).where(Booking.occurrence_id == date_id).order_by(Booking.id)
        ).all()
        moments = [row.created_at for row in rows]
        states = [row.status for row in rows]
        taken = db.session.get_one(Occurrence, date_id).seats_taken
    expected = [BookingStatus.CONFIRMED] * SEATS + [BookingStatus.WAITLISTED] * (FAMILIES - SEATS)
    return (states, taken, moments) == (expected, SEATS, sorted(moments))


def _empty_room(sample: Sample) -> int:
    """The same date without bookings, with ten seats."""
    with sample.app.app_context(), transaction() as session:
        date = session.scalars(
            sa.select(Occurrence).where(Occurrence.public_id == sample.occurrence_id)
        ).one()
        session.execute(sa.delete(Booking).where(Booking.occurrence_id == date.id))
        date.capacity, date.seats_taken, date.has_queue = SEATS, 0, False
        return date.id
