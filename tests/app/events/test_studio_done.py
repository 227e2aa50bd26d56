"""After each thing that a host does the next page says what happened, to which date, and who hears of it."""

import re

import html5lib
import pytest
from flask import Flask

from app.bookings import service as bookings
from app.bookings.commands import Book
from app.core import clock
from app.core.actor import Grant, Role
from app.core.pagination import PAGE_SIZE
from app.events import service
from app.events.facts import OccurrenceView
from app.events.rules.schedule import to_local
from app.events.service import cancel_occurrence, reinstate_occurrence
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import (
    ROME,
    all_dates,
    event_command,
    in_days,
    make_date,
    make_event,
    make_place,
)
from tests.client import CheckingClient


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """One date at one place."""
    with app.app_context():
        return make_date()


@pytest.fixture
def host(app: Flask, client: CheckingClient, date: OccurrenceView) -> CheckingClient:
    """A browser signed in as the host of that place."""
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    return client


def book(app: Flask, date: OccurrenceView, *names: str) -> None:
    """Each of these families books a seat for an adult and one for a child."""
    with app.app_context():
        for name in names:
            bookings.book(date.public_id, Book(name, f"{name}@example.org", 1, 1, f"key-{name}", "it"))


def notice(html: str) -> str:
    """What role=status says, "" where there is none."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    found = [node for node in root.iter() if node.get("role") == "status"]
    assert len(found) <= 1
    return " ".join("".join(found[0].itertext()).split()) if found else ""


def after(host: CheckingClient, date: OccurrenceView, verb: str, **typed: str) -> str:
    """The page on which the host lands."""
    answer = submit(host, f"/studio/occurrences/{date.public_id}/{verb}", **typed)
    assert answer.status_code == 303
    return host.get(answer.location, query_string={"lang": "en"}).text


def test_publishing_says_so_once_and_leads_to_the_public_page(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    typed = {"title": "Fiabe", "day": in_days(5).date().isoformat(), "hour": "17:00"}
    answer = submit(host, f"/studio/places/{date.place.public_id}/events/new", **typed)
    page = host.get(answer.location).text
    with app.app_context():
        (new,) = [found for found in all_dates() if found.public_id != date.public_id]
    assert "Pubblicato: è in programma. Fiabe" in notice(page)
    assert f'<a class="link" href="/occurrences/{new.public_id}">' in page
    assert notice(host.get(answer.location).text) == ""


def test_moving_says_the_new_time_and_how_many_families_are_written_to(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    book(app, date, "amira", "bruno")
    page = after(host, date, "move", day=in_days(6).date().isoformat(), hour="18:30")
    assert "Moved: this is the new time." in notice(page)
    assert "18:30" in notice(page)
    assert "We write to 2 families that had booked." in notice(page)


def test_moving_to_where_it_was_says_that_nothing_changed(host: CheckingClient, date: OccurrenceView) -> None:
    at = to_local(date.starts_at, ROME)
    page = after(host, date, "move", day=at.date().isoformat(), hour=f"{at:%H:%M}")
    assert "Nothing changed" in notice(page)
    assert "write" not in notice(page)


def test_at_a_place_that_is_not_published_nothing_is_said_to_be_on_the_programme(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        place = make_place("Nascosto", is_published=False)
    enter(app, client, Grant(Role.OPERATOR))
    typed = {"title": "Fiabe", "day": in_days(5).date().isoformat(), "hour": "17:00"}
    answer = submit(client, f"/studio/places/{place}/events/new", **typed)
    page = client.get(answer.location, query_string={"lang": "en"}).text
    assert "Saved: it is shown when the place is published." in notice(page)
    assert "/occurrences/" not in notice(page)
    assert "Not published" in page


def test_cancelling_and_reinstating_say_what_becomes_of_bookings(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    book(app, date, "amira")
    assert "We write to 1 family that had booked." in notice(after(host, date, "cancel"))
    assert "1 family that had booked has its place again" in notice(after(host, date, "reinstate"))
    assert "We write to 1 family" in notice(after(host, date, "cancel"))


def test_a_second_press_does_not_take_back_what_the_first_one_said(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    book(app, date, "amira")
    url = f"/studio/occurrences/{date.public_id}/cancel"
    hidden = hidden_values(host.get(url).text)
    for _ in range(2):
        answer = host.post(url, data=hidden)
        assert answer.status_code == 303
    assert "We write to 1 family" in notice(host.get(answer.location, query_string={"lang": "en"}).text)


def test_what_is_no_longer_true_is_not_said(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    landed = submit(host, f"/studio/occurrences/{date.public_id}/cancel").location
    with app.app_context():
        reinstate_occurrence(date.public_id)
    assert notice(host.get(landed).text) == ""


def test_the_notice_speaks_of_a_date_at_this_place_only(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    enter(app, client, Grant(Role.OPERATOR))
    with app.app_context():
        other = make_place("Altrove")
    submit(client, f"/studio/occurrences/{date.public_id}/cancel")
    assert notice(client.get(f"/studio/places/{other}").text) == ""


def test_no_address_can_make_the_page_say_it(host: CheckingClient, date: OccurrenceView) -> None:
    url = f"/studio/places/{date.place.public_id}?done=cancelled&date={date.public_id}"
    assert notice(host.get(url).text) == ""


def test_the_host_lands_where_the_date_stands(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    with app.app_context():
        make_event(date.place.public_id, starts_local=in_days(1), rrule="FREQ=DAILY;COUNT=60")
    last = in_days(2 + PAGE_SIZE).date().isoformat()
    answer = submit(host, f"/studio/occurrences/{date.public_id}/move", day=last, hour="23:00")
    assert answer.location.endswith("?page=2")
    page = host.get(answer.location).text
    assert re.search(rf'is-changed" data-occurrence="{date.public_id}"', page)


def test_a_draft_s_notice_leads_to_no_public_page(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    with app.app_context():
        hidden = make_date(place_id=date.place.public_id)
        service.update_event(hidden.event_public_id, event_command(date.place.public_id, is_published=False))
    page = after(host, hidden, "cancel")
    assert "Cancelled" in notice(page)
    assert f'href="/occurrences/{hidden.public_id}"' not in page


@pytest.mark.parametrize("verb", ["move", "cancel"])
def test_a_cancelled_date_offers_to_take_place_instead(
    app: Flask, host: CheckingClient, date: OccurrenceView, verb: str
) -> None:
    url = f"/studio/occurrences/{date.public_id}/{verb}"
    typed = hidden_values(host.get(url).text) | {"day": in_days(6).date().isoformat(), "hour": "18:30"}
    with app.app_context():
        cancel_occurrence(date.public_id)
    page = host.get(f"{url}?lang=en").text
    assert "This date is cancelled" in page
    assert f'href="/studio/occurrences/{date.public_id}/reinstate"' in page
    assert "<form" not in page
    assert host.post(url, data=typed).status_code == (409 if verb == "move" else 303)


def test_a_date_on_the_programme_has_nothing_to_be_reinstated(
    host: CheckingClient, date: OccurrenceView
) -> None:
    page = host.get(f"/studio/occurrences/{date.public_id}/reinstate?lang=en").text
    assert "This date is on the programme" in page
    assert "<form" not in page


@pytest.mark.parametrize("verb", ["move", "cancel", "reinstate"])
def test_a_date_that_has_begun_is_explained(host: CheckingClient, date: OccurrenceView, verb: str) -> None:
    url = f"/studio/occurrences/{date.public_id}/{verb}"
    form = f"/studio/occurrences/{date.public_id}/cancel"
    typed = hidden_values(host.get(form).text) | {"day": in_days(6).date().isoformat(), "hour": "18:30"}
    with clock.frozen(date.starts_at):
        page = host.get(f"{url}?lang=en").text
        assert "This date has already begun: it can no longer be changed." in page
        assert "<form" not in page
        is_needless = verb == "reinstate"  # it takes place as it is
        assert host.post(url, data=typed).status_code == (303 if is_needless else 409)
