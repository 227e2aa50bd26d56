"""What the privacy page says is so; whoever has a question finds whom to write to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.bookings.commands import Book
from app.bookings.service import book
from app.config import Settings, SettingsError
from app.core.actor import Grant, Role
from tests import engines
from tests.app.events.browsing import enter
from tests.app.events.factory import make_date
from tests.client import CheckingClient

CONTACT = "privacy@isole.example"
ASK_THE_PLACE = "Ask the people of the place where you booked"


@pytest.fixture
def reachable(tmp_path: Path, spatialite_url: str) -> Iterator[CheckingClient]:
    """A site that says whom to write to."""
    settings = engines.settings_for(tmp_path, spatialite_url, contact_email=CONTACT)
    with engines.running_app(settings) as app:
        app.test_client_class = CheckingClient
        client = app.test_client()
        assert isinstance(client, CheckingClient)
        yield client


@pytest.mark.parametrize("path", ["/privacy", "/accessibility"])
@pytest.mark.parametrize("language", ["it", "en", "ar"])
def test_the_contact_is_on_the_pages_that_need_one(
    reachable: CheckingClient, path: str, language: str
) -> None:
    assert f'href="mailto:{CONTACT}"' in reachable.get(f"{path}?lang={language}").text
    assert ASK_THE_PLACE not in reachable.get(f"{path}?lang=en").text


def test_without_a_contact_the_places_pass_questions_on(client: CheckingClient) -> None:
    page = client.get("/privacy?lang=en").text
    assert ASK_THE_PLACE in page
    assert "mailto:" not in page


@pytest.mark.parametrize(
    "address", ["isole", "isole@", "a@b.example, c@d.example", "a b@c.example", "<a@b.it>"]
)
def test_a_contact_must_be_one_address(address: str) -> None:
    with pytest.raises(SettingsError, match="CONTACT_EMAIL"):
        Settings(contact_email=address)


@pytest.mark.parametrize("role", [Role.HOST, Role.OPERATOR])
def test_who_comes_is_shown_without_e_mail_addresses(app: Flask, client: CheckingClient, role: Role) -> None:
    with app.app_context():
        date = make_date()
        book(date.public_id, Book("Amira", "amira@example.com", 1, 1, "k" * 20, "it"))
    place_id = date.place.id if role is Role.HOST else None
    enter(app, client, Grant(role, place_id=place_id))
    page = client.get(f"/studio/occurrences/{date.public_id}?lang=en").text
    assert "Amira" in page
    assert "amira@" not in page
    assert "mailto:" not in page
    assert "They are not shown your e-mail address" in client.get("/privacy?lang=en").text
