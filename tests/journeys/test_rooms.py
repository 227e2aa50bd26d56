"""Rooms and advice, as people have them: a phone without scripts, and a host who wants every Thursday until June."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from app.core import clock

ROME = "Europe/Rome"
THURSDAY = 3


def hall(page: Page) -> str:
    """The operator opens the big room of ViVi Voltri; returns its address."""
    page.locator("main form[action*='/demo/enter/'] button").nth(2).click()
    page.goto("/studio?q=voltri")
    page.locator(".directory a", has_text="ViVi Voltri Lab").click()
    page.get_by_role("link", name="Sale e consulenze").click()
    page.locator("h2 a", has_text="La sala grande").click()
    expect(page.locator("main")).to_have_attribute("data-page", "studio_spaces.show")
    return page.url


def test_a_parent_books_twenty_minutes_with_the_midwife_without_scripts_and_gives_them_back(open_page):
    page = open_page("/events", java_script_enabled=False)
    page.goto("/?q=farmacia del barcone")
    page.locator("[data-list] h3 a", has_text="Farmacia del Barcone").first.click()
    page.get_by_role("link", name="Sale e consulenze su appuntamento").click()
    page.get_by_role("link", name=re.compile("Scegli un orario")).click()
    page.locator("input[name=start]").first.check()
    page.fill("[name=name]", "Amira")
    page.fill("[name=email]", "amira@gmail.com")
    page.get_by_role("button", name="Prenota").click()
    page.wait_for_url("**/reservations/**")
    expect(page.locator("main")).to_have_attribute("data-status", "confirmed")
    page.get_by_role("link", name="Rinuncia").click()
    page.get_by_role("button").filter(has_text="Sì").click()
    expect(page.locator("main")).to_have_attribute("data-status", "cancelled")


def test_the_hall_every_thursday_until_june_and_the_two_that_clash_are_listed(open_page):
    page = open_page("/demo")
    home = hall(page)
    today = clock.today(ROME)
    first = today + timedelta(days=(THURSDAY - today.weekday() - 1) % 7 + 1)
    last = (first + timedelta(weeks=26)).isoformat()
    page.get_by_role("link", name="Prenotala per un gruppo").click()
    page.get_by_label("Per chi è?").fill("Coro delle scale")
    page.get_by_label("Primo giorno").fill(first.isoformat())
    page.get_by_label("Dalle").fill("17:00")
    page.get_by_label("Fino a quando?").fill(last)
    page.get_by_role("button", name="Prenota").click()
    page.wait_for_url(home)
    expect(page.locator("[data-left-out]")).to_have_attribute("data-left-out", "2")
    expect(page.locator("[data-left-out]")).to_contain_text("C'è: Assemblea di scala")
    expect(page.locator("[data-status=confirmed]", has_text="Coro delle scale")).to_have_count(25)
    page.locator("[data-status=confirmed]", has_text="Assemblea di scala").first.get_by_role("button").click()
    page.locator("[data-left-out]").get_by_role("button", name=re.compile("^Riprendila")).click()
    expect(page.locator("[data-left-out]")).to_have_attribute("data-left-out", "1")
    expect(page.locator("[data-status=confirmed]", has_text="Coro delle scale")).to_have_count(26)


def test_a_host_edits_an_event_and_families_read_it(open_page):
    page = open_page("/demo")
    page.locator("main form[action*='/demo/enter/'] button").first.click()
    card = page.locator("article[data-occurrence]", has_text="Musica in braccio").first
    card.get_by_role("link", name=re.compile("^Modifica l'evento")).click()
    page.get_by_label("Come si chiama?").fill("Musica in braccio, piano")
    page.get_by_role("button", name="Salva").first.click()
    expect(page.get_by_role("status")).to_contain_text("Salvato")
    family = open_page("/events?q=Musica in braccio, piano")
    family.locator("h3 a", has_text="Musica in braccio, piano").first.click()
    expect(family.locator("h1")).to_have_text("Musica in braccio, piano")
