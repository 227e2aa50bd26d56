"""The checks of the test client: a good page passes, and each fault is seen."""

import pytest

from tests.page_checks import Page, faults

HEADERS = {"Content-Security-Policy": "default-src 'self'", "Referrer-Policy": "same-origin"}
GOOD = """<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Places</title><link rel="stylesheet" href="/static/a.css"></head>
<body><main data-page="explore.home"><h1>Places</h1>
<form><label for="q">Street</label><input id="q" name="q"><button>Search</button></form>
<a href="https://elsewhere.example/">Directions</a><img src="/a.svg" alt="">
<script type="application/ld+json">{"url": null}</script></main></body></html>"""


def found(source: str, **headers: str) -> str:
    return "\n".join(faults(Page.parse(source, headers={**HEADERS, **headers}, host="localhost")))


def test_a_good_page_has_no_fault() -> None:
    assert found(GOOD) == ""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<!doctype html>", "", "does not start with"),
        ('lang="en"', 'lang="xx"', "is none of"),
        ('lang="en" dir="ltr"', 'lang="ar" dir="ltr"', "must be rtl"),
        ("<title>Places</title>", "<title></title>", "one <title>"),
        ("<h1>Places</h1>", "<h1>Places</h1><h1>Again</h1>", "exactly one <h1>"),
        ('data-page="explore.home"', "", "data-page"),
        ('<label for="q">Street</label>', "", "has no label"),
        ('<label for="q">', '<label for="other">', "points to no id"),
        ("<h1>", '<h1 id="q">', "used 2 times"),
        ("<button>Search</button>", "<button></button>", "has no name"),
        (' alt=""', "", "has no alt"),
        ('src="/a.svg"', 'src="//cdn.example/a.svg"', "from another host"),
        ('href="/static/a.css"', 'href="https://cdn.example/a.css"', "from another host"),
        ("<h1>", '<h1 style="color:red">', "is inline"),
        ("<h1>", '<h1 onclick="go()">', "is inline"),
        ("</main>", "<script>go()</script></main>", "inline <script>"),
        ("https://elsewhere.example/", "javascript:go()", "javascript: address"),
        ("Directions", "{{ directions }}", "template code"),
        ("Directions", "at None", "shows None"),
        ("Directions", "%(count)s places", "unfilled placeholder"),
        ("<h1>Places</h1>", "<h1>Places</p></h1>", "HTML error"),
    ],
)
def test_each_fault_is_seen(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    assert fault in found(GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("header", "value", "fault"),
    [
        ("Content-Security-Policy", "", "lacks default-src"),
        ("Content-Security-Policy", "default-src 'self'; style-src 'unsafe-inline'", "something unsafe"),
        ("Referrer-Policy", "no-referrer", "must be same-origin"),
    ],
)
def test_each_missing_promise_of_the_headers_is_seen(header: str, value: str, fault: str) -> None:
    assert fault in found(GOOD, **{header: value})
