"""Signing in by an e-mailed one-time link."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa

from app.accounts import queries, service
from app.accounts.commands import SavePerson
from app.accounts.models import SignInSession, SignInToken
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.core.mail import delivery


@pytest.fixture
def anna(app):
    """An operator."""
    with app.app_context():
        service.save_person(SavePerson("anna@example.org", "Anna", "it", (Grant(Role.OPERATOR),)))
    return "anna@example.org"


def ask(client, email):
    """Send the sign-in form."""
    return (
        client.post_form("/sign-in", {"email": email})
        if hasattr(client, "post_form")
        else post(client, email)
    )


def post(client, email):
    """Fetch the form for its token, then send it."""
    return client.post("/sign-in", data={"email": email, "csrf_token": csrf(client, "/sign-in")})


def csrf(client, path):
    """The token of the form at a path."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found, path
    return found[1]


def mailed_link(app, settings):
    """The link in the only mail."""
    with app.app_context():
        delivery.drain(settings)
    (file,) = (settings.data_dir / "mail").glob("*.eml")
    text = message_from_bytes(file.read_bytes(), policy=default).get_body(("plain",)).get_content()
    found = re.search(r"http://localhost:8000(/sign-in/\w+)", text)
    assert found, text
    return found[1]


def test_a_known_and_an_unknown_address_get_the_same_answer(app, client, anna):
    known, unknown = ask(client, anna), ask(client, "nobody@example.org")
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace(anna, "") == unknown.text.replace("nobody@example.org", "")


def test_the_mailed_link_signs_in_once(app, app_settings, client, anna):
    ask(client, anna)
    path = mailed_link(app, app_settings)
    assert client.get(path).status_code == 200
    answer = client.post(path, data={"csrf_token": csrf(client, path)})
    assert answer.status_code == 303
    cookie = next(value for name, value in answer.headers if name == "Set-Cookie" and "session_id" in value)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get(path).status_code == 410


def test_a_scanner_that_opens_the_link_uses_nothing_up(app, app_settings, client, anna):
    ask(client, anna)
    path = mailed_link(app, app_settings)
    for _ in range(3):
        client.get(path)
        client.head(path)
    assert client.post(path, data={"csrf_token": csrf(client, path)}).status_code == 303


def test_a_late_link_is_gone(app, app_settings, client, anna):
    with app.app_context():
        token = service.make_link(anna)
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        answer = client.get(f"/sign-in/{token}")
    assert answer.status_code == 410


def test_an_unknown_link_is_gone_not_an_error(client):
    assert client.get("/sign-in/" + "a" * 32).status_code == 410


def test_a_copied_cookie_is_worthless_after_signing_out(app, anna):
    with app.app_context():
        token = service.sign_in_person(queries.person_id_by_email(anna))
        actor = queries.actor_of_session(token)
        service.sign_out(actor.session_hash)
        assert queries.actor_of_session(token) is None


def test_a_session_ends_after_a_week_without_use(app, anna):
    with app.app_context():
        token = service.sign_in_person(queries.person_id_by_email(anna))
        assert queries.actor_of_session(token).is_operator
        with clock.frozen(clock.now() + timedelta(days=8)):
            assert queries.actor_of_session(token) is None


def test_only_hashes_are_stored(app, anna):
    with app.app_context():
        token = service.sign_in_person(queries.person_id_by_email(anna))
        link = service.make_link(anna)
        dump = str(db.session.scalars(sa.select(SignInSession.token_hash)).all())
        dump += str(db.session.scalars(sa.select(SignInToken.token_hash)).all())
    assert token not in dump
    assert link not in dump


@pytest.mark.parametrize(
    "email", ["", "no-at-sign", "a@b@c", "line\nbreak@example.org", "x" * 300 + "@example.org"]
)
def test_an_address_that_cannot_be_is_explained_and_kept(client, email):
    answer = ask(client, email)
    assert answer.status_code == 422
    assert "aria-invalid" in answer.text


def test_too_many_tries_are_asked_to_wait(app, client, anna):
    answers = [ask(client, anna).status_code for _ in range(6)]
    assert answers[:5] == [200] * 5
    assert answers[5] == 429


def test_the_operator_can_hand_over_a_link(app, anna):
    runner = app.test_cli_runner()
    assert "/sign-in/" in runner.invoke(args=["wendy", "sign-in-link", anna]).output
    assert runner.invoke(args=["wendy", "sign-in-link", "nobody@example.org"]).exit_code != 0
