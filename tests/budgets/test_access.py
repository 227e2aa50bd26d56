"""Everybody can use every page: axe, keyboard, targets, narrow windows, no motion; in three languages and two themes."""

import pytest

from tests.budgets.conftest import Note
from tests.budgets.measuring import COMPUTER, PHONE, Theme, Visitor
from tests.budgets.pages import FIRST, PUBLIC, Site

LARGE_TARGETS, LEAST_LARGE_TARGETS = 0.95, 0.9
WAYS: list[tuple[str, Theme, str]] = [
    (language, theme, width)
    for language in ("it", "en", "ar")
    for theme in ("light", "dark")
    for width in ("phone", "computer")
]
WINDOWS = {"phone": PHONE, "computer": COMPUTER}
# Every language, theme and width meets every first page at least once; `make test-long` does all of them.
SAMPLE = {
    ("it", "light", "phone"),
    ("ar", "dark", "computer"),
    ("en", "light", "computer"),
    ("ar", "dark", "phone"),
}


def _cases() -> list[object]:
    return [
        pytest.param(
            name, way, id=f"{name}-{'-'.join(way)}", marks=[] if _is_sampled(name, way) else pytest.mark.long
        )
        for name in PUBLIC
        for way in WAYS
    ]


def _is_sampled(name: str, way: tuple[str, Theme, str]) -> bool:
    order = [each for each in WAYS if each in SAMPLE]
    return name in FIRST and way == order[FIRST.index(name) % len(order)]


@pytest.mark.parametrize(("name", "way"), _cases())
def test_axe_finds_nothing_and_nothing_complains(
    visitor: Visitor, site: Site, name: str, way: tuple[str, Theme, str]
) -> None:
    language, theme, width = way
    visit = visitor.visit(
        site.base + site.paths[name], language=language, theme=theme, viewport=WINDOWS[width]
    )
    complaints = [each for each in visit.watch.complaints if not (name == "lost" and "404" in each)]
    assert not complaints
    assert visit.page.evaluate("() => document.documentElement.lang") == language
    assert not visit.axe()


@pytest.mark.parametrize(
    "name", [each if each in FIRST else pytest.param(each, marks=pytest.mark.long) for each in PUBLIC]
)
@pytest.mark.parametrize("language", ["it", pytest.param("ar", marks=pytest.mark.long)])
class TestEveryPage:
    def test_the_keyboard_reaches_everything_and_shows_where_it_is(
        self, visitor: Visitor, site: Site, name: str, language: str
    ) -> None:
        for viewport in (PHONE, COMPUTER):
            visit = visitor.visit(site.base + site.paths[name], language=language, viewport=viewport)
            assert not visit.keyboard(), viewport

    def test_nothing_is_cut_at_320_pixels_which_is_400_per_cent(
        self, visitor: Visitor, site: Site, name: str, language: str
    ) -> None:
        visit = visitor.visit(
            site.base + site.paths[name], language=language, viewport={"width": 320, "height": 256}
        )
        assert not visit.probe("overflow")

    def test_fingers_find_their_target(
        self, visitor: Visitor, site: Site, note: Note, name: str, language: str
    ) -> None:
        targets = visitor.visit(site.base + site.paths[name], language=language, has_touch=True).probe(
            "targets"
        )
        note(name, "targets ≥ 44 px", f"{targets['share']:.0%}")
        assert not targets["small"]
        assert targets["share"] >= LEAST_LARGE_TARGETS, targets["below"]

    def test_nothing_moves_for_who_asks_for_calm(
        self, visitor: Visitor, site: Site, name: str, language: str
    ) -> None:
        visit = visitor.visit(site.base + site.paths[name], language=language, reduced_motion="reduce")
        assert not visit.probe("moving")
