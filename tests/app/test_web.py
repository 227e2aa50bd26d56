"""What holds at every address of the house."""

import re

import pytest

from app.core.permissions import PUBLIC, requires
from app.explore.map_script import ensure_map_script

STRANGE = ["x", "0" * 10, "..", "%00", "%E2%80%AE", "'; DROP TABLE place;--", "9" * 400, "é"]


def addresses(app, method="GET"):
    """Every rule that answers a method."""
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint != "static"]


def fill(rule, value):
    """An address of a rule, each variable part filled with one value."""
    return re.sub(r"<(?:\w+:)?\w+>", lambda _match: value, rule.rule)


@pytest.mark.parametrize("value", STRANGE)
def test_no_address_breaks_on_a_strange_name(app, client, value):
    for rule in addresses(app):
        assert client.get(fill(rule, value)).status_code < 500, rule.rule


def test_a_head_request_changes_nothing_and_breaks_nothing(app, client):
    with app.app_context():
        ensure_map_script()  # built and stored once, at set-up or at the first look
    before = app.extensions["freshness"].version()
    for rule in addresses(app):
        answer = client.head(fill(rule, "x"))
        assert answer.status_code < 500, rule.rule
        assert answer.data == b"", rule.rule
    assert app.extensions["freshness"].version() == before


def test_staff_pages_begin_with_signing_in(app, client):
    staff = [rule for rule in addresses(app) if rule.rule.startswith("/studio")]
    assert len(staff) >= 4
    for rule in staff:
        answer = client.get(fill(rule, "x"))
        assert (answer.status_code, answer.location) == (303, "/sign-in"), rule.rule


def test_every_post_needs_the_forms_token(app, client):
    posts = addresses(app, "POST")
    assert len(posts) >= 8
    for rule in posts:
        answer = client.post(fill(rule, "x"), data={"name": "Ada"})
        assert answer.status_code in {303, 400, 404}, (rule.rule, answer.status_code)


@pytest.mark.parametrize(
    "path", ["/", "/events", "/about", "/accessibility", "/privacy", "/nowhere", "/demo"]
)
def test_reading_sets_no_cookie(client, path):
    assert "Set-Cookie" not in client.get(path).headers


@pytest.mark.parametrize("path", ["/", "/feeds/network.ics", "/healthz", "/nowhere", "/static/css/wendy.css"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_form_of_ten_megabytes_is_too_much(client):
    answer = client.post("/sign-in", data={"email": "a" * 10_000_000})
    assert answer.status_code == 413
    assert "<h1" in answer.text


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({}, "", "it"),
        ({"Accept-Language": "ar-EG,ar;q=0.9,en;q=0.5"}, "", "ar"),
        ({"Accept-Language": "fr,de;q=0.5"}, "", "it"),
        ({"Accept-Language": "ar"}, "?lang=en", "en"),
        ({"Accept-Language": "en," * 4000}, "", "it"),
        ({"Accept-Language": "\x7f;q=broken,,=,"}, "", "it"),
        ({}, "?lang=klingon", "it"),
    ],
)
def test_pages_speak_the_readers_language(client, headers, query, language):
    assert f'<html lang="{language}"' in client.get("/about" + query, headers=headers).text


def test_a_chosen_language_is_remembered(client):
    client.get("/about?lang=ar")
    page = client.get("/about", headers={"Accept-Language": "en"}).text
    assert '<html lang="ar" dir="rtl"' in page


def test_a_page_that_a_script_fetches_is_no_choice_of_a_language(client):
    client.get("/about?lang=it")
    client.get("/offline?lang=ar", headers={"Sec-Fetch-Dest": "empty"})
    assert '<html lang="it"' in client.get("/about", headers={"Accept-Language": "en"}).text


def test_machines_choose_by_lang_alone_and_are_told_when_they_misspell_it(client):
    answer = client.get("/feeds/network.ics?lang=xx")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["parameter"] == "lang"


def test_a_machine_gets_a_problem_document_where_a_person_gets_a_page(client):
    answer = client.get("/feeds/places/nowhere.ics")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["status"] == 404


def test_a_wrong_method_says_which_are_right(client):
    answer = client.post("/about")
    assert answer.status_code in {400, 405}


def test_a_mistake_of_ours_is_a_page_and_its_log_names_no_path(app, client, caplog):
    client.may_break = True

    @requires(PUBLIC)
    def broken(secret):
        raise ZeroDivisionError

    app.add_url_rule("/broken/<secret>", view_func=broken, endpoint="broken")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/broken/a-personal-token")
    assert answer.status_code == 500
    assert "<h1" in answer.text
    assert "a-personal-token" not in caplog.text
    assert "/broken/<secret>" in caplog.text


def test_health_names_version_engine_and_migration(client, app_settings):
    health = client.get("/healthz").json
    assert health["database"] == ("spatialite" if app_settings.is_sqlite else "postgis")
    assert health["version"]
    assert health["migration"]


def test_pages_are_compressed_but_never_beside_a_form_token(client):
    wanted = {"Accept-Encoding": "gzip"}
    with client.application.test_client() as plain:
        plain.__class__ = client.__class__.__mro__[1]
        assert plain.get("/privacy", headers=wanted).headers.get("Content-Encoding") == "gzip"
        assert plain.get("/sign-in", headers=wanted).headers.get("Content-Encoding") is None
