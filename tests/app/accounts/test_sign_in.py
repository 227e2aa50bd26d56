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
from app.core.tokens import token_hash


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
    texts = [re.sub(r"code/\w+|<wbr>", "", answer.text) for answer in (known, unknown)]
    assert texts[0].replace(anna, "") == texts[1].replace("nobody@example.org", "")


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


def code_page(answer):
    """The address of the form on the page that asks for the code."""
    found = re.search(r'action="(/sign-in/code/\w+)"', answer.text)
    assert found, answer.text
    return found[1]


def mailed_code(app, settings):
    """The six digits in the only mail."""
    with app.app_context():
        delivery.drain(settings)
    (file,) = (settings.data_dir / "mail").glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=default)
    found = re.search(r"\r?\n(\d{6})\r?\n", mail.get_body(("plain",)).get_content())
    assert found
    assert found[1] in mail["Subject"]
    return found[1]


def type_code(client, page, code):
    return client.post(page, data={"csrf_token": csrf(client, page), "code": code})


def test_the_mailed_code_signs_in_on_the_device_that_asked_and_ends_the_link(app, app_settings, client, anna):
    page = code_page(ask(client, anna))
    code, path = mailed_code(app, app_settings), mailed_link(app, app_settings)
    answer = type_code(client, page, f" {code[:3]} {code[3:]} ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/studio")
    assert client.get(path).status_code == 410
    assert type_code(client, page, code).status_code == 410


def test_arabic_digits_are_the_same_code(app, app_settings, client, anna):
    page = code_page(ask(client, anna))
    code = mailed_code(app, app_settings).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert type_code(client, page, code).status_code == 303


def test_after_five_wrong_tries_the_right_code_opens_nothing(app, app_settings, client, anna):
    page = code_page(ask(client, anna))
    code = mailed_code(app, app_settings)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for left in (4, 3, 2, 1, 0):
        answer = type_code(client, f"{page}?lang=en", wrong)
        assert answer.status_code == 422
        assert (f"{left} more time" if left else "ask for a new code") in answer.text
    assert type_code(client, page, code).status_code == 410


def test_an_unknown_address_counts_its_tries_in_the_same_words(client, anna):
    pages = [code_page(ask(client, email)) for email in (anna, "nobody@example.org")]
    known, unknown = (
        [re.sub(r"code/\w+|value=\"[^\"]+\"", "", type_code(client, page, "000000").text) for _ in range(6)]
        for page in pages
    )
    assert known == unknown


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12345x", "½½½½½½"])
def test_what_is_no_code_is_explained_and_costs_no_try(app, app_settings, client, anna, typed):
    page = code_page(ask(client, anna))
    code = mailed_code(app, app_settings)
    for _ in range(6):
        assert type_code(client, page, typed).status_code == 422
    assert type_code(client, page, code).status_code == 303


def test_a_code_is_good_for_its_own_page_and_a_quarter_of_an_hour(app, app_settings, client, anna):
    first = code_page(ask(client, anna))
    code = mailed_code(app, app_settings)
    second = code_page(ask(client, anna))
    assert type_code(client, second, code).status_code == 422
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert type_code(client, first, code).status_code == 410
    assert type_code(client, "/sign-in/code/never00000", code).status_code == 410


def test_signing_in_again_ends_the_session_that_the_browser_had(app, app_settings, client, anna):
    with app.app_context():
        old = service.sign_in_person(queries.person_id_by_email(anna))
    client.set_cookie("session_id", old)
    page = code_page(ask(client, anna))
    type_code(client, page, mailed_code(app, app_settings))
    with app.app_context():
        assert queries.actor_of_session(old) is None


FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def test_devices_are_listed_by_name_and_signed_out_from_here(app, app_settings, client, anna):
    page = code_page(ask(client, anna))
    data = {"csrf_token": csrf(client, page), "code": mailed_code(app, app_settings)}
    client.post(page, data=data, headers={"User-Agent": FIREFOX})
    with app.app_context():
        person = queries.person_id_by_email(anna)
        others = [service.sign_in_person(person, "Safari · iPhone") for _ in range(3)]
        stranger = service.sign_in_person(service.save_person(SavePerson("eva@example.org", "Eva", "it", ())))
        ids = {one.token_hash: one.public_id for one in queries.sessions_of(person)}
        foreign = queries.sessions_of(queries.actor_of_session(stranger).person_id)[0].public_id
    shown = client.get("/sign-in/devices?lang=en").text
    assert shown.index("Firefox · Android") < shown.index("Safari · iPhone")
    assert "this device" in shown
    gone = ids[token_hash(others[0])]
    token = csrf(client, "/sign-in/devices")
    for which in (gone, foreign, "never00000"):
        assert client.post("/sign-in/devices", data={"csrf_token": token, "device": which}).status_code == 303
    with app.app_context():
        assert [queries.actor_of_session(one) is None for one in (*others, stranger)] == [
            True,
            False,
            False,
            False,
        ]
    client.post("/sign-in/devices", data={"csrf_token": token, "device": "others"})
    with app.app_context():
        assert [queries.actor_of_session(one) is None for one in (*others, stranger)] == [
            True,
            True,
            True,
            False,
        ]
    assert client.get("/sign-in/devices").status_code == 200


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
