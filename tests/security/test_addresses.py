"""What an address may say: another host, a parameter of our own functions, a number too large, a path outside."""

import re

import html5lib
import pytest
from flask import Flask

from app.events.facts import OccurrenceView
from tests.app.events.factory import make_date
from tests.client import CheckingClient

QUERIES = (
    "endpoint=x", "slug=y", "occurrence_id=z", "token=q", "self=1", "values=1", "_external=1&_scheme=javascript", "_anchor=x", "_method=DELETE",
    "page=-1", "page=0000019999999999999999999", "page=%D9%A1", "bbox=nan,nan,nan,nan", "bbox=inf,0,1,1", "bbox=170,-10,-170,10", "bbox=1,2",
    "bbox=1e999,0,0,0", "near=nan,nan", "near=90,180", "near=-90,-180", "zoom=-1", "&".join(["amenity=baby_scale"] * 40), "q=%ED%A0%80", "q=%FF%FE",
    "where=%E2%80%AE", "open=0001-01-01T00:00", "open=9999-12-31T23:59", "from=0001-01-01", "to=9999-12-31", "from=9999-12-31&to=0001-01-01",
    "lang=it%0d%0aSet-Cookie:x=y", "q=" + "a" * 8000, "%00=1", "q=%00", "lang=%00", "where=%00", "x=" * 500,
)  # fmt: skip


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """Something to show at each address."""
    with app.app_context():
        return make_date()


def addresses(app: Flask, date: OccurrenceView) -> list[str]:
    """Each address of the house that answers GET, filled with things that exist where we have them."""
    known = {"occurrence_id": date.public_id, "place_id": date.place.public_id, "digest": "x"}
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            slug = date.event_slug if rule.rule.startswith("/events") else date.place.slug
            path = rule.rule.replace("<slug>", slug)
            for name, value in known.items():
                path = path.replace(f"<{name}>", value)
            found.append(re.sub(r"<[^>]+>", "x", path))
    return found


def links(html: str) -> list[str]:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return [str(node.get("href")) for node in root.iter("a") if node.get("href")]


@pytest.mark.parametrize("query", QUERIES)
def test_no_parameter_breaks_any_address(
    app: Flask, client: CheckingClient, date: OccurrenceView, query: str
) -> None:
    for path in addresses(app, date):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code < 500, path
        assert "x=y" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("query", ["slug=elsewhere", "_external=1&_scheme=javascript", "endpoint=demo.index", "_anchor=x"])  # fmt: skip
def test_the_same_page_in_another_language_is_the_same_page(
    client: CheckingClient, date: OccurrenceView, query: str
) -> None:
    path = f"/places/{date.place.slug}"
    ours = [url for url in links(client.get(f"{path}?{query}").text) if url.endswith("lang=ar")]
    assert ours
    assert all(url.startswith(f"{path}?") for url in ours)


@pytest.mark.parametrize("path", ["/\\evil.example/x", "/%5Cevil.example", "/%2F%2Fevil.example", "/javascript:alert(1)", "/%0d%0aX-Evil: 1", '/"><script>'])  # fmt: skip
def test_no_link_leads_away_because_an_address_said_so(client: CheckingClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "X-Evil" not in answer.headers
    for url in links(answer.text):
        assert url.startswith(("/", "#")) or "evil" not in url
        assert not url.startswith(("//", "/\\"))
    assert "<script>" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "", "evil.example#localhost", "[::1", "localhost, evil"])  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/feeds/network.ics", "/nowhere", "/places//x"])
def test_a_foreign_host_is_refused_in_words(client: CheckingClient, host: str, path: str) -> None:
    client.get(path)  # what is remembered for our own host is not theirs
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert answer.data
    assert b"evil" not in answer.data
    assert "evil" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("path", [
    "/static/../app/config.py", "/static/%2e%2e/app/config.py", "/static/..%2f..%2fapp%2fconfig.py", "/static/%00", "/static//etc/passwd",
    "/demo/mail/..%2f..%2fsecret", "/demo/mail/%2e%2e", "/demo/mail/..%5csecret", "/tiles/0/0/..%2f..", "/tiles/0/..%2f/0", "/tiles/1e3/0/0",
    "/tiles/99/0/0", "/tiles/-1/0/0", "/tiles/%D9%A1/0/0", "/tiles/9/99999/0", "/places/%ed%a0%80", "/%ff%fe", "/places/..%2f..",
])  # fmt: skip
def test_no_path_leads_out_of_its_folder(client: CheckingClient, path: str) -> None:
    answer = client.get(path, follow_redirects=True)  # doubled slashes are merged first
    assert answer.status_code in {400, 404}


def test_leaflet_gives_its_own_files_only(client: CheckingClient) -> None:
    script = re.search(r'"(/static/leaflet/\w+/)leaflet.js"', client.get("/").text)
    assert script
    assert client.get(f"{script[1]}leaflet.js").status_code == 200
    for outside in (
        "../../__init__.py",
        "..%2f..%2f__init__.py",
        "%2fetc%2fpasswd",
        "images/../../../x",
        ".",
    ):
        assert client.get(script[1] + outside).status_code == 404, outside


@pytest.mark.parametrize("body", [b"[" * 20_000, b'{"a":' * 20_000, b"\xff\x00", b""])
@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data", "multipart/form-data; boundary=" + "b" * 300, "text/xml", ""])  # fmt: skip
def test_no_body_breaks_a_form(client: CheckingClient, body: bytes, content_type: str) -> None:
    assert client.post("/sign-in", data=body, content_type=content_type).status_code in {400, 413}


def test_very_many_fields_are_refused(client: CheckingClient) -> None:
    fields = {f"f{number}": "1" for number in range(5_000)}
    assert client.post("/sign-in", data=fields, content_type="multipart/form-data").status_code == 413
