"""What hosts use is as open to everybody as what parents use."""

import pytest

from tests.budgets.measuring import COMPUTER, PHONE, Theme, Visitor
from tests.budgets.pages import STAFF, Site, staff_pages

WAYS: list[tuple[str, Theme]] = [("it", "light"), ("ar", "dark"), ("en", "light")]


@pytest.fixture
def place_pages(at_the_desk: Visitor, demo_address: str) -> Site:
    """The pages of the place that the demo's host looks after."""
    return staff_pages(demo_address, lambda path: at_the_desk.visit(demo_address + path).page.content())


@pytest.mark.parametrize(
    "name", [each if each == "hours" else pytest.param(each, marks=pytest.mark.long) for each in STAFF]
)
class TestEveryPage:
    def test_axe_finds_nothing_and_nothing_complains(
        self, at_the_desk: Visitor, place_pages: Site, name: str
    ) -> None:
        for (language, theme), viewport in zip(WAYS, (PHONE, COMPUTER, COMPUTER), strict=True):
            visit = at_the_desk.visit(
                place_pages.base + place_pages.paths[name], language=language, theme=theme, viewport=viewport
            )
            assert visit.page.locator("main").get_attribute("data-page") not in {None, "errors.page"}
            assert not visit.watch.complaints
            assert not visit.axe(), (language, theme)

    def test_hands_eyes_and_keys_find_their_way(
        self, at_the_desk: Visitor, place_pages: Site, name: str
    ) -> None:
        address = place_pages.base + place_pages.paths[name]
        assert not at_the_desk.visit(address).keyboard()
        assert not at_the_desk.visit(address, viewport={"width": 320, "height": 256}).probe("overflow")
        targets = at_the_desk.visit(address, language="ar", has_touch=True).probe("targets")
        assert not targets["small"]
        assert targets["share"] >= 0.9, targets["below"]
