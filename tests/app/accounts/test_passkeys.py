"""Passkeys: kept, used, forgotten; required of operators over https; answers that prove nothing are refused."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app.accounts import ceremonies, queries, service
from app.accounts.commands import SavePerson
from app.accounts.rules.passkeys import MAX_PASSKEYS, PasskeyRefused
from app.accounts.session_cookie import cookie_name
from app.cli import wendy
from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from tests import engines
from tests.app.accounts.soft_key import PRESENT, SoftKey
from tests.app.events.browsing import hidden_values
from tests.client import CheckingClient

SITE = "https://isole.example"
PAGE = "/sign-in/passkeys"


@pytest.fixture
def app_settings(tmp_path: Path, engine_url: str) -> Settings:
    """A public site: only there operators need a passkey."""
    return engines.settings_for(tmp_path, engine_url, public_url=SITE, mail_url="smtp://mail.example")


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A browser on that site."""
    return browser(app)


class Browser(CheckingClient):
    """One that is on the public site."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **({"base_url": SITE, "headers": {"Referer": SITE}} | kwargs))


def browser(app: Flask) -> CheckingClient:
    return Browser(app)


def enter(app: Flask, client: CheckingClient, *grants: Grant, email: str = "rosa@example.org") -> None:
    """Come in by a mail."""
    with app.app_context():
        person_id = service.save_person(SavePerson(email, "Rosa", "it", grants))
        token = service.sign_in_person(person_id)
        name = cookie_name(app.extensions["settings"])
    client.set_cookie(name, token, domain="isole.example", secure=True)


OPERATOR = Grant(Role.OPERATOR)


def csrf(client: CheckingClient, path: str) -> str:
    return hidden_values(client.get(path).text)["csrf_token"]


def question(client: CheckingClient, address: str, page: str = PAGE) -> dict[str, Any]:
    answer = client.post(f"{PAGE}/{address}", data={"csrf_token": csrf(client, page)})
    assert answer.status_code == 200, answer.text
    asked: dict[str, Any] = answer.json or {}
    return asked


def add(client: CheckingClient, key: SoftKey) -> TestResponse:
    asked = question(client, "new-question")
    return send(client, PAGE, asked, key.make(asked["options"]))


def send(
    client: CheckingClient, to: str, asked: dict[str, Any], answer: str, page: str = PAGE
) -> TestResponse:
    data = {"csrf_token": csrf(client, page), "question": asked["id"], "answer": answer}
    return client.post(to, data=data)


def sign_in(client: CheckingClient, key: SoftKey) -> TestResponse:
    asked = question(client, "question", page="/sign-in")
    return send(client, f"{PAGE}/sign-in", asked, key.sign(asked["options"]), page="/sign-in")


def codes_in(page: str) -> list[str]:
    return re.findall(r"<code>([0-9A-Z-]+)</code>", page)


def test_a_passkey_opens_the_door_without_a_mail(app: Flask, client: CheckingClient) -> None:
    enter(app, client)
    key = SoftKey(SITE)
    assert add(client, key).status_code == 303
    assert "Rimuovi" in client.get(f"{PAGE}?lang=it").text or "Togli" in client.get(f"{PAGE}?lang=it").text
    other = browser(app)
    answer = sign_in(other, key)
    assert (answer.status_code, answer.location) == (303, "/studio")
    assert other.get(PAGE).status_code == 200
    assert sign_in(browser(app), key).status_code == 303  # the device has counted on


def test_an_operator_is_led_to_a_passkey_first(app: Flask, client: CheckingClient) -> None:
    enter(app, client, OPERATOR)
    answer = client.get("/studio")
    assert (answer.status_code, answer.location) == (303, PAGE)
    codes = codes_in(add(client, key := SoftKey(SITE)).text)
    assert len(set(codes)) == 10
    assert client.get("/studio").status_code == 200  # from now on this session is proven

    by_mail = browser(app)
    enter(app, by_mail, OPERATOR)
    assert by_mail.get("/studio").location == PAGE
    refused = add(by_mail, SoftKey(SITE))
    assert refused.status_code == 409  # a mail alone adds no second passkey
    asked = question(by_mail, "question")
    assert send(by_mail, f"{PAGE}/sign-in", asked, key.sign(asked["options"])).location == "/studio"
    assert by_mail.get("/studio").status_code == 200


def test_a_recovery_code_stands_for_the_device_once(app: Flask, client: CheckingClient) -> None:
    enter(app, client, OPERATOR)
    codes = codes_in(add(client, SoftKey(SITE)).text)
    for typed, status in (
        (codes[0].lower().replace("-", " "), 303),
        (codes[0], 422),
        ("", 422),
        ("x" * 900, 422),
    ):
        found = browser(app)
        enter(app, found, OPERATOR)
        token = csrf(found, PAGE)
        assert found.post(f"{PAGE}/recovery", data={"csrf_token": token, "code": typed}).status_code == status
        assert found.get("/studio").status_code == (200 if status == 303 else 303)
    new = client.post(f"{PAGE}/recovery/new", data={"csrf_token": csrf(client, PAGE)})
    assert len(set(codes_in(new.text)) - set(codes)) == 10
    late = browser(app)
    enter(app, late, OPERATOR)
    old = {"csrf_token": csrf(late, PAGE), "code": codes[1]}
    assert late.post(f"{PAGE}/recovery", data=old).status_code == 422
    assert late.post(f"{PAGE}/recovery/new", data=old).status_code == 404  # held back: no operator yet


def test_codes_are_tried_ten_times_an_hour(app: Flask, client: CheckingClient) -> None:
    enter(app, client, OPERATOR)
    add(client, SoftKey(SITE))
    tries = browser(app)
    enter(app, tries, OPERATOR)
    token = csrf(tries, PAGE)
    states = [
        tries.post(f"{PAGE}/recovery", data={"csrf_token": token, "code": "AAAAA-AAAAA"}).status_code
        for _ in range(12)
    ]
    assert states == [422] * 10 + [429] * 2


def test_what_proves_nothing_is_refused(app: Flask, client: CheckingClient) -> None:
    enter(app, client)
    key = SoftKey(SITE)
    add(client, key)
    others = (
        SoftKey(SITE), SoftKey("https://evil.example", key=key.key, id=key.id),
        SoftKey(SITE, flags=PRESENT, key=key.key, id=key.id), SoftKey(SITE, id=key.id),
    )  # fmt: skip
    for wrong in others:
        assert sign_in(browser(app), wrong).status_code == 422
    assert sign_in(browser(app), key).status_code == 303
    copy = SoftKey(SITE, count=key.count - 1, key=key.key, id=key.id)
    assert sign_in(browser(app), copy).status_code == 422  # it counts backwards


def test_a_question_is_good_once_for_who_asked_and_for_five_minutes(
    app: Flask, client: CheckingClient
) -> None:
    enter(app, client)
    key = SoftKey(SITE)
    add(client, key)
    one = browser(app)
    asked = question(one, "question", page="/sign-in")
    answer = key.sign(asked["options"])
    where = f"{PAGE}/sign-in"
    assert send(client, where, asked, answer).status_code == 410  # asked by somebody who is not signed in
    assert send(one, where, asked, answer, page="/sign-in").status_code == 303
    two = browser(app)
    assert send(two, where, asked, answer, page="/sign-in").status_code == 410
    late = question(two, "question", page="/sign-in")
    with clock.frozen(clock.now() + timedelta(minutes=5, seconds=1)):
        assert send(two, where, late, key.sign(late["options"]), page="/sign-in").status_code == 410


def test_passkeys_are_ones_own(app: Flask, client: CheckingClient) -> None:
    enter(app, client)
    key = SoftKey(SITE)
    add(client, key)
    assert add(client, key).status_code == 409  # known already
    other = browser(app)
    enter(app, other, email="piero@example.org")
    with app.app_context():
        rosa = queries.person_id_by_email("rosa@example.org")
        (own,) = queries.passkeys_of(rosa)
    data = {"csrf_token": csrf(other, PAGE), "passkey": own.public_id}
    other.post(f"{PAGE}/remove", data=data)
    asked = question(other, "question")
    assert send(other, f"{PAGE}/sign-in", asked, key.sign(asked["options"])).status_code == 422
    data["csrf_token"] = csrf(client, PAGE)
    assert client.post(f"{PAGE}/remove", data=data).status_code == 303
    assert sign_in(browser(app), key).status_code == 422


def test_an_operator_keeps_one_and_nobody_has_more_than_ten(app: Flask, client: CheckingClient) -> None:
    enter(app, client, OPERATOR)
    keys = [SoftKey(SITE) for _ in range(MAX_PASSKEYS + 1)]
    assert [add(client, key).status_code for key in keys] == [200] + [303] * (MAX_PASSKEYS - 1) + [409]
    with app.app_context():
        own = queries.passkeys_of(queries.person_id_by_email("rosa@example.org"))
    states = [
        client.post(
            f"{PAGE}/remove", data={"csrf_token": csrf(client, PAGE), "passkey": one.public_id}
        ).status_code
        for one in own
    ]
    assert states == [303] * (MAX_PASSKEYS - 1) + [409]


def test_whose_devices_and_paper_are_gone_is_let_in_by_who_runs_the_machine(
    app: Flask, client: CheckingClient
) -> None:
    enter(app, client, OPERATOR)
    add(client, SoftKey(SITE))
    result = app.test_cli_runner().invoke(wendy, ["forget-passkeys", "Rosa@example.org"])
    assert (result.exit_code, "Forgotten: 1" in result.output) == (0, True)
    assert client.get("/studio").location == "/sign-in"
    assert app.test_cli_runner().invoke(wendy, ["forget-passkeys", "no@example.org"]).exit_code != 0
    enter(app, client, OPERATOR)
    assert len(codes_in(add(client, SoftKey(SITE)).text)) == 10


ANSWER = json.loads(SoftKey(SITE).make({"rp": {"id": "isole.example"}, "challenge": "AAAA"}))
SIGNED = json.loads(SoftKey(SITE).sign({"rpId": "isole.example", "challenge": "AAAA"}))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
@settings(max_examples=200)
def test_no_answer_breaks_anything(data: st.DataObject) -> None:
    """Every field of an answer replaced by anything."""
    site = ceremonies.Site("isole.example", SITE)
    for whole in (ANSWER, SIGNED):
        mangled = json.loads(json.dumps(whole))
        part = mangled["response"] if data.draw(st.booleans()) else mangled
        part[data.draw(st.sampled_from(sorted(part)))] = data.draw(
            json_values | st.binary(max_size=60).map(str)
        )
        answer = data.draw(
            st.sampled_from([json.dumps(mangled), json.dumps(mangled)[:-9], "", "null", "[]", "7"])
        )
        with pytest.raises(PasskeyRefused):
            ceremonies.check_new(site, answer, b"other")
        with pytest.raises(PasskeyRefused):
            ceremonies.check_known(site, answer, b"other", public_key=b"\xa0", sign_count=0)
        try:
            ceremonies.credential_id_of(answer)
        except PasskeyRefused:
            continue
