"""The bookshop's owner comes in from the demo, phone in hand, and looks after her readings."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

MUSIC = "Musica in braccio"


def enter(page, number: int) -> None:
    """Press one of the doors of /demo: bookseller, community manager, operator."""
    page.locator("main form[action*='/demo/enter/'] button").nth(number).click()


def card_of(page: Page, title: str) -> Locator:
    """The first date of an event on a page of its host."""
    return page.locator("article[data-occurrence]", has_text=title).first


def press(page: Page, title: str, verb: str) -> None:
    """Press a button on the card of a date, as a finger does: what lies over it would be pressed instead."""
    card_of(page, title).get_by_role("link", name=re.compile(f"^{verb}: {title}")).click()


@pytest.fixture
def hers(open_page) -> Page:
    """Her own page on a phone of 360 px."""
    page = open_page("/demo")
    enter(page, 0)
    expect(page.locator("main")).to_have_attribute("data-page", "studio.index")
    return page


def test_the_owner_of_the_bookshop_sees_her_place_and_who_comes(hers):
    expect(hers.locator("main")).to_contain_text("Lettura 0-3")
    press(hers, MUSIC, "Chi viene")
    expect(hers.locator("main")).to_have_attribute("data-page", "people.index")


def test_each_button_of_a_date_leads_where_it_says(hers):
    occurrence = str(card_of(hers, MUSIC).get_attribute("data-occurrence"))
    for verb, name in (("Chi viene", "people.index"), ("Sposta", "studio.move"), ("Annulla questa data", "studio.cancel")):  # fmt: skip
        hers.goto("/studio")
        press(hers, MUSIC, verb)
        expect(hers.locator("main")).to_have_attribute("data-page", name)
        expect(hers.locator("main")).to_have_attribute("data-occurrence", occurrence)
    hers.goto("/studio")
    card_of(hers, MUSIC).get_by_role("link", name=MUSIC, exact=True).click()
    hers.wait_for_url(f"**/occurrences/{occurrence}")


def test_she_cancels_a_date_says_why_and_lets_it_take_place_after_all(hers):
    press(hers, MUSIC, "Annulla questa data")
    hers.get_by_label("Perché?").fill("Il maestro ha la febbre.")
    hers.get_by_role("button", name="Sì, annulla").click()
    status = hers.get_by_role("status")
    expect(status).to_contain_text("Data annullata")
    expect(status).to_be_focused()
    expect(card_of(hers, MUSIC)).to_have_attribute("data-status", "cancelled")
    status.get_by_role("link").click()
    expect(hers.locator("main")).to_contain_text("Il maestro ha la febbre.")
    hers.goto("/studio")
    press(hers, MUSIC, "Rimetti in programma")
    expect(hers.locator("main")).to_have_attribute("data-page", "studio.reinstate")
    hers.locator("main form button").click()
    expect(hers.get_by_role("status")).to_contain_text("di nuovo in programma")
    expect(card_of(hers, MUSIC)).to_have_attribute("data-status", "scheduled")


def test_a_manager_finds_a_place_among_many(open_page):
    page = open_page("/demo", java_script_enabled=False)
    enter(page, 1)
    expect(page.locator("h1")).to_have_text("I luoghi del mio territorio")
    page.get_by_label("Nome o via").fill("lucciola")
    page.get_by_role("button", name="Cerca").click()
    page.locator(".directory a").click()
    expect(page.locator("main")).to_have_attribute("data-page", "studio.place")
    expect(page.locator("main")).to_contain_text("La Lucciola")


def test_she_is_a_stranger_until_she_comes_in(open_page):
    page = open_page("/studio")
    expect(page.locator("main")).to_have_attribute("data-page", "accounts.sign_in")
