"""A host may say why a date does not take place; whoever reads of the date reads why."""

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask

from app.bookings import service as bookings
from app.bookings.commands import Book
from app.bookings.queries import booking_by_token
from app.core.actor import Grant, Role
from app.core.database import db, transaction
from app.core.local_text import Text
from app.events import service
from app.events.facts import OccurrenceView
from app.events.queries import occurrence_for_staff
from app.events.rules.occurrence import MAX_REASON, ReasonTooLong
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import make_date
from tests.client import CheckingClient

FLOOD = "La cantina è allagata: <b>riapriamo</b> sabato."


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """One date at one place."""
    with app.app_context():
        return make_date()


@pytest.fixture
def host(app: Flask, client: CheckingClient, date: OccurrenceView) -> CheckingClient:
    """A browser signed in as the host of that place."""
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    return client


def reason_of(app: Flask, date: OccurrenceView) -> Text | None:
    with app.app_context():
        return occurrence_for_staff(date.public_id).cancel_reason


def test_the_reason_stands_on_the_public_page_in_its_own_language(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    answer = submit(host, f"/studio/occurrences/{date.public_id}/cancel?lang=it", reason=FLOOD)
    assert answer.status_code == 303
    reader = app.test_client()
    page = reader.get(f"/occurrences/{date.public_id}?lang=en").text
    assert '<p dir="auto" lang="it" data-reason>La cantina è allagata: &lt;b&gt;riapriamo' in page
    assert "La cantina è allagata" in host.get("/studio").text
    assert "data-reason" not in reader.get(f"/events/{date.event_slug}").text


def test_it_is_kept_as_all_texts_are_and_may_stay_empty(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    url = f"/studio/occurrences/{date.public_id}/cancel"
    submit(host, f"{url}?lang=ar", reason="  Cafe\u0301\r\n\x07 chiuso \u202e ")
    assert reason_of(app, date) == Text("Café\n chiuso \u202e \u202c", "ar")
    submit(host, f"/studio/occurrences/{date.public_id}/reinstate")
    assert reason_of(app, date) is None
    submit(host, url, reason=" \r\n ")
    assert reason_of(app, date) is None


def test_calendars_and_the_closed_form_say_why(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    with app.app_context():
        service.cancel_occurrence(date.public_id, Text("Perde il tetto", "it"))
    assert "Perde il tetto" in client.get("/feeds/network.ics").text
    assert "Perde il tetto" in client.get(f"/occurrences/{date.public_id}/book").text


def test_a_long_reason_is_explained_and_kept(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    url = f"/studio/occurrences/{date.public_id}/cancel"
    long = "piove " * 60
    answer = submit(host, url, reason=long)
    assert answer.status_code == 422
    assert "Usa al massimo 300 caratteri" in answer.text
    assert long.strip() in answer.text
    assert submit(host, url, reason="é" * MAX_REASON).status_code == 303
    assert reason_of(app, date) == Text("é" * MAX_REASON, "it")


def test_the_service_and_the_database_refuse_it_too(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        with pytest.raises(ReasonTooLong):
            service.cancel_occurrence(date.public_id, Text("x" * (MAX_REASON + 1), "it"))
        for reason, language in (("x" * (MAX_REASON + 1), "it"), ("", "it"), ("x", None), (None, "it")):
            statement = sa.text(
                "UPDATE occurrence SET cancel_reason = :reason, cancel_reason_language = :language"
            )
            with pytest.raises((sa.exc.IntegrityError, sa.exc.DataError)), transaction():
                db.session.execute(statement, {"reason": reason, "language": language})
    assert reason_of(app, date) is None


def test_the_new_columns_come_and_go_without_touching_bookings(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        booked = bookings.book(date.public_id, Book("Amira", "amira@example.org", 1, 1, "key", "it"))
        flask_migrate.downgrade(revision="0011")
        flask_migrate.upgrade()
        assert booking_by_token(booked.token).occurrence_id == date.id
        service.cancel_occurrence(date.public_id, Text(FLOOD, "it"))
        assert occurrence_for_staff(date.public_id).cancel_reason == Text(FLOOD, "it")
