"""A real browser for the journeys: Debian's Chromium through Playwright, on a server of our own.

A page that asks another host for something, reports a CSP violation or logs an error fails its test.
"""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from werkzeug.serving import make_server

from tests import engines
from tests.postgres_cluster import free_port

PHONE = {"width": 360, "height": 740}
LOOPBACK = {"localhost", "127.0.0.1"}
OpenPage = Callable[..., Page]


@pytest.fixture
def served_app(tmp_path: Path, spatialite_url: str) -> Iterator[tuple[Any, str]]:
    """The application on SpatiaLite and the address where a thread serves it."""
    port = free_port()
    settings = engines.settings_for(
        tmp_path, spatialite_url, port=port, public_url=f"http://localhost:{port}"
    )
    with engines.running_app(settings) as app:
        server = make_server("127.0.0.1", port, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield app, settings.base_url
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


class Watch:
    """What a browser complained about, and what it asked of strangers."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def attach(self, page: Page) -> None:
        """Listen to one page."""
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.hostname not in LOOPBACK:
            self.complaints.append(f"asked another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")


@pytest.fixture
def open_page(browser: Browser, served_app: tuple[Any, str]) -> Iterator[OpenPage]:
    """`open_page("/path", locale="ar", viewport=…, java_script_enabled=False)`: a page in a window of its own."""
    contexts: list[BrowserContext] = []
    watch = Watch()

    def open_(path: str = "/", **options: Any) -> Page:
        chosen = {
            "viewport": PHONE,
            "locale": "it-IT",
            "timezone_id": "Europe/Rome",
            "service_workers": "block",
            **options,
        }
        context = browser.new_context(base_url=served_app[1], **chosen)
        contexts.append(context)
        page = context.new_page()
        watch.attach(page)
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not watch.complaints, "\n".join(watch.complaints)
