"""Without a network: what this phone has seen can be read, says of when it is, and claims nothing that may be over."""

import re

from playwright.sync_api import Page, expect

WORKING = {"service_workers": "allow"}


def settled(page: Page) -> None:
    """The service worker serves this page, and has put the last answer aside."""
    page.wait_for_selector("html")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    page.wait_for_load_state("networkidle")


def test_the_language_stays_what_was_chosen_once_the_worker_is_there(open_page):
    page = open_page("/about?lang=en", **WORKING)
    settled(page)
    page.goto(page.url.split("/about")[0] + "/about?lang=ar")
    page.goto(page.url.split("/about")[0] + "/events")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    languages = [one["name"] for one in page.context.cookies() if one["value"] == "ar"]
    assert languages, "the choice is a cookie, not chance"


def test_installing_the_worker_chooses_no_language(open_page):
    page = open_page("/about", locale="it-IT", **WORKING)
    settled(page)
    assert page.context.cookies() == []
    expect(page.locator("html")).to_have_attribute("lang", "it")


def test_a_seen_place_and_the_last_list_are_readable_and_say_of_when_they_are(open_page):
    page = open_page(**WORKING)
    settled(page)
    page.locator("[data-list] h3 a").first.click()
    expect(page.locator("main")).to_have_attribute("data-page", "places.detail")
    name = page.locator("h1").inner_text()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text(name)
    note = page.locator(".copy-note")
    expect(note).to_be_visible()
    assert re.search(r"\b\d{2}:\d{2}", note.inner_text())
    assert page.locator("[data-opening]:visible").count() == 0
    page.goto(page.url.split("/places/")[0] + "/?where=qualcosa")
    expect(page.locator("[data-list] [data-place]").first).to_be_visible()
    expect(page.locator(".copy-note")).to_be_visible()
    assert page.locator("[data-opening]:visible").count() == 0
    assert page.locator("[data-live]:visible").count() == 0
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(".copy-note")).to_be_hidden()
    expect(page.locator("[data-opening]").first).to_be_visible()


def test_a_page_that_was_never_seen_leads_to_those_that_were(open_page):
    page = open_page("/events", **WORKING)
    settled(page)
    title = page.locator("h1").inner_text()
    page.context.set_offline(True)
    page.goto(page.url.replace("/events", "/places/never-seen"))
    expect(page.locator("main")).to_have_attribute("data-page", "explore.offline")
    kept = page.locator("[data-kept] a")
    expect(kept.first).to_have_text(title)
    page.locator("[data-forget-all]").click()
    expect(kept).to_have_count(0)
    page.goto(page.url.replace("/places/never-seen", "/events"))
    expect(page.locator("main")).to_have_attribute("data-page", "explore.offline")


def test_a_booking_is_kept_only_where_its_family_asks_for_it(open_page):
    page = open_page("/events?q=Lettura", **WORKING)
    settled(page)
    page.locator("[data-free]:not([data-free='0']) h3 a").first.click()
    page.locator("a[href$='/book']").first.click()
    page.fill("[name=name]", "Amira")
    page.fill("[name=email]", "amira@example.org")
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url("**/bookings/**")
    own = page.url
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("main")).to_have_attribute("data-page", "explore.offline")
    page.context.set_offline(False)
    page.goto(own)
    page.locator("[data-keep]").click()
    expect(page.locator("[data-keep]")).to_have_attribute("aria-pressed", "true")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("main")).to_have_attribute("data-page", "bookings.show")
    expect(page.locator(".copy-note")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-keep]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-keep]").click()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("main")).to_have_attribute("data-page", "explore.offline")


def test_what_is_sent_without_a_network_is_not_lost(open_page):
    page = open_page("/sign-in", **WORKING)
    settled(page)
    page.fill("[name=email]", "amira@example.org")
    page.context.set_offline(True)
    page.locator("main form button.btn-main").click()
    expect(page.locator("main")).to_have_attribute("data-page", "explore.offline")
    page.context.set_offline(False)
    page.go_back()
    expect(page.locator("[name=email]")).to_have_value("amira@example.org")


def test_staff_pages_are_never_kept(open_page):
    page = open_page("/demo", **WORKING)
    settled(page)
    page.locator("form button").first.click()
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/studio")
    page.wait_for_load_state("networkidle")
    names = page.evaluate(
        "async () => { const all = []; for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) all.push(one.url); return all; }"
    )
    assert not [
        url
        for url in names
        if "/studio" in url or "/sign-in" in url or ("/demo" in url and "/static/" not in url)
    ]
