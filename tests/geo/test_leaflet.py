"""The map script: the same bytes for the same settings, nobody else's host, and Leaflet runs it."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import folium
import pytest
import xstatic.pkg.leaflet
from playwright.sync_api import Browser, Page

from geo.bbox import BBox
from geo.leaflet import MapConfig, map_script
from geo.point import Point

CONFIG = MapConfig(
    tiles_url="/tiles/{z}/{x}/{y}?theme={theme}",
    attribution='© <a href="/about">Chi l\'ha disegnata</a>',
    min_zoom=9,
    max_zoom=18,
    bounds=BBox(9.0, 45.3, 9.3, 45.6),
    start=Point(9.1513, 45.4528),
    start_zoom=14,
    data_url="/api/v1/map",
)
HOST = "http://map.test"
PAGE = """<!doctype html><title>Map</title><link rel="stylesheet" href="/leaflet.css"><style>#map{height:500px;width:600px}</style>
<div id="map"></div><script src="/leaflet.js"></script><script src="/map.js"></script>"""
START = """() => {
  window.seen = [];
  window.made = window.wendyMap(document.getElementById("map"), {
    render: (features) => window.seen.push(features.features.length),
    filters: () => "amenity=toilets", words: {zoomIn: "Ingrandisci", zoomOut: "Riduci"}, %s
  });
}"""


def test_the_same_settings_give_the_same_bytes() -> None:
    assert map_script(CONFIG) == map_script(replace(CONFIG))


def test_other_settings_give_other_bytes() -> None:
    assert map_script(CONFIG) != map_script(replace(CONFIG, start_zoom=15))


def test_no_other_host_no_jquery_no_inline_html() -> None:
    script = map_script(CONFIG)
    assert "http" not in script.replace('"HTTP "', "")
    assert "//" not in script.split("\n", 1)[1]
    assert "<" not in re.sub(r"[^<]< \S|<=", "", script)
    assert "$(" not in script
    assert len(script) < 5000


def test_a_tile_source_elsewhere_is_the_only_host_named() -> None:
    script = map_script(replace(CONFIG, tiles_url="https://tiles.example/{z}/{x}/{y}.png"))
    assert re.findall(r"https?://[^/\"]+", script) == ["https://tiles.example"]


def test_settings_cannot_break_out_of_the_script() -> None:
    nasty = '</script><script>alert(1)</script>`${alert(1)}"\\'
    script = map_script(replace(CONFIG, attribution=nasty))
    assert "</script" not in script
    assert "<script" not in script
    assert "`" not in re.sub(r'"attribution": ".*"', "", script)
    assert json.loads(re.search(r'"attribution": (".*"),', script)[1]) == nasty


def test_folium_itself_is_left_as_it_was() -> None:
    before = list(folium.Map.default_js)
    map_script(CONFIG)
    assert list(folium.Map.default_js) == before
    assert before


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_syntax_is_right(tmp_path: Path) -> None:
    path = tmp_path / "map.js"
    path.write_text(map_script(CONFIG))
    done = subprocess.run(["node", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with Leaflet and our script under the strict policy, served without a network."""
    leaflet = Path(xstatic.pkg.leaflet.BASE_DIR)
    opened = browser.new_page()
    asked: list[str] = []
    opened.asked = asked  # type: ignore[attr-defined]  # handed to the tests
    bodies = {
        "/": ("text/html", PAGE),
        "/leaflet.js": ("text/javascript", (leaflet / "leaflet.js").read_text()),
        "/leaflet.css": ("text/css", (leaflet / "leaflet.css").read_text()),
        "/map.js": ("text/javascript", map_script(CONFIG)),
        "/api/v1/map": ("application/geo+json", '{"type":"FeatureCollection","features":[{},{}]}'),
    }

    def answer(route: Any) -> None:
        address = route.request.url
        asked.append(address)
        kind, body = bodies.get(address.removeprefix(HOST).split("?")[0], ("image/svg+xml", "<svg/>"))
        policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
        route.fulfill(body=body, content_type=kind, headers={"Content-Security-Policy": policy})

    opened.route("**/*", answer)
    opened.goto(f"{HOST}/")
    yield opened
    opened.close()


def asked(page: Page, part: str) -> list[str]:
    addresses: list[str] = page.asked  # type: ignore[attr-defined]  # set by the fixture
    return [address for address in addresses if part in address]


@pytest.mark.browser
def test_leaflet_draws_it_and_asks_for_what_is_seen(page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.evaluate(START % "")
    page.wait_for_selector('#map[data-state="ready"]')
    assert page.evaluate("window.seen") == [2]
    (first,) = asked(page, "/api/v1/map")
    west, south, east, north = map(float, re.search(r"bbox=([^&]+)", first)[1].split(","))
    assert BBox(west, south, east, north).contains(CONFIG.start)
    assert first.endswith("&zoom=14&amenity=toilets")
    assert all("theme=light" in address for address in asked(page, "/tiles/"))
    assert page.get_attribute(".leaflet-control-zoom-in", "title") == "Ingrandisci"
    assert page.inner_text(".leaflet-control-attribution") == "© Chi l'ha disegnata"
    assert errors == []


@pytest.mark.browser
def test_moving_asks_again_and_refresh_asks_when_told(page: Page) -> None:
    page.evaluate(START % "")
    page.wait_for_selector('#map[data-state="ready"]')
    page.evaluate("window.made.map.setView([45.5, 9.2], 15, {animate: false})")
    page.evaluate("window.made.refresh()")
    page.wait_for_timeout(200)
    assert len(asked(page, "zoom=15")) == 2


@pytest.mark.browser
@pytest.mark.parametrize(
    "start", ["start: {lat: 45.5, lon: 9.2, zoom: 16}", "start: {bbox: [9.19, 45.49, 9.21, 45.51]}"]
)
def test_the_page_may_choose_another_start(page: Page, start: str) -> None:
    page.evaluate(START % start)
    page.wait_for_selector('#map[data-state="ready"]')
    centre = page.evaluate("[window.made.map.getCenter().lng, window.made.map.getCenter().lat]")
    assert centre == pytest.approx([9.2, 45.5], abs=0.002)


@pytest.mark.browser
def test_the_dark_theme_takes_the_dark_tiles(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.evaluate(START % "")
    page.wait_for_selector('#map[data-state="ready"]')
    assert asked(page, "theme=dark")
    assert not asked(page, "theme=light")


@pytest.mark.browser
def test_data_that_does_not_come_is_reported_not_thrown(page: Page) -> None:
    page.route("**/api/v1/map*", lambda route: route.fulfill(status=503, body=""))
    page.evaluate(START % "failed: (error) => window.seen.push(String(error))")
    page.wait_for_selector('#map[data-state="failed"]')
    assert page.evaluate("window.seen") == ["Error: HTTP 503"]
