"""A shop puts its calendar and the map on its own site, which has a strict policy of its own and another port."""

import html
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from app.feeds.snippets import USUAL_HEIGHT
from tests.journeys.demo_site import fetch

PLACE = "la-lucciola-libri-per-bambini"
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Shop</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/own.css"></head>
<body><h1>Shop</h1>{lines}<p id="after">after</p></body></html>"""
OWN_CSS = "body { font-family: Georgia, serif; color: rgb(10, 20, 30); } section { display: none !important; } a { color: red }"


@contextmanager
def shop(body: str, policy: str) -> Iterator[str]:
    """A site of somebody else, on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_style = self.path == "/own.css"
            content = (OWN_CSS if is_style else body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if is_style else "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def policy(own: str, *, connects: bool = True) -> str:
    connect = f"connect-src {own}" if connects else "connect-src 'none'"
    return (
        f"default-src 'none'; script-src {own}; style-src 'self'; img-src data:; frame-src {own}; {connect}"
    )


@contextmanager
def opened(browser: Browser, url: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page and what the browser complains of."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, **options)
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        page.goto(url)
        yield page, faults
    finally:
        context.close()


@pytest.fixture
def lines(demo_address: str) -> str:
    """What the host copies, as the studio's page gives it."""
    url = f"{demo_address}/places/{PLACE}"
    return f'<script src="{demo_address}/embed/calendar.js" data-place="{PLACE}" data-url="{url}" async></script>'


@pytest.mark.parametrize("language", ["it", "ar"])
def test_the_calendar_stands_on_another_site(
    browser: Browser, demo_address: str, lines: str, language: str
) -> None:
    body = PAGE.format(lang=language, lines=lines)
    with shop(body, policy(demo_address)) as address, opened(browser, address) as (page, faults):
        box = page.locator("script[data-place] + div")
        expect(box.locator("li").first).to_be_visible()  # the site's own rules do not reach it
        assert box.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert box.get_attribute("lang") == language
        first = box.locator("li a").first
        assert urlsplit(first.get_attribute("href") or "").path.startswith("/occurrences/")
        expect(first).to_have_css("color", "rgb(10, 20, 30)")  # but its letters and colours do
        expect(first).to_have_css("font-family", "Georgia, serif")
        assert page.evaluate("document.documentElement.scrollWidth <= 360")
        assert faults == []
        first.focus()
        expect(first).to_have_css("outline-style", "solid")


def test_where_the_site_forbids_asking_us_a_link_stands(
    browser: Browser, demo_address: str, lines: str
) -> None:
    body = PAGE.format(lang="en", lines=lines)
    with (
        shop(body, policy(demo_address, connects=False)) as address,
        opened(browser, address) as (page, _faults),
    ):
        link = page.locator("script[data-place] + div a")
        expect(link).to_have_text("See what's on")
        assert link.get_attribute("href") == f"{demo_address}/places/{PLACE}"


def test_the_map_stands_in_a_frame(browser: Browser, demo_address: str) -> None:
    snippet = f'<script src="{demo_address}/embed/map.js" data-place="{PLACE}" async></script>'
    with (
        shop(PAGE.format(lang="it", lines=snippet), policy(demo_address)) as address,
        opened(browser, address) as (page, faults),
    ):
        frame = page.frame_locator("iframe")
        expect(frame.locator("[data-map][data-state=ready]")).to_be_attached(timeout=20_000)
        expect(frame.locator("[data-list] article").first).to_contain_text("La Lucciola")
        assert page.locator("iframe").evaluate("frame => frame.clientHeight") == USUAL_HEIGHT
        assert page.frames[-1].evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert faults == []


def test_no_other_page_of_ours_lets_itself_be_framed(browser: Browser, demo_address: str) -> None:
    body = PAGE.format(lang="it", lines=f'<iframe src="{demo_address}/" title="x"></iframe>')
    with shop(body, policy(demo_address)) as address, opened(browser, address) as (page, faults):
        page.wait_for_timeout(500)
        assert any("frame-ancestors" in fault for fault in faults)
        assert "data-page" not in page.frames[-1].content()


def test_oembed_leads_to_lines_that_work(browser: Browser, demo_address: str) -> None:
    found = re.search(r'href="([^"]*/oembed[^"]*)"', fetch(f"{demo_address}/places/{PLACE}").decode())
    assert found
    told = fetch(html.unescape(found[1])).decode()
    assert "/embed/map?place=" in told
