"""How feeds answer caches and clients: conditions, HEAD, gzip, wrong addresses."""

import gzip
from email.utils import format_datetime, parsedate_to_datetime

import pytest

from tests.app.feeds.network import add_event, add_place

NETWORK = "/feeds/network.ics"


@pytest.fixture(autouse=True)
def reading(app):
    """One stored event."""
    with app.app_context():
        add_event(add_place())


def test_headers_let_anybody_keep_it_for_a_minute(client):
    answer = client.get(NETWORK)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["ETag"].startswith('"')
    assert answer.last_modified is not None
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "X-Until-Change" not in answer.headers


def test_the_same_state_gives_the_same_bytes(client):
    first, second = client.get(NETWORK), client.get(NETWORK)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]


@pytest.mark.parametrize("repeat", [1, 2], ids=["through Flask", "kept"])
@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ('{etag}', 304), ('W/{etag}', 304), ('"other", {etag}', 304), ("*", 304), ('"other"', 200), ("", 200),
    ],
)  # fmt: skip
def test_if_none_match(client, condition, status, repeat):
    etag = client.get(NETWORK).headers["ETag"]
    for _ in range(repeat):
        answer = client.get(NETWORK, headers={"If-None-Match": condition.format(etag=etag)})
    assert answer.status_code == status
    assert answer.headers["ETag"] == etag
    assert (answer.data == b"") == (status == 304)


def test_if_modified_since_counts_only_without_if_none_match(client):
    changed = client.get(NETWORK).headers["Last-Modified"]
    earlier = format_datetime(parsedate_to_datetime(changed).replace(year=2020), usegmt=True)
    assert client.get(NETWORK, headers={"If-Modified-Since": changed}).status_code == 304
    assert client.get(NETWORK, headers={"If-Modified-Since": earlier}).status_code == 200
    assert client.get(NETWORK, headers={"If-Modified-Since": "soon"}).status_code == 200
    both = {"If-Modified-Since": changed, "If-None-Match": '"other"'}
    assert client.get(NETWORK, headers=both).status_code == 200


def test_gzip_only_for_those_who_ask(client):
    plain, packed = client.get(NETWORK), client.get(NETWORK, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    refused = client.get(NETWORK, headers={"Accept-Encoding": "gzip;q=0, br"})
    assert "Content-Encoding" not in refused.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_head_says_what_get_would_send(client):
    get, head = client.get(NETWORK), client.head(NETWORK)
    assert head.data == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Last-Modified"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (f"{NETWORK}?lang=xx", "lang"),
        (f"{NETWORK}?lnag=en", "lnag"),
        ("/feeds/topics/play.ics?page=2", "page"),
    ],
)
def test_a_misspelt_parameter_is_named(client, address, name):
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["parameter"] == name
    assert name in answer.json["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/feeds/places/nowhere.ics", "/feeds/territories/municipio-99.ics", "/feeds/topics/gossip.ics",
        "/occurrences/0000000000.ics", "/feeds/places/%00.ics", "/feeds/places/%F0%9F%91%B6.ics",
    ],
)  # fmt: skip
def test_unknown_feeds_are_problem_documents(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_writing_to_a_feed_is_refused(client):
    assert client.post(NETWORK).status_code in (400, 405)
