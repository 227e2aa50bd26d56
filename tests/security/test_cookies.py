"""Cookies and forms: what they carry, what a copy is worth, and where a form may come from."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts import queries, service
from app.accounts.commands import SavePerson
from app.accounts.models import SignInSession
from app.config import Settings
from app.core.actor import Grant, Role
from app.core.database import db
from app.core.mail.models import OutboxMessage
from tests import engines
from tests.app.events.browsing import enter, hidden_values
from tests.client import CheckingClient

EMAIL = "anna@example.org"
OVER_HTTPS = {"__Host-session_id", "__Host-form", "__Host-language"}


@pytest.fixture
def link(app: Flask) -> str:
    """The path of a fresh sign-in link of an operator."""
    with app.app_context():
        service.save_person(SavePerson(EMAIL, "Anna", "it", (Grant(Role.OPERATOR),)))
        return f"/sign-in/{service.make_link(EMAIL)}"


def press(client: CheckingClient, path: str) -> TestResponse:
    hidden = hidden_values(client.get(path).text)
    return client.post(path, data=hidden)


def session_id(client: CheckingClient) -> str:
    cookie = client.get_cookie("session_id")
    return cookie.value if cookie else ""


def test_a_session_planted_before_signing_in_is_not_the_one_after(client: CheckingClient, link: str) -> None:
    client.set_cookie("session_id", "planted")
    assert press(client, link).status_code == 303
    assert len(session_id(client)) == 32


def test_a_form_opened_before_signing_in_is_not_good_afterwards(client: CheckingClient, link: str) -> None:
    before = hidden_values(client.get("/sign-in").text)
    press(client, link)
    assert client.post("/sign-out", data=before).status_code == 400
    assert client.get("/studio").status_code == 200


def test_after_signing_out_a_copy_of_the_cookie_opens_nothing(
    app: Flask, client: CheckingClient, link: str
) -> None:
    press(client, link)
    copy = session_id(client)
    token = hidden_values(client.get("/sign-in").text)
    assert client.post("/sign-out", data=token).status_code == 303
    assert session_id(client) == ""
    client.set_cookie("session_id", copy)
    assert client.get("/studio").status_code == 303


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://evil.example"}, {"Referer": "https://evil.example/"}]
)
def test_a_form_without_its_token_or_with_anothers_changes_nothing(
    app: Flask, client: CheckingClient, link: str, headers: dict[str, str]
) -> None:
    stranger = app.test_client()
    assert isinstance(stranger, CheckingClient)
    for stolen in ({}, hidden_values(stranger.get("/sign-in").text), {"csrf_token": "x.y.z"}):
        assert client.post(link, data=stolen, headers=headers).status_code == 400
    with app.app_context():
        assert db.session.query(SignInSession).count() == 0
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("value", ["", "x", "a" * 5_000, "é", "\x01", "' OR 1=1 --"])
@pytest.mark.parametrize("name", ["session_id", "form", "language"])
def test_no_cookie_breaks_a_page(client: CheckingClient, name: str, value: str) -> None:
    cookie = f"{name}={value}".encode().decode("latin-1")
    for path in ("/", "/sign-in", "/studio", "/about"):
        assert client.get(path, headers={"Cookie": cookie}).status_code in {200, 303}


def test_over_https_cookies_are_bound_to_the_host(sqlite_template: Path, tmp_path: Path) -> None:
    url = engines.fresh_sqlite(sqlite_template, tmp_path)
    settings = engines.settings_for(
        tmp_path, url, public_url="https://isole.example.org", mail_url="smtp://mail.example"
    )
    base = {"base_url": "https://isole.example.org"}
    with engines.running_app(settings) as app:
        with app.app_context():
            service.save_person(SavePerson(EMAIL, "Anna", "it", (Grant(Role.OPERATOR),)))
            path = f"/sign-in/{service.make_link(EMAIL)}"
        client = app.test_client()
        page = client.get(f"{path}?lang=it", **base)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        assert found
        answer = client.post(
            path,
            data={"csrf_token": found[1]},
            headers={"Referer": f"https://isole.example.org{path}"},
            **base,
        )
        assert answer.status_code == 303
        cookies = page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")
        assert {cookie.split("=")[0] for cookie in cookies} == OVER_HTTPS
        assert '<html lang="en"' in client.get("/about?lang=en", **base).text
        assert '<html lang="en"' in client.get("/about", headers={"Accept-Language": "ar"}, **base).text
        for cookie in cookies:
            assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/")), cookie
            assert "Domain" not in cookie


def test_asking_for_a_link_writes_as_much_for_strangers_as_for_staff(
    app: Flask, client: CheckingClient, app_settings: Settings, link: str
) -> None:
    written = []
    for email in (EMAIL, "nobody@example.org"):
        answer = client.post("/sign-in", data=hidden_values(client.get("/sign-in").text) | {"email": email})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        with app.app_context():
            written.append(db.session.query(OutboxMessage).count())
    assert written == [1, 2]


def test_the_page_of_one_person_is_never_another_s(app: Flask, client: CheckingClient) -> None:
    for path in ("/", "/events", "/about"):
        public = client.get(path).text
        staff = app.test_client()
        assert isinstance(staff, CheckingClient)
        enter(app, staff, Grant(Role.OPERATOR))
        theirs = staff.get(path)
        assert '"/studio"' in theirs.text
        assert "private" in theirs.headers["Cache-Control"]
        assert "Cookie" in theirs.headers["Vary"]
        again = client.get(path)
        assert "/studio" not in again.text
        assert again.text == public


def test_the_language_of_one_reader_is_not_the_next_one_s(app: Flask, client: CheckingClient) -> None:
    for path in ("/", "/events"):
        arabic = app.test_client()
        assert 'lang="ar"' in arabic.get(f"{path}?lang=ar").text[:300]
        assert '<html lang="ar"' in arabic.get(path).text
        assert '<html lang="it"' in client.get(path).text
        assert '<html lang="en"' in client.get(path, headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize("path", ["/", "/events", "/about", "/offline", "/manifest.webmanifest"])
def test_no_cache_between_us_gives_one_readers_language_to_another(client: CheckingClient, path: str) -> None:
    answers = [client.get(path, headers={"Accept-Language": language}) for language in ("it", "ar")]
    assert answers[0].data != answers[1].data
    for answer in answers:
        assert {"accept-language", "cookie"} <= {name.lower() for name in answer.vary}


def test_an_actor_is_known_by_the_session_alone(app: Flask) -> None:
    with app.app_context():
        for token in ("", "x", "a" * 32, "\x00", "\ud800"):
            assert queries.actor_of_session(token) is None
