"""Events that are saved while families book: transactions that cross are tried again, and everything is done once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from threading import Event as Flag

import pytest
from blinker import Signal
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.bookings import service as bookings
from app.bookings.commands import Book
from app.bookings.rules.status import BookingStatus
from app.core.actor import Grant, Role
from app.events import service, signals
from app.events.facts import OccurrenceView
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import saving
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import (
    all_dates,
    event_command,
    in_days,
    make_date,
    make_event,
    make_place,
)
from tests.client import CheckingClient

FAMILIES = 2  # threads that book and give back
ROUNDS = 8
KEYS = [f"k{number:02}" for number in range(12)]


class Crossed(Exception):
    """What PostgreSQL answers to the one of two crossed transactions that it ended."""

    sqlstate = "40P01"


@contextmanager
def crossing(signal: Signal, times: int) -> Iterator[list[int]]:
    """The first so many transactions that send this signal are ended by the database."""
    told: list[int] = []

    def end(sender: object, **ids: object) -> None:
        told.append(1)
        if len(told) <= times:
            raise OperationalError("", {}, Crossed())

    with signal.connected_to(end):
        yield told


def create(date: OccurrenceView) -> None:
    make_event(date.place.public_id, source_key="crossed")


def update(date: OccurrenceView) -> None:
    service.update_event(date.event_public_id, event_command(date.place.public_id, organisers=("Altri",)))


def save_three(date: OccurrenceView) -> None:
    commands = [event_command(date.place.public_id, source_key=key) for key in "abc"]
    assert [outcome.outcome for outcome in service.save_events(commands)] == ["new"] * 3
    assert len(all_dates()) == 4


def move(date: OccurrenceView) -> None:
    service.move_occurrence(date.public_id, date.starts_at.replace(minute=30), date.ends_at)


def cancel(date: OccurrenceView) -> None:
    service.cancel_occurrence(date.public_id)


def reinstate(date: OccurrenceView) -> None:
    service.cancel_occurrence(date.public_id)
    service.reinstate_occurrence(date.public_id)


VERBS: list[tuple[Callable[[OccurrenceView], None], Signal]] = [
    (create, signals.event_saved), (update, signals.event_saved), (save_three, signals.event_saved),
    (move, signals.occurrence_moved), (cancel, signals.occurrence_cancelled),
    (reinstate, signals.occurrence_reinstated),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "signal"), VERBS)
def test_a_verb_that_crossed_another_one_is_tried_again(
    app: Flask, verb: Callable[[OccurrenceView], None], signal: Signal
) -> None:
    with app.app_context():
        date = make_date()
        with crossing(signal, times=2) as told:
            verb(date)
        assert len(told) >= 3


def test_a_host_whose_event_cannot_be_taken_now_keeps_what_was_typed(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        date = make_date()
    enter(app, client, Grant(Role.OPERATOR))
    client.may_break = True
    typed = {"title": "Fiabe", "day": in_days(5).date().isoformat(), "hour": "17:00", "minutes": "45",
             "age": "", "capacity": "6", "repeat": "once"}  # fmt: skip
    with crossing(signals.event_saved, times=9):
        answer = submit(client, f"/studio/places/{date.place.public_id}/events/new?lang=en", **typed)
    assert answer.status_code == 503
    assert "Fiabe" in answer.text
    assert "very busy" in answer.text
    with app.app_context():
        assert len(all_dates()) == 1


def families(app: Flask, thread: int, dates: list[str], done: Flag) -> int:
    """Book and give back, date after date, until the batches are saved; returns how often."""
    booked = 0
    with app.app_context():
        for turn, date_id in enumerate(cycle(dates)):
            if done.is_set():
                return booked
            command = Book("Amira", f"f{thread}@example.org", 1, 0, f"{thread}-{turn}", "it")
            answer = bookings.book(date_id, command)
            assert answer.status is BookingStatus.CONFIRMED
            assert bookings.cancel(answer.token) is BookingStatus.CANCELLED
            booked += 1
    return booked


def host(app: Flask, dates: list[str], done: Flag) -> int:
    """Cancel and reinstate, which writes the rows that the batch writes too, in another order."""
    changed = 0
    with app.app_context():
        for date_id in cycle(dates):
            if done.is_set():
                return changed
            service.cancel_occurrence(date_id)
            service.reinstate_occurrence(date_id)
            changed += 1
    return changed


def batches(app: Flask, place: str) -> int:
    """Save every event again and again with other seats and another length; returns how many were changed."""
    changed = 0
    with app.app_context():
        for number in range(ROUNDS):
            facts = {"capacity": 8 + number % 2, "duration_minutes": 50 + number}
            commands = [event_command(place, source_key=key, **facts) for key in KEYS]
            changed += sum(outcome.outcome == "changed" for outcome in service.save_events(commands))
    return changed


def test_batches_families_and_hosts_at_the_same_dates_all_end_done(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch holds many dates until it ends, in an order that nobody else knows."""
    monkeypatch.setattr(saving, "BATCH_SECONDS", 0.5)
    done = Flag()
    with app.app_context():
        place = make_place()
        service.save_events([event_command(place, source_key=key) for key in KEYS])
        dates = [date.public_id for date in all_dates()]
    booked, hosted = dates[:8], dates[8:]
    with ThreadPoolExecutor(FAMILIES + 2) as pool:
        others = [pool.submit(families, app, number, booked[::-1], done) for number in range(FAMILIES)]
        others.append(pool.submit(host, app, hosted[::-1], done))
        try:
            saved = pool.submit(batches, app, place).result(timeout=120)
        finally:
            done.set()
        assert all(answer.result(timeout=60) > 0 for answer in others)
    assert saved == ROUNDS * len(KEYS)
    with app.app_context():
        found = all_dates()
    assert {(date.seats_taken, date.status) for date in found} == {(0, OccurrenceStatus.SCHEDULED)}
    assert {date.ends_at - date.starts_at for date in found} == {timedelta(minutes=49 + ROUNDS)}
