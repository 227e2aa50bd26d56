"""Whoever has no e-mail address books too where the host allows it: the page is the ticket, and nobody is written to."""

import re

import flask_migrate
import pytest
import segno
import sqlalchemy as sa
from flask import Flask

from app.bookings import service
from app.bookings.commands import AddFamily, Book
from app.bookings.models import Booking
from app.bookings.rules.admission import EmailNeeded, WaitingNeedsEmail
from app.core.actor import Grant, Role
from app.core.database import db, transaction
from app.core.mail.models import OutboxMessage
from app.events import service as events
from app.events.facts import OccurrenceView
from app.events.models import Event
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import again, in_days, make_date
from tests.client import CheckingClient

WITHOUT = {"name": "Amira", "email": "", "adults": "1", "children": "1"}
OPTIONAL = "Without an email address we cannot tell you about changes."


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """A date with four seats that may be booked without an address."""
    with app.app_context():
        return make_date(capacity=4, email_optional=True)


def url(date: OccurrenceView) -> str:
    return f"/occurrences/{date.public_id}/book?lang=en"


def written(app: Flask) -> int:
    with app.app_context():
        return db.session.query(OutboxMessage).count()


def someone(key: str, email: str | None = None) -> Book:
    return Book("Bruno", email, 1, 1, key, "it", accepts_waiting=True)


def test_the_page_is_the_ticket_and_says_that_nobody_can_be_told(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    form = client.get(url(date)).text
    assert "E-mail (optional)" in form
    assert OPTIONAL in form
    answer = submit(client, url(date), **WITHOUT)
    assert answer.status_code == 303, answer.text
    page = client.get(f"{answer.location}?lang=en").text
    with app.app_context():
        booking = db.session.query(Booking).one()
    assert booking.email is None
    assert booking.public_id.upper() in page
    assert '<svg class="qr"' in page
    assert "we cannot tell you" in page
    assert "Keep this page" in page
    assert "in our mail" not in page
    assert written(app) == 0


def test_the_drawn_code_is_the_code_of_the_check_in(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    page = client.get(submit(client, url(date), **WITHOUT).location).text
    with app.app_context():
        code = db.session.query(Booking.public_id).scalar().upper()
    address = f"http://localhost:8000/studio/occurrences/{date.public_id}/check-in?code={code}"
    wanted = segno.make(address, error="m", micro=False)
    drawn = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)\.5h(\d+)", page)
        for step in range(int(width))
    }
    rows = wanted.matrix_iter(border=4)
    assert drawn == {(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}


def test_an_address_that_is_given_is_checked_and_written_to(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    assert submit(client, url(date), **(WITHOUT | {"email": "amira@"})).status_code == 422
    answer = submit(client, url(date), **(WITHOUT | {"email": "amira@example.org"}))
    page = client.get(f"{answer.location}?lang=en").text
    assert 'class="qr"' in page
    assert "we cannot tell you" not in page
    assert written(app) == 1


def test_where_the_host_did_not_allow_it_an_address_is_needed(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        strict = make_date()
        with pytest.raises(EmailNeeded):
            service.book(strict.public_id, someone("one"))
    assert OPTIONAL not in client.get(url(strict)).text
    answer = submit(client, url(strict), **WITHOUT)
    assert (answer.status_code, "Enter an email address" in answer.text) == (422, True)


def test_the_waiting_list_asks_for_an_address_and_says_why(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    with app.app_context():
        service.book(date.public_id, Book("Anna", "anna@example.org", 3, 0, "three", "it"))
        with pytest.raises(WaitingNeedsEmail):
            service.book(date.public_id, someone("waits"))
    answer = submit(client, url(date), **(WITHOUT | {"waiting": "1"}))
    assert (answer.status_code, "To join the waiting list, write an email address" in answer.text) == (
        422,
        True,
    )
    with app.app_context():
        service.book(date.public_id, Book("Carla", "carla@example.org", 1, 0, "last", "it"))
    full = client.get(url(date)).text
    assert "For the waiting list we need an email address" in full
    assert submit(client, url(date), **WITHOUT).status_code == 422
    with app.app_context():
        assert again(date).seats_taken == 4


def test_nobody_is_written_to_when_the_date_moves_is_cancelled_and_comes_back(
    app: Flask, date: OccurrenceView
) -> None:
    with app.app_context():
        token = service.book(date.public_id, someone("without")).token
        later = date.starts_at.replace(minute=30)
        assert events.move_occurrence(date.public_id, later, later + (date.ends_at - date.starts_at)) == 0
        assert events.cancel_occurrence(date.public_id, None) == 0
        assert events.reinstate_occurrence(date.public_id) == 0
        service.cancel(token)
        assert again(date).seats_taken == 0
    assert written(app) == 0


def test_a_double_press_without_an_address_is_one_booking(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        first, second = (service.book(date.public_id, someone("same")) for _ in range(2))
        assert first.token == second.token
        assert again(date).seats_taken == 2


@pytest.mark.parametrize(("ticked", "is_optional"), [({"email_optional": "y"}, True), ({}, False)])
def test_the_host_decides_with_one_switch_that_is_off(
    app: Flask, client: CheckingClient, date: OccurrenceView, ticked: dict[str, str], is_optional: bool
) -> None:
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    typed = {
        "title": "Fiabe", "day": in_days(5).date().isoformat(), "hour": "17:00", "kind": "reading", "language": "it",
        "minutes": "45", "age": "", "capacity": "6", "weeks": "1",
    }  # fmt: skip
    answer = submit(client, f"/studio/places/{date.place.public_id}/events/new", **typed, **ticked)
    assert answer.status_code == 303, answer.text
    with app.app_context():
        assert db.session.query(Event.email_optional).order_by(Event.id.desc()).first() == (is_optional,)


def test_the_new_columns_come_and_go_and_every_family_stays(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        service.book(date.public_id, someone("without"))
        service.add_family(AddFamily(date.id, "Nora", 1, 0, "walk-in", "it"))
        flask_migrate.downgrade(revision="0021")
        flask_migrate.upgrade()
        names = db.session.query(Booking.name, Booking.seats).order_by(Booking.id).all()
        assert names == [("Bruno", 2), ("Nora", 1)]
        with pytest.raises(sa.exc.IntegrityError), transaction():
            db.session.execute(sa.text("UPDATE booking SET source = 'somebody'"))
        with pytest.raises(sa.exc.IntegrityError), transaction():
            db.session.execute(sa.update(Booking).values(adults=0, children=0))


def test_the_host_is_told_who_cannot_be_written_to(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    with app.app_context():
        service.book(date.public_id, someone("without"))
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    answer = submit(client, f"/studio/occurrences/{date.public_id}/cancel", reason="")
    page = client.get(f"{answer.location}{'&' if '?' in answer.location else '?'}lang=en").text
    assert "there is nobody to write to" in page
    assert "does not hear of it from us" in page
    assert "Nobody had booked" not in page
