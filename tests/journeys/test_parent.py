"""A parent finds a corner, books two seats, gives them back, and follows the calendar."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demo_site import fetch
from tests.khal import subscribe

HERE = {"latitude": 45.4520, "longitude": 9.1530}
READING = "Lettura 0-3"
MAIL_SECONDS = 20_000
WITHOUT_SCRIPTS = {"java_script_enabled": False}
TOMORROW = datetime.now(ZoneInfo("Europe/Rome")).date() + timedelta(days=1)


def test_the_nearest_open_changing_table_for_fathers_is_two_taps_away(open_page):
    page = open_page(geolocation=HERE, permissions=["geolocation"], has_touch=True)
    page.locator("[data-preset]").tap()
    page.wait_for_url("**near=**")
    places = page.locator("[data-list] [data-place]")
    distances = [metres(text) for text in places.locator(".place-now .muted").all_inner_texts()]
    assert distances
    assert distances == sorted(distances)
    places.first.locator("h3 a").tap()
    expect(page.locator("main")).to_have_attribute("data-page", "places.detail")
    expect(page.locator("[data-opening]").first).to_have_attribute("data-opening", re.compile("open|closing"))
    for_fathers = page.locator(".answers [data-amenity='changing_table_fathers']")
    expect(for_fathers).to_have_attribute("data-answer", "yes")


def test_a_refused_location_leads_to_the_field_for_a_street(open_page):
    page = open_page(permissions=[])
    page.locator("[data-locate]").click()
    expect(page.locator("#where")).to_be_focused()
    page.locator("#where").fill("via Savona")
    page.locator("#where").press("Enter")
    page.wait_for_url("**where=**")
    expect(page.locator("[data-list] [data-place]").first).to_be_visible()


def test_the_preset_without_a_location_says_what_to_do(open_page):
    page = open_page()
    page.click("[data-preset]")
    page.wait_for_selector("[aria-current=true][data-preset]")
    sentence = page.locator("[data-locate-status]")
    assert "Nessun problema" in sentence.inner_text()
    assert "error" not in (sentence.get_attribute("class") or "")
    page.reload()
    assert page.locator("[data-locate-status]").is_hidden()


def test_the_map_draws_its_points(open_page):
    page = open_page("/?view=map")
    expect(page.locator("#map")).to_have_attribute("data-state", "ready", timeout=15_000)
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("schematica e approssimata")


def test_no_pin_covers_another_one(open_page):
    page = open_page("/?view=map&bbox=9.10,45.42,9.20,45.48")
    expect(page.locator("#map")).to_have_attribute("data-state", "ready", timeout=15_000)
    for _ in range(3):
        boxes = [pin.bounding_box() for pin in page.locator(".pin").all()]
        middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
        for number, (x, y) in enumerate(middles):
            for other_x, other_y in middles[number + 1 :]:
                assert max(abs(x - other_x), abs(y - other_y)) >= 30
        if not page.locator(".pin-cluster").count():
            break
        with page.expect_response("**/api/v1/map?*"):
            page.locator(".pin-cluster").first.dispatch_event("click")
        page.wait_for_timeout(600)  # the map flies for 0.4 s
    assert page.locator(".pin[data-pin]").count() > 0


def test_an_opened_ring_gives_way_to_what_it_held(open_page):
    page = open_page("/?view=map")
    expect(page.locator("#map")).to_have_attribute("data-state", "ready", timeout=15_000)
    ring = page.locator(".pin-cluster").first
    opened = page.evaluate("(ring) => { window.opened = ring; return true; }", ring.element_handle())
    assert opened
    with page.expect_response("**/api/v1/map?*"):
        ring.focus()
        page.keyboard.press("Enter")
    page.wait_for_function("() => !window.opened.isConnected", timeout=10_000)


@pytest.mark.parametrize("hour", range(0, 24, 4))
def test_at_every_hour_of_the_night_and_day_one_is_open(open_page, hour):
    at = f"{TOMORROW.isoformat()}T{hour:02}:30"
    page = open_page(f"/?amenity=changing_table_fathers&open={at}")
    expect(page.locator("[data-list] [data-place]").first).to_be_visible()


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPTS], ids=["with scripts", "without scripts"])
def test_two_seats_are_booked_and_given_back(open_page, options):
    page = open_page("/events", **options)
    card = page.locator("article", has_text=READING).and_(page.locator("[data-free='2']")).first
    expect(card.locator(".when")).to_contain_text("10:00")
    card.locator("h3 a, h2 a").first.click()
    occurrence = page.locator("main").get_attribute("data-occurrence")
    book(page)
    expect(page.locator("main")).to_have_attribute("data-status", "confirmed")
    expect(page.locator("main")).to_have_attribute("data-occurrence", str(occurrence))
    assert page.locator("main").get_attribute("data-token") in page.url
    page.goto(page.locator("a.btn-risk").get_attribute("href") or "")
    page.locator("main form button").click()
    expect(page.locator("main")).to_have_attribute("data-status", "cancelled")
    page.goto(f"/occurrences/{occurrence}")
    expect(page.locator("main")).to_have_attribute("data-free", "2")


def test_the_mail_leads_back_to_the_booking(open_page):
    page = open_page("/events")
    page.locator("article", has_text=READING).and_(page.locator("[data-free='2']")).first.locator(
        "h3 a, h2 a"
    ).first.click()
    book(page, email="sara.posta@example.org")
    token = page.locator("main").get_attribute("data-token")
    letter = wait_for_letter(page, "sara.posta@example.org")
    letter.click()
    expect(page.locator("main")).to_have_attribute("data-page", re.compile("demo"))
    page.locator(f"main a[href*='{token}']").first.click()
    expect(page.locator("main")).to_have_attribute("data-token", str(token))
    if page.locator("main").get_attribute("data-page") == "bookings.show":
        page.locator("a.btn-risk").click()
    page.locator("main form button").click()
    expect(page.locator("main")).to_have_attribute("data-status", "cancelled")


def test_khal_follows_the_feed_of_the_bookshop(open_page, khal, tmp_path):
    page = open_page("/events")
    card = page.locator("article", has_text=READING).and_(page.locator("[data-free='2']")).first
    card.locator("a.card-link").click()
    address = page.locator("#subscribe-address").input_value()
    assert page.locator(f"a[href='{address.replace('http://', 'webcal://')}']").count() == 1
    subscribe(khal, tmp_path, fetch(address))
    listed = khal("list", "--format", "{start-long} {title}", TOMORROW.isoformat(), "1d")
    assert f"{TOMORROW.isoformat()} 10:00 {READING}" in listed


def test_the_moved_and_the_cancelled_date_are_visible_in_the_feed(demo_address, khal, tmp_path):
    feed = fetch(f"{demo_address}/feeds/network.ics")
    assert b"RECURRENCE-ID" in feed
    assert b"STATUS:CANCELLED" in feed
    subscribe(khal, tmp_path, feed)
    listed = khal("list", "--format", "{title}", TOMORROW.isoformat(), "21d")
    assert re.search("Spostat|Nuova data|New date", listed)
    assert re.search("Annullat|Cancelled", listed)


def metres(text: str) -> float:
    """ "350 m" or "1,2 km" as a number of metres."""
    number = float(re.sub(r"[^\d.,]", "", text).replace(",", "."))
    return number * 1000 if "km" in text else number


def book(page: Page, *, email: str = "sara@example.org") -> None:
    """Two seats: an adult and a child, as the form proposes."""
    page.locator("a[href$='/book']").first.click()
    page.locator("#name").fill("Sara Prova")
    page.locator("#email").fill(email)
    page.locator("main form button[type=submit]").last.click()


def wait_for_letter(page: Page, to: str):
    """The worker writes it within seconds."""
    letter = page.locator("main li", has_text=to).locator("a").first
    for _ in range(MAIL_SECONDS // 500):
        page.goto("/demo/mail")
        if letter.count():
            return letter
        page.wait_for_timeout(500)
    raise AssertionError("no mail arrived")


def test_suggestions_are_chosen_by_keyboard_or_finger_and_closed_by_escape(open_page):
    page = open_page()
    field, options = page.locator("#where"), page.locator("[role=option]")
    field.press_sequentially("porta gen")
    expect(options.first).to_contain_text("Porta Genova")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("porta gen")
    field.press_sequentially("ova")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**near=45.453**")
    field.fill("fasciat")
    options.first.click()
    page.wait_for_url("**amenity=changing_table**")
