"""A parent reads a place on a phone, goes back to their own list, and a host prints the sheet for the window."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.demo_site import fetch

PHARMACY = "/places/farmacia-del-barcone"
A5_POINTS = (420, 595)
LANGUAGES = ["it", "ar"]


def test_on_a_phone_what_one_finds_comes_before_hours_and_dates_and_every_target_is_large(open_page):
    page = open_page(PHARMACY, has_touch=True)
    tops = [
        page.locator(mark).first.bounding_box()["y"]
        for mark in (
            "h1",
            ".opening",
            ".ways .btn-main",
            "#amenities-title",
            "#trust-title",
            "#hours-title",
            "#events-title",
        )
    ]
    assert tops == sorted(tops)
    for target in page.locator("main .ways a, main .ways summary, main .back").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 44


def test_other_maps_open_with_one_tap(open_page):
    page = open_page(PHARMACY, has_touch=True)
    other = page.locator(".ways .chips a")
    expect(other.first).to_be_hidden()
    page.locator(".ways summary").tap()
    assert [link.bounding_box()["height"] >= 44 for link in other.all()] == [True] * 3


@pytest.mark.parametrize("javascript", [True, False])
def test_one_tap_says_that_the_place_is_still_as_its_page_says(open_page, javascript):
    page = open_page("/places/farmacia-onda-lieve", java_script_enabled=javascript)
    page.locator(".trust button").click()
    expect(page.locator("main")).to_have_attribute("data-page", "trust.thanks")
    page.locator("main .btn-main").click()
    expect(page.locator(".place-what")).to_contain_text("Confermato da un genitore oggi")


@pytest.mark.parametrize("query", ["?amenity=changing_table&near=45.4520,9.1530", "?open=now"])
def test_the_way_back_leads_to_the_list_as_it_was(open_page, query):
    page = open_page(f"/{query}")
    here = page.url
    page.locator("[data-list] [data-place] h3 a").first.click()
    expect(page.locator("main")).to_have_attribute("data-page", "places.detail")
    assert "near" not in page.url
    back = page.locator("[data-back]")
    expect(back).to_have_text("Torna all'elenco")
    back.click()
    expect(page.locator("main")).to_have_attribute("data-page", "explore.home")
    assert page.url == here


def test_after_a_jump_inside_the_page_the_way_back_still_leads_to_the_list(open_page):
    page = open_page("/?open=now")
    here = page.url
    page.locator("[data-list] [data-place] h3 a").first.click()
    page.wait_for_url("**/places/**")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.locator("[data-back]").click()
    expect(page.locator("main")).to_have_attribute("data-page", "explore.home")
    assert page.url == here


@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}], ids=["from elsewhere", "no scripts"]
)
def test_who_comes_from_elsewhere_gets_all_the_places(open_page, options):
    page = open_page(PHARMACY, **options)
    expect(page.locator("[data-back]")).to_have_text("Tutti i luoghi")
    page.locator("[data-back]").click()
    assert re.search(r":\d+/$", page.url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_one_page_of_a5_for_the_place_with_the_most_to_say(open_page, demo_address, language):
    address = f"{longest_sheet(demo_address, language)}?lang={language}"
    page = open_page(address, locale=language, color_scheme="dark")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    (box,) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert tuple(round(float(side)) for side in box) == A5_POINTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_holds_what_a_parent_needs_at_the_door(open_page, language):
    page = open_page(f"{PHARMACY}/print?lang={language}", locale=language)
    page.emulate_media(media="print")
    sheet = page.locator(".sheet-a5")
    for part in ("h1", ".sheet-lead", ".amenities", ".hours", ".qr", ".tag-demo", "footer"):
        expect(sheet.locator(part)).to_be_visible()
    assert page.locator(".hours tr").count() == 7
    for other in (".top", ".foot", ".back"):
        expect(page.locator(other).first).to_be_hidden()


def longest_sheet(demo_address: str, language: str) -> str:
    """The path of the sheet with the most letters among all places of the network."""
    listed = "".join(fetch(f"{demo_address}/?page={number}").decode() for number in range(1, 4))
    paths = {f"{path}/print" for path in re.findall(r'href="(/places/[a-z0-9-]+)"', listed)}
    assert len(paths) > 30
    return max(paths, key=lambda path: len(letters(fetch(f"{demo_address}{path}?lang={language}").decode())))


def letters(page: str) -> str:
    """What a sheet says, without its markup."""
    return re.sub(r"<[^>]+>|\s+", "", page[page.index("<article") : page.index("</article>")])
