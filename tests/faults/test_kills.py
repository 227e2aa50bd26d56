"""Server and worker are killed at random moments while families book: what was promised stands, and is told."""

import time
from collections import Counter
from functools import partial
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask

from app.bookings.models import Booking
from app.config import Settings
from app.core.database import db
from app.core.mail.models import OutboxMessage
from tests.app.events.factory import make_date
from tests.faults.mail_server import MailServer
from tests.faults.processes import (
    do_daily_jobs,
    ended,
    kill,
    start_server,
    start_worker,
    wait_for,
    wait_until_it_answers,
)
from tests.faults.stream import Family
from tests.faults.test_workers import let_claims_lapse, unsent
from tests.postgres_cluster import free_port

FAMILIES = 3


def one_round(settings: Settings, smtp: MailServer, date_id: str, number: int) -> list[Family]:
    """Start both, let families book, kill both within a second or so of each other, in either order."""
    random = Random(number)
    port = free_port()
    server, worker = start_server(settings, port), start_worker(settings, smtp.url)
    with ended(server, worker):
        wait_until_it_answers(port, server)
        families = [Family(port, date_id, f"r{number}-{one}") for one in range(FAMILIES)]
        for family in families:
            family.start()
        for process in random.sample([server, worker], 2):
            time.sleep(random.uniform(0.1, 1.2))
            kill(process)
        for family in families:
            family.join(30)
    return families


def are_fewer(app: Flask, left: int) -> bool:
    return unsent(app) < left


def send_what_is_left(app: Flask, settings: Settings, smtp: MailServer) -> None:
    let_claims_lapse(app)
    with ended(start_worker(settings, smtp.url)):
        while left := unsent(app):
            wait_for(partial(are_fewer, app, left))  # each minute has to bring it forward


def check_bookings(app: Flask, families: list[Family]) -> None:
    promised = {address for family in families for address in family.promised}
    asked = {address for family in families for address in family.asked}
    with app.app_context():
        stored = Counter(db.session.scalars(sa.select(Booking.email)))
        if db.engine.dialect.name == "sqlite":
            assert db.session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
    assert promised
    assert promised <= stored.keys() <= asked
    assert set(stored.values()) == {1}
    assert [status for family in families for status in family.refused] == []


def check_letters(app: Flask, smtp: MailServer) -> None:
    """One a booking; twice only where the worker was killed after sending and before it had noted the answer."""
    with app.app_context():
        letters = {f"<{row.public_id}@localhost>": row.attempts for row in db.session.query(OutboxMessage)}
        assert len(letters) == db.session.query(Booking).count()
    sent = Counter(smtp.kept)
    assert sent.keys() == letters.keys()
    assert all(times == 1 or letters[name] > 1 for name, times in sent.items())


@pytest.mark.parametrize("rounds", [2, pytest.param(30, marks=pytest.mark.long)])
def test_what_was_promised_survives_the_kill_of_server_and_worker(
    app: Flask, app_settings: Settings, smtp: MailServer, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "1")  # families come from many networks
    with app.app_context():
        date_id = make_date(capacity=10_000).public_id
    do_daily_jobs(app, app_settings)
    families = [one for number in range(rounds) for one in one_round(app_settings, smtp, date_id, number)]
    send_what_is_left(app, app_settings, smtp)
    check_bookings(app, families)
    check_letters(app, smtp)
