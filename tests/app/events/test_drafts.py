"""A draft is kept where only its hosts see it, looked at as its page will be, and published later."""

import pytest
from flask import Flask

from app.core import clock
from app.core.actor import Grant, Role
from app.events.facts import OccurrenceView
from app.events.queries import first_of_places
from tests.app.events.browsing import enter, hidden_values, submit
from tests.app.events.factory import make_date
from tests.app.events.test_studio import typed
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


@pytest.fixture
def draft(app: Flask, host: CheckingClient, date: OccurrenceView) -> OccurrenceView:
    """What the host typed and saved as a draft."""
    answer = submit(host, f"/studio/places/{date.place.public_id}/events/new", **typed(draft="1"))
    assert answer.status_code == 303
    with app.app_context():
        found = first_of_places([date.place.id], from_at=clock.now(), each=9)[date.place.id]
    return next(one for one in found if one.title.within("it").value == "Fiabe")


def everywhere(client: CheckingClient, draft: OccurrenceView) -> list[bool]:
    """Whether it can be read: in the programme, by search, on its place, on its own pages, in the calendars."""
    place = f"/places/{draft.place.slug}"
    pages = [client.get(url).text for url in ("/events", "/events?q=fiabe", place)]
    feeds = [client.get(url).text for url in ("/feeds/network.ics", f"/feeds{place}.ics")]
    own = [
        client.get(url).status_code == 200
        for url in (f"/events/{draft.event_slug}", f"/occurrences/{draft.public_id}")
    ]
    return [">Fiabe<" in page for page in pages] + [":Fiabe\r\n" in feed for feed in feeds] + own


def test_a_draft_is_seen_by_its_hosts_alone_until_it_is_published(
    app: Flask, host: CheckingClient, draft: OccurrenceView
) -> None:
    assert not draft.is_published
    assert not any(everywhere(host, draft))
    mine = host.get(f"/studio/places/{draft.place.public_id}?lang=en").text
    assert "Draft: not published" in mine
    edit = f"/studio/events/{draft.event_public_id}"
    form = host.get(f"{edit}?lang=en").text
    assert "Save the draft" in form
    seen = hidden_values(form)["seen"]
    submit(host, edit, seen=seen, **typed(draft="1", price="2 €"))
    assert not any(everywhere(host, draft))
    seen = hidden_values(host.get(edit).text)["seen"]
    submit(host, edit, seen=seen, **typed(price="2 €"))
    assert all(everywhere(host, draft))
    assert "2 €" in host.get(f"/events/{draft.event_slug}").text


def test_the_preview_is_its_page_for_hosts_alone(
    app: Flask, host: CheckingClient, draft: OccurrenceView
) -> None:
    preview = f"/studio/events/{draft.event_public_id}/preview"
    page = host.get(f"{preview}?lang=en").text
    assert "Fiabe" in page
    assert "Only who looks after the place" in page
    assert page.count("data-occurrence=") == 4
    assert "/book" not in page.replace("/bookings/find", "")
    host.delete_cookie("session_id")
    assert host.get(preview).status_code == 303


def test_what_is_published_never_becomes_a_draft_again(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    edit = f"/studio/events/{date.event_public_id}"
    seen = hidden_values(host.get(edit).text)["seen"]
    submit(host, edit, seen=seen, **typed(draft="1"))
    assert "Fiabe" in host.get(f"/events/{date.event_slug}").text


def test_nobody_books_a_draft(host: CheckingClient, draft: OccurrenceView) -> None:
    assert host.get(f"/occurrences/{draft.public_id}/book").status_code == 404
    assert host.get(f"/occurrences/{draft.public_id}.ics").status_code == 404
