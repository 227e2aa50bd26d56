"""An address that looks mistyped is questioned once; the family decides, and nothing typed is lost."""

from flask import Flask

from app.events.facts import OccurrenceView
from tests.app.bookings.test_views import TYPED, bookings, date, url
from tests.app.events.browsing import hidden_values
from tests.client import CheckingClient

__all__ = ["date"]


def press(client: CheckingClient, date: OccurrenceView, page: str, **typed: str):
    return client.post(f"{url(date)}?lang=it", data=hidden_values(page) | TYPED | typed)


def test_a_slip_is_questioned_and_the_address_offered(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    answer = press(client, date, client.get(f"{url(date)}?lang=it").text, email="amira@gmial.com")
    assert answer.status_code == 422
    assert "Intendevi amira@gmail.com?" in answer.text
    assert 'value="amira@gmial.com"' in answer.text
    assert bookings(app) == []
    answer = press(client, date, answer.text, email="amira@gmial.com", email_meant="amira@gmail.com")
    assert answer.status_code == 303
    assert [one.email for one in bookings(app)] == ["amira@gmail.com"]


def test_whoever_presses_again_is_believed(app: Flask, client: CheckingClient, date: OccurrenceView) -> None:
    asked = press(client, date, client.get(f"{url(date)}?lang=it").text, email="amira@gmial.com")
    for _again in range(2):
        assert press(client, date, asked.text, email="amira@gmial.com").status_code == 303
    assert [one.email for one in bookings(app)] == ["amira@gmial.com"]


def test_another_slip_is_asked_about_again(app: Flask, client: CheckingClient, date: OccurrenceView) -> None:
    asked = press(client, date, client.get(f"{url(date)}?lang=it").text, email="amira@gmial.com")
    answer = press(client, date, asked.text, email="amira@gmal.com")
    assert answer.status_code == 422
    assert bookings(app) == []


def test_only_the_offered_address_is_taken_instead(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    page = client.get(f"{url(date)}?lang=it").text
    answer = press(client, date, page, email="amira@gmial.com", email_meant="other@example.org")
    assert answer.status_code == 422
    press(client, date, page, email="amira@example.org", email_meant="other@example.org")
    assert [one.email for one in bookings(app)] == ["amira@example.org"]
