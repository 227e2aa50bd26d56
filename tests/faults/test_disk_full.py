"""A disk without a free byte: the family reads that nothing was booked, what was promised stands, and space heals it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.config import Settings
from app.core.database import db
from tests.app.events.browsing import hidden_values
from tests.client import CheckingClient
from tests.faults.families import bookings, families_book

TYPED = {"name": "Amira", "email": "amira@example.org", "adults": "1", "children": "0"}


@pytest.fixture
def engine_url(spatialite_url: str) -> str:
    """One file on our own disk; a PostgreSQL server guards its own."""
    return spatialite_url


@contextmanager
def full_disk(app: Flask) -> Iterator[None]:
    """SQLite may not add a page (SQLITE_FULL, as on a disk that is full)."""

    def stop_growth(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute("PRAGMA max_page_count=1")  # no less than what there is

    def let_grow(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA max_page_count=1073741823")

    with app.app_context():
        db.session.remove()
        pool = db.engine
    event.listen(pool, "checkout", stop_growth)
    event.listen(pool, "checkin", let_grow)
    try:
        yield
    finally:
        event.remove(pool, "checkout", stop_growth)


def fill_last_page(client: CheckingClient, form: str) -> int:
    """Book until a new page would be needed; returns how many were acknowledged."""
    for number in range(250):
        answer = book(client, form, f"f{number}@example.org", number)
        if answer.status_code != 303:
            assert answer.status_code == 503
            return number
    raise AssertionError("the disk never filled")


def book(client: CheckingClient, form: str, address: str, number: int = 0) -> Any:
    hidden = hidden_values(client.get(form).text)
    network = {"REMOTE_ADDR": f"10.0.{number}.1"}
    return client.post(f"{form}?lang=en", data=hidden | TYPED | {"email": address}, environ_base=network)


def is_sound(settings: Settings) -> bool:
    with sqlite3.connect(settings.database_url.removeprefix("sqlite:///")) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_family_on_a_full_disk_reads_so_and_every_acknowledged_booking_stands(
    app: Flask, app_settings: Settings, client: CheckingClient
) -> None:
    form = f"/occurrences/{families_book(app)}/book"
    client.may_break = True
    with full_disk(app):
        acknowledged = fill_last_page(client, form)
        answer = book(client, form, "late@example.org")
        assert answer.status_code == 503
        assert "nothing was booked yet" in answer.text
        assert 'value="late@example.org"' in answer.text
        assert client.get("/events").status_code == 200
        assert bookings(app) == 1 + acknowledged
    assert book(client, form, "late@example.org").status_code == 303
    assert bookings(app) == 2 + acknowledged
    assert is_sound(app_settings)
