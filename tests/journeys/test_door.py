"""At the door with one hand: twenty families are checked in by code and by name, also while the network is gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.accounts.commands import SavePerson
from app.accounts.service import save_person, sign_in_person
from app.accounts.session_cookie import cookie_name
from app.bookings import service
from app.bookings.commands import Book, Mark
from app.bookings.queries import people_of
from app.bookings.rules.status import BookingStatus
from app.core import clock
from app.core.actor import Grant, Role
from app.events.facts import OccurrenceView
from app.events.rules.schedule import to_local
from tests.app.events.factory import ROME, make_date
from tests.browser import served_app

__all__ = ["served_app"]

LETTERS_A_SECOND, SECONDS = 5, 60
NAMES = (
    "Ada", "Bea", "Carla", "Dina", "Elsa", "Fatima", "Gina", "Hana", "Irma", "Lina",
    "Marco", "Nadia", "Olga", "Piero", "Rosa", "Sara", "Tea", "Ugo", "Vera", "Zoe",
)  # fmt: skip
# The browser of the tests has no camera's reader: this one finds what it is told.
READER = """
window.BarcodeDetector = class { static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return window.shown ? [{ rawValue: window.shown }] : []; } };
navigator.mediaDevices.getUserMedia = async (asked) => { window.asked = asked; return document.createElement("canvas").captureStream(); };
"""


@pytest.fixture
def date(served_app: tuple[Any, str]) -> OccurrenceView:
    """Twenty families of two have booked a date that begins in half an hour."""
    with served_app[0].app_context():
        starts = to_local(clock.now() + timedelta(minutes=30), ROME).replace(second=0, microsecond=0)
        made = make_date(starts_local=starts, capacity=40, email_optional=True)
        for name in NAMES:
            service.book(made.public_id, Book(f"{name} Prova", None, 1, 1, name, "it"))
        return made


@pytest.fixture
def door(open_page: Callable[..., Page], served_app: tuple[Flask, str], date: OccurrenceView) -> Page:
    """Its host has the check-in open on a phone."""
    app, base = served_app
    with app.app_context():
        host = save_person(
            SavePerson("rosa@example.org", "Rosa", "it", (Grant(Role.HOST, place_id=date.place.id),))
        )
        name, value = cookie_name(app.extensions["settings"]), sign_in_person(host)
    page = open_page("/about", has_touch=True)
    page.add_init_script(READER)
    page.context.add_cookies([{"name": name, "value": value, "url": base}])
    page.goto(f"/studio/occurrences/{date.public_id}/check-in")
    expect(page.locator("main")).to_have_attribute("data-page", "check_in.index")
    return page


def codes(app: Flask, date: OccurrenceView) -> dict[str, str]:
    """First name → code."""
    with app.app_context():
        return {one.name.split()[0]: one.public_id.upper() for one in people_of(date.id)}


def here(app: Flask, date: OccurrenceView) -> set[str]:
    """Who is marked as here."""
    with app.app_context():
        return {one.name.split()[0] for one in people_of(date.id) if one.status is BookingStatus.ATTENDED}


def enter(page: Page, text: str) -> int:
    """Type and press Enter, in the field that is ready; returns how many keys that took."""
    expect(page.locator("#code")).to_be_focused()
    expect(page.locator("#code")).to_have_value("")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    return len(text) + 1


def test_twenty_families_are_checked_in_within_a_minute_and_a_network_gap_stops_nobody(
    door: Page, served_app: tuple[Flask, str], date: OccurrenceView
) -> None:
    known, keys = codes(served_app[0], date), 0
    for number, name in enumerate(NAMES):
        if number == 9:
            expect(door.locator("[data-unsent-line]")).to_be_hidden()
            door.context.set_offline(True)
        keys += enter(door, name if number % 2 else known[name])
        expect(door.locator("[data-verdict]")).to_contain_text(f"{name} è qui")
        expect(door.locator("[data-count=people-here]")).to_have_text(str(2 * (number + 1)))
        if number == 12:
            expect(door.locator("[data-unsent-line]")).to_contain_text("Segni da inviare: 4")
            assert here(served_app[0], date) == set(NAMES[:9])
            door.context.set_offline(False)
    expect(door.locator("[data-unsent-line]")).to_be_hidden()
    assert here(served_app[0], date) == set(NAMES)
    assert keys / LETTERS_A_SECOND <= SECONDS


def test_marks_outlive_a_reload_and_a_later_mark_elsewhere_stands(
    door: Page, served_app: tuple[Flask, str], date: OccurrenceView
) -> None:
    app, known = served_app[0], codes(served_app[0], date)
    door.context.set_offline(True)
    enter(door, "Ada")
    enter(door, "Bea")
    with app.app_context():
        ada = known["Ada"].lower()
        service.mark(service_mark(date, ada))
    door.context.set_offline(False)
    expect(door.locator("[data-conflicts] li")).to_contain_text("Ada")
    assert here(app, date) == {"Bea"}
    door.reload()
    expect(door.locator("[data-count=people-here]")).to_have_text("2")
    expect(door.locator("[data-unsent-line]")).to_be_hidden()


def service_mark(date: OccurrenceView, booking: str) -> Any:
    """Somebody else notes, now, that a family did not come."""
    return Mark(date.id, booking, BookingStatus.NO_SHOW)


def test_a_ticket_is_scanned_once_and_the_camera_is_asked_for_only_then(
    door: Page, served_app: tuple[Flask, str], date: OccurrenceView
) -> None:
    app, base = served_app
    address = f"{base}/studio/occurrences/{date.public_id}/check-in?code={codes(app, date)['Zoe']}"
    assert door.evaluate("window.asked === undefined")
    door.get_by_role("button", name="Leggi il codice QR").click()
    expect(door.locator("[data-camera]")).to_be_visible()
    door.evaluate("(address) => { window.shown = address; }", address)
    expect(door.locator("[data-verdict]")).to_contain_text("Zoe è qui")
    expect(door.locator("[data-unsent-line]")).to_be_hidden()
    assert here(app, date) == {"Zoe"}
    door.get_by_role("button", name="Leggi il codice QR").click()
    expect(door.locator("[data-camera]")).to_be_hidden()


def test_a_whole_name_is_asked_of_the_server_and_undo_takes_it_back(
    door: Page, served_app: tuple[Flask, str], date: OccurrenceView
) -> None:
    enter(door, "prova pie")
    expect(door.locator("[data-verdict]")).to_contain_text("Piero è qui")
    enter(door, "Piero")
    expect(door.locator("[data-verdict]")).to_contain_text("Piero risulta già qui")
    door.get_by_role("button", name="Annulla il segno").click()
    expect(door.locator("[data-verdict]")).to_contain_text("il segno è tolto")
    expect(door.locator("[data-unsent-line]")).to_be_hidden()
    expect(door.locator("[data-count=people-here]")).to_have_text("0")
    assert here(served_app[0], date) == set()


def test_names_are_never_stored_and_signing_out_leaves_nothing_behind(door: Page) -> None:
    door.context.set_offline(True)
    enter(door, "Ada")
    stored = door.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    assert "attended" in stored
    assert "Ada" not in stored
    door.context.set_offline(False)
    expect(door.locator("[data-unsent-line]")).to_be_hidden()
    door.evaluate("sessionStorage.setItem('door:other', '[]')")
    door.goto("/studio")
    door.get_by_role("button", name="Esci").click()
    expect(door.locator("main")).not_to_have_attribute("data-page", "studio.index")
    assert door.evaluate("sessionStorage.length") == 0
