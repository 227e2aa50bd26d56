"""A visitor with a phone or a computer, a language and a theme, who measures what is met."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize

from tests.browser import Watch

PROBES = Path(__file__).with_name("probes.js").read_text("utf-8")
PHONE, COMPUTER = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=800)
Theme = Literal["light", "dark"]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()
_AXE_OPTIONS = {"runOnly": AXE_TAGS, "resultTypes": ["violations"]}
_MOST_TABS = 600
_MOST_PARTS = 5  # of a field: day, month, year and a button to choose them


@dataclass
class Visit:
    """A page that is open, with everything the browser complained about."""

    page: Page
    watch: Watch
    requests: list["Loaded"]

    def probe(self, name: str, *arguments: Any) -> Any:
        """What the page answers to a question of probes.js."""
        if not self.page.evaluate("() => 'budgetProbes' in window"):
            self.page.evaluate(PROBES)
        return self.page.evaluate(
            "([name, given]) => window.budgetProbes[name](...given)", [name, list(arguments)]
        )

    def axe(self) -> list[str]:
        """Violations of WCAG 2.2 AA and of good practice, one line each."""
        found = _AXE.run(self.page, options=_AXE_OPTIONS).response["violations"]
        return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]

    def keyboard(self) -> list[str]:
        """Controls that Tab does not reach, that trap it, or whose focus cannot be seen."""
        # A page may begin in a field that is ready to be typed into: the walk begins at the top all the same.
        self.page.evaluate(
            "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
        )
        number = self.probe("number")
        faults: list[str] = []
        reached: list[int] = []
        for _ in range(min(number * _MOST_PARTS, _MOST_TABS)):
            self.page.keyboard.press("Tab")
            at = self.probe("focused")
            if at is None or (reached and at["number"] == reached[0] and len(reached) > 1):
                break
            if reached[-_MOST_PARTS:] == [at["number"]] * _MOST_PARTS and at["number"] != -1:
                faults.append(f"trapped at {at['name']}")
                break
            is_further_part = reached[-1:] == [at["number"]]  # its ring is the browser's own
            reached.append(at["number"])
            if is_further_part:
                continue
            faults += [f"no ring: {at['name']}"] * (not at["ringed"]) + [f"out of sight: {at['name']}"] * (
                not at["seen"]
            )
        return faults + [f"unreached: {each}" for each in self.probe("unreached", reached)]


@dataclass
class Loaded:
    """A file that came over the wire: its address, kind and bytes, headers included."""

    url: str
    kind: str
    size: int


@dataclass
class Visitor:
    """Opens pages, each in a window of its own."""

    browser: Browser
    cookies: list[Any] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def visit(
        self, address: str, *, language: str = "it", theme: Theme = "light", viewport: ViewportSize | None = None,
        **options: Any,
    ) -> Visit:  # fmt: skip
        """Open an address and wait until it is quiet."""
        visit, _ = self.window(language=language, theme=theme, viewport=viewport, **options)
        visit.page.goto(address)
        visit.page.wait_for_load_state("networkidle")
        return visit

    def window(
        self,
        *,
        language: str = "it",
        theme: Theme = "light",
        viewport: ViewportSize | None = None,
        **options: Any,
    ) -> tuple[Visit, CDPSession]:
        """An empty window that counts what it loads, and the line to its browser."""
        context = self.browser.new_context(
            viewport=viewport or PHONE, locale=language, color_scheme=theme, timezone_id="Europe/Rome",
            service_workers="block", **options,
        )  # fmt: skip
        context.add_cookies(self.cookies)
        self.contexts.append(context)
        page, watch, loaded = context.new_page(), Watch(), []
        watch.attach(page)
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        kinds: dict[str, Loaded] = {}

        def answered(event: dict[str, Any]) -> None:
            kinds[event["requestId"]] = Loaded(event["response"]["url"], event["type"], 0)

        def finished(event: dict[str, Any]) -> None:
            if event["requestId"] in kinds:
                file = kinds.pop(event["requestId"])
                file.size = int(event["encodedDataLength"])
                loaded.append(file)

        line.on("Network.responseReceived", answered)
        line.on("Network.loadingFinished", finished)
        return Visit(page, watch, loaded), line

    def enter_as_host(self, base: str) -> None:
        """Come in as the demo's bookseller; later windows are signed in."""
        visit = self.visit(f"{base}/demo")
        visit.page.locator("main form[action*='/demo/enter/'] button").first.click()
        visit.page.wait_for_url("**/studio**")
        self.cookies = visit.page.context.cookies()

    def close(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Somebody with a browser."""
    someone = Visitor(browser)
    yield someone
    someone.close()
