"""The bookshop's owner comes in from the demo and looks after her readings."""

from playwright.sync_api import expect


def enter(page, number: int) -> None:
    """Press one of the doors of /demo: bookseller, community manager, operator."""
    page.locator("main form[action*='/demo/enter/'] button").nth(number).click()


def test_the_owner_of_the_bookshop_sees_her_place_and_who_comes(open_page):
    page = open_page("/demo")
    enter(page, 0)
    expect(page.locator("main")).to_have_attribute("data-page", "studio.index")
    expect(page.locator("main")).to_contain_text("Lettura 0-3")


def test_she_is_a_stranger_until_she_comes_in(open_page):
    page = open_page("/studio")
    expect(page.locator("main")).to_have_attribute("data-page", "accounts.sign_in")
