"""The short-cut for public bytes: right until something changes, and never for anything private."""

import pytest
from flask import Response
from werkzeug.test import Client

from app.core import shortcut, state
from app.core.database import transaction
from app.core.permissions import PUBLIC, requires
from app.core.shortcut import Shortcut


@pytest.fixture
def counting(app):
    """A public address that counts how often Flask itself is asked."""
    calls = []

    @requires(PUBLIC)
    def view():
        calls.append(1)
        answer = Response("ab" * 1000, mimetype="text/plain")
        answer.headers["X-Until-Change"] = "60"
        answer.headers["Last-Modified"] = "Wed, 25 Nov 2026 10:00:00 GMT"
        return answer

    app.add_url_rule("/feeds/counting", view_func=view, endpoint="counting")
    return calls


def test_flask_is_asked_once_until_something_changes(app, counting):
    client = app.test_client()
    first, second = client.get("/feeds/counting"), client.get("/feeds/counting")
    assert (first.data, len(counting)) == (second.data, 1)
    assert "X-Until-Change" not in first.headers
    with app.app_context(), transaction():
        state.write("something", "new")
    _wait_for_postgres(app)
    client.get("/feeds/counting")
    assert len(counting) == 2


def test_an_endless_address_is_answered_and_not_kept(app, counting):
    client = app.test_client()
    assert [client.get(f"/feeds/counting?x={'1' * 1_000}").status_code for _ in range(2)] == [200, 200]
    assert len(counting) == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": "{etag}"}, 304),
        ({"If-None-Match": "W/{etag}"}, 304),
        ({"If-None-Match": '"other", {etag}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": "Wed, 25 Nov 2026 10:00:00 GMT"}, 200),
        ({"If-Modified-Since": "Wed, 25 Nov 2026 10:00:00 GMT"}, 304),
        ({"If-Modified-Since": "Wed, 25 Nov 2026 09:59:59 GMT"}, 200),
        ({"If-Modified-Since": "nonsense"}, 200),
    ],
)
def test_conditions_are_answered_as_the_standard_says(app, counting, headers, status):
    client = app.test_client()
    etag = client.get("/feeds/counting").headers["ETag"]
    answer = client.get("/feeds/counting", headers={n: v.format(etag=etag) for n, v in headers.items()})
    assert answer.status_code == status
    if status == 304:
        assert answer.data == b""
        assert answer.headers["ETag"] == etag


def test_gzip_only_where_asked_with_its_own_tag(app, counting):
    client = app.test_client()
    plain = client.get("/feeds/counting")
    packed = client.get("/feeds/counting", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data)
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_head_has_the_headers_and_no_body(app, counting):
    client = app.test_client()
    answer = client.head("/feeds/counting")
    assert answer.data == b""
    assert answer.headers["Content-Length"] == "2000"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", [[], [("X-Until-Change", "60")]])
def test_every_answer_is_closed(app, method, headers):
    closed = []

    class Body(list):
        """Bytes of an answer that tell when they are let go."""

        def close(self):
            """As a server or middleware must call it."""
            closed.append(1)

    def inner(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain"), *headers])
        return Body([b"ab"])

    answer = Client(Shortcut(inner, app.extensions["freshness"])).open("/x", method=method)
    assert answer.data == (b"ab" if method == "GET" else b"")
    answer.close()
    assert closed == [1]


def test_what_is_asked_again_and_again_outlives_what_was_asked_once(app, monkeypatch):
    monkeypatch.setattr(shortcut, "MAX_ENTRIES", 3)
    asked = []

    def inner(environ, start_response):
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/plain"), ("X-Until-Change", "100000")])
        return [b"ab"]

    client = Client(Shortcut(inner, app.extensions["freshness"]))
    for number in range(10):
        client.get("/popular")
        client.get(f"/once/{number}")
    assert asked.count("/popular") == 1
    client.get("/once/0")
    assert asked.count("/once/0") == 2


def test_a_strange_host_is_refused_even_when_the_bytes_are_kept(app, counting):
    client = app.test_client()
    client.get("/feeds/counting")
    assert client.get("/feeds/counting", headers={"Host": "evil.example"}).status_code == 400


def _wait_for_postgres(app):
    """Public bytes may lag a second there; ask afresh instead of waiting."""
    freshness = app.extensions["freshness"]
    if hasattr(freshness, "_asked_at"):
        freshness._asked_at = float("-inf")
