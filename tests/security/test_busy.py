"""A database that is locked, full or gone: a page that says so, never an empty answer, and nothing half done."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.core import database
from app.core.busy import TRIES, patiently
from app.core.errors import Busy
from app.events.facts import OccurrenceView
from tests import engines
from tests.app.events.browsing import hidden_values
from tests.app.events.factory import make_date
from tests.client import CheckingClient

TYPED = {"name": "Amira Segreta", "email": "amira@example.org", "adults": "1", "children": "0"}


@pytest.fixture
def app_settings(tmp_path: object, engine_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An application that waits for a lock for a third of a second."""
    monkeypatch.setattr(database, "LOCK_MILLISECONDS", 300)
    return engines.settings_for(tmp_path, engine_url)  # type: ignore[arg-type]  # pytest's own Path


@contextmanager
def somebody_else_writes(url: str) -> Iterator[None]:
    """Another connection holds the dates."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                other.execute("ROLLBACK")
        return
    with psycopg.connect(url) as connection:
        connection.execute("SELECT * FROM occurrence FOR UPDATE")
        yield
        connection.rollback()


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """One date."""
    with app.app_context():
        return make_date()


def test_a_lock_that_lasts_is_told_in_words_and_the_form_keeps_everything(
    client: CheckingClient, date: OccurrenceView, engine_url: str
) -> None:
    url = f"/occurrences/{date.public_id}/book"
    hidden = hidden_values(client.get(url).text)
    client.may_break = True
    with somebody_else_writes(engine_url):
        answer = client.post(f"{url}?lang=en", data=hidden | TYPED)
        assert answer.status_code == 503
        assert "nothing was booked yet" in answer.text
        assert 'value="Amira Segreta"' in answer.text
        assert client.get("/events").status_code == 200
    assert client.post(url, data=hidden | TYPED).status_code == 303


def test_giving_back_while_it_is_locked_is_a_page_too(
    client: CheckingClient, date: OccurrenceView, engine_url: str
) -> None:
    url = f"/occurrences/{date.public_id}/book"
    personal = client.post(url, data=hidden_values(client.get(url).text) | TYPED).location
    hidden = hidden_values(client.get(f"{personal}/cancel").text)
    client.may_break = True
    with somebody_else_writes(engine_url):
        answer = client.post(f"{personal}/cancel?lang=en", data=hidden)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "nothing is lost" in answer.text
    assert client.post(f"{personal}/cancel", data=hidden).status_code == 303


class Gone(Exception):
    """What a driver says."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(str(TYPED))
        self.sqlstate = sqlstate


def test_without_a_database_every_page_says_so(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OperationalError("SELECT :email", TYPED, Gone("57P01"))

    app.config["PROPAGATE_EXCEPTIONS"] = False
    client.may_break = True
    client.set_cookie("session_id", "a" * 32)
    monkeypatch.setattr("sqlalchemy.orm.Session.execute", gone)
    monkeypatch.setattr("sqlalchemy.orm.Session.scalar", gone)
    with caplog.at_level(logging.DEBUG):
        for path in (
            "/",
            "/events",
            "/places/x",
            "/nowhere",
            "/sign-in/x",
            "/studio",
            "/bookings/a-token",
            "/feeds/network.ics",
        ):
            answer = client.get(f"{path}?lang=en")
            assert answer.status_code == 503, path
            assert answer.headers["Retry-After"] == "5"
            assert "nothing is lost" in answer.text
    for secret in ("amira", "Segreta", "a-token"):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    ("sqlstate", "tries"), [("40P01", TRIES), ("40001", TRIES), ("53100", 1), ("55P03", 1)]
)
def test_only_crossed_transactions_are_tried_again_and_not_for_ever(sqlstate: str, tries: int) -> None:
    calls = []

    @patiently
    def verb() -> None:
        calls.append(1)
        raise OperationalError("", {}, Gone(sqlstate))

    with pytest.raises(Busy):
        verb()
    assert len(calls) == tries


@pytest.mark.postgres
def test_a_real_deadlock_ends_with_both_done(postgis_url: str) -> None:
    with psycopg.connect(postgis_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE two (id int PRIMARY KEY, n int)")
        connection.execute("INSERT INTO two VALUES (1, 0), (2, 0)")
    settings_url = postgis_url.replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(settings_url)
    meet, calls = threading.Barrier(2, timeout=10), []

    @patiently
    def add(first: int, second: int) -> None:
        calls.append(first)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE two SET n = n + 1 WHERE id = %s", (first,))
            if len(calls) <= 2:
                meet.wait()
            connection.exec_driver_sql("UPDATE two SET n = n + 1 WHERE id = %s", (second,))

    threads = [threading.Thread(target=add, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with engine.connect() as reader:
        assert [row[0] for row in reader.exec_driver_sql("SELECT n FROM two ORDER BY id")] == [2, 2]
    engine.dispose()
    assert len(calls) > 2
