"""The feedback form of the accessibility declaration: it reaches the operators, once, and is forgotten in time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts import service
from app.accounts.commands import GiveFeedback, SavePerson
from app.accounts.models import Feedback
from app.accounts.service.feedback import forget_feedback
from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.core.mail.models import OutboxMessage
from tests.app.bookings.test_mails import drained, plain
from tests.app.events.browsing import submit
from tests.client import CheckingClient

URL = "/accessibility/feedback"


@pytest.fixture
def operator(app: Flask) -> Iterator[None]:
    """One person runs the site."""
    with app.app_context():
        service.save_person(SavePerson("ada@example.org", "Ada", "it", (Grant(Role.OPERATOR),)))
        yield


def test_a_message_reaches_the_operators_with_the_address_for_an_answer(
    app_settings: Settings, client: CheckingClient, operator: None
) -> None:
    answer = submit(client, URL, text="<b>La mappa</b> non si legge", email="Sara@Example.org")
    assert answer.location == f"{URL}/thanks"
    (mail,) = drained(app_settings)
    assert mail["To"] == "ada@example.org"
    assert "<b>La mappa</b> non si legge" in plain(mail)
    assert "Sara@Example.org" in plain(mail)
    html = mail.get_body(("html",)).get_content()
    assert "&lt;b&gt;La mappa" in html


def test_pressing_twice_is_sending_once(operator: None) -> None:
    for _ in range(2):
        service.give_feedback(GiveFeedback("Non va", "", "it", "the-key"))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Feedback)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 1


def test_what_was_typed_stays_where_something_is_wrong(client: CheckingClient) -> None:
    answer = submit(client, URL, text="Non va", email="sara@")
    assert answer.status_code == 422
    assert "Non va" in answer.text
    assert submit(client, URL, text="  ").status_code == 422
    assert submit(client, URL, text="x" * 5_000).status_code == 422


def test_the_declaration_leads_to_the_form_and_sets_no_cookie(client: CheckingClient) -> None:
    answer = client.get("/accessibility")
    assert f'href="{URL}"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_it_is_forgotten_after_half_a_year(app: Flask, operator: None) -> None:
    service.give_feedback(GiveFeedback("Non va", "sara@example.org", "it", "the-key"))
    with clock.frozen(clock.now() + timedelta(days=179)):
        forget_feedback()
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Feedback)) == 1
    with clock.frozen(clock.now() + timedelta(days=181)):
        forget_feedback()
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Feedback)) == 0
