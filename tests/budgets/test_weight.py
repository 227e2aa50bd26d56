"""What a first visit weighs on the wire, and whom it asks: our own host alone."""

import pytest

from tests.budgets.conftest import Note
from tests.budgets.measuring import COMPUTER, PHONE, Visitor
from tests.budgets.pages import FIRST, MAP_PAGES, PUBLIC, Site

KB = 1000
PAGE, MAP_PAGE, SCRIPTS = 40 * KB, 100 * KB, 60 * KB
TILES = "/tiles/"


@pytest.mark.parametrize(
    "name", [each if each in FIRST else pytest.param(each, marks=pytest.mark.long) for each in PUBLIC]
)
def test_a_first_visit_is_light(visitor: Visitor, site: Site, note: Note, name: str) -> None:
    # Phones begin with the list; wide windows load the map at once.
    window = COMPUTER if name in MAP_PAGES else PHONE
    visit = visitor.visit(site.base + site.paths[name], viewport=window)
    files = [each for each in visit.requests if TILES not in each.url and not each.url.startswith("data:")]
    weight = sum(each.size for each in files)
    scripts = sum(each.size for each in files if each.kind == "Script")
    photos = sum(each.size for each in files if each.kind == "Image" and "/photos/" in each.url)
    note(name, "kB (goal 40, map 100)", f"{weight / KB:.0f}")
    note(name, "of it scripts (goal 60)", f"{scripts / KB:.0f}")
    assert weight - photos <= (MAP_PAGE if name in MAP_PAGES else PAGE), [
        (each.url, each.size) for each in files
    ]
    assert scripts <= SCRIPTS
    assert not [each for each in visit.watch.complaints if "another host" in each]


@pytest.mark.parametrize("name", ["home", "place", "event", "booking"])
def test_reading_and_booking_need_no_script(visitor: Visitor, site: Site, name: str) -> None:
    visit = visitor.visit(site.base + site.paths[name], java_script_enabled=False)
    assert not [each for each in visit.requests if each.kind == "Script"]
    needed = {
        "home": "[data-list] [data-place]",
        "place": ".answers",
        "event": "a[href*='/book']",
        "booking": "form [type=submit], form button",
    }
    assert visit.page.locator(f"{needed[name]} >> visible=true").first.is_visible()
