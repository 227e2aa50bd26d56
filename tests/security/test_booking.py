"""A booking belongs to whoever made it, and nobody can make hundreds of them in somebody's name."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.bookings import service
from app.bookings.models import Booking
from app.bookings.views import family
from app.core.database import db
from app.events.facts import OccurrenceView
from tests.app.events.browsing import hidden_values, submit
from tests.app.events.factory import make_date
from tests.client import CheckingClient

TYPED = {"name": "Amira", "email": "amira@example.org", "adults": "1", "children": "0"}


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """One date with many seats."""
    with app.app_context():
        return make_date(capacity=500)


def url(date: OccurrenceView) -> str:
    return f"/occurrences/{date.public_id}/book"


def other_browser(app: Flask) -> CheckingClient:
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


@pytest.mark.parametrize("email", ["amira@example.org", "thief@example.org"])
def test_a_stolen_key_shows_no_one_elses_booking(
    app: Flask, client: CheckingClient, date: OccurrenceView, email: str
) -> None:
    hidden = hidden_values(client.get(url(date)).text)
    first = client.post(url(date), data=hidden | TYPED)
    thief = other_browser(app)
    key = {"idempotency_key": hidden["idempotency_key"]}
    second = submit(thief, url(date), **(TYPED | key | {"email": email}))
    assert second.status_code == 303
    assert second.location != first.location
    assert thief.get(second.location).status_code == 200


def test_a_key_of_the_senders_own_choice_is_as_good(client: CheckingClient, date: OccurrenceView) -> None:
    for key in ("", "x" * 10_000, "\x00", "'; DROP TABLE booking;--", "1"):
        assert submit(client, url(date), **(TYPED | {"idempotency_key": key})).status_code == 303


def test_one_address_cannot_be_flooded_with_mails(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    most = int(family.PER_ADDRESS.split()[0])
    answers = [
        submit(
            client,
            url(date),
            **(TYPED | {"name": f"Amira {number}"}),
        ).status_code
        for number in range(most)
    ]
    assert answers == [303] * most
    refused = submit(client, f"{url(date)}?lang=en", **(TYPED | {"email": "Amira@Example.org"}))
    assert refused.status_code == 429
    assert "Wait a little" in refused.text
    assert 'value="Amira"' in refused.text
    assert submit(client, url(date), **(TYPED | {"email": "bruno@example.org"})).status_code == 303
    with app.app_context():
        assert db.session.query(Booking).count() == most + 1


def test_one_network_cannot_take_every_seat_of_the_city(
    client: CheckingClient, date: OccurrenceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(family, "PER_NETWORK", "3 per hour")
    for number in range(3):
        assert submit(client, url(date), **(TYPED | {"email": f"f{number}@example.org"})).status_code == 303
    hidden = hidden_values(client.get(url(date)).text)
    for address, status in (("127.0.0.200", 429), ("10.0.0.1", 303)):
        answer = client.post(url(date), data=hidden | TYPED, environ_overrides={"REMOTE_ADDR": address})
        assert answer.status_code == status


def test_whom_no_mail_can_reach_is_told_before_booking(client: CheckingClient, date: OccurrenceView) -> None:
    assert submit(client, url(date), **(TYPED | {"email": "josé@example.org"})).status_code == 422


def test_a_busy_database_loses_nothing_that_was_typed(
    client: CheckingClient, date: OccurrenceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("", {}, Exception("database is locked"))

    hidden = hidden_values(client.get(url(date)).text)
    client.may_break = True
    with monkeypatch.context() as broken:
        broken.setattr(service.booking, "lock_occurrence", locked)
        answer = client.post(f"{url(date)}?lang=en", data=hidden | TYPED)
    assert answer.status_code == 503
    assert "nothing was booked yet" in answer.text
    assert 'value="Amira"' in answer.text
    assert client.post(url(date), data=hidden | TYPED).status_code == 303
