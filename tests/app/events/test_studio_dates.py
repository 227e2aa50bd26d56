"""However many dates there are, whoever looks after a place reaches each of them."""

import re
from datetime import timedelta

import html5lib
from flask import Flask

from app.core import clock
from app.core.actor import Grant, Role
from app.events import queries, service
from app.events.queries import first_of_places
from app.events.studio_pages import DATES_OF_EACH, FEW_PLACES
from app.places.queries import staff_place
from tests.app.events.browsing import enter
from tests.app.events.counting import statements
from tests.app.events.factory import (
    again,
    all_dates,
    event_command,
    in_days,
    make_date,
    make_event,
    make_place,
)
from tests.client import CheckingClient

DAILY = "FREQ=DAILY;COUNT=230"
NOTHING = "No date is planned for now."
BEYOND = "The list ends before this page."


def host_of(app: Flask, client: CheckingClient, *places: str) -> None:
    """Sign in as the host of these places (public ids)."""
    with app.app_context():
        found = [staff_place(place) for place in places]
    enter(app, client, *(Grant(Role.HOST, place_id=place.id) for place in found))


def dates_on(html: str) -> list[str]:
    return re.findall(r'<article[^>]* data-occurrence="([0-9a-z]{10})"', html)


def test_a_place_whose_first_date_lies_far_ahead_is_not_told_that_it_has_none(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        busy, quiet = make_place("Affollata"), make_place("Zitta")
        make_event(busy, rrule=DAILY)
        late = make_date(place_id=quiet, starts_local=in_days(300))
    host_of(app, client, busy, quiet)
    page = client.get("/studio?lang=en").text
    assert late.public_id in dates_on(page)
    assert len(dates_on(page)) == DATES_OF_EACH + 1
    assert NOTHING not in page


def test_every_coming_date_of_a_place_is_on_one_of_its_pages_in_order(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        busy = make_place()
        make_event(busy, rrule=DAILY)
        expected = [date.public_id for date in all_dates()]
    host_of(app, client, busy)
    url: str | None = re.findall(rf'href="(/studio/places/{busy})"', client.get("/studio").text)[0]
    found: list[str] = []
    while url:
        page = client.get(url).text
        found += dates_on(page)
        url = next(iter(re.findall(r'rel="next" href="([^"]+)"', page)), None)
    assert found == expected
    assert len(found) == 230


def test_only_a_place_without_dates_is_told_so(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        date, empty = make_date(), make_place("Vuota")
    host_of(app, client, date.place.public_id, empty)
    assert client.get("/studio?lang=en").text.count(NOTHING) == 1
    assert NOTHING in client.get(f"/studio/places/{empty}?lang=en").text
    assert NOTHING not in client.get(f"/studio/places/{date.place.public_id}?lang=en").text
    page = client.get(f"/studio/places/{date.place.public_id}?lang=en&page=9").text
    assert BEYOND in page
    assert NOTHING not in page


def test_the_first_dates_of_each_place_are_those_not_over_cancelled_and_unpublished_ones_too(
    app: Flask,
) -> None:
    with app.app_context():
        place = make_place()
        service.create_event(event_command(place, rrule="FREQ=WEEKLY;COUNT=4"))
        other = make_date(place_id=make_place("Altrove"))
        hidden = make_date(place_id=make_place("Nascosta"), starts_local=in_days(30))
        service.update_event(
            hidden.event_public_id,
            event_command(hidden.place.public_id, starts_local=in_days(30), is_published=False),
        )
        over, on_now, cancelled, third = [date for date in all_dates() if date.place.public_id == place]
        service.cancel_occurrence(cancelled.public_id)
        keys = [over.place.id, other.place.id, hidden.place.id]
        found = first_of_places(keys, from_at=on_now.starts_at + timedelta(minutes=5), each=2)
        assert found == {
            over.place.id: [again(on_now), again(cancelled)],
            other.place.id: [],
            hidden.place.id: [queries.occurrence_for_staff(hidden.public_id)],
        }
        assert first_of_places([], from_at=clock.now(), each=2) == {}
        assert third not in found[over.place.id]


def test_many_dates_and_places_ask_no_more_of_the_database(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        places = [make_place(f"Luogo {number}") for number in range(FEW_PLACES)]
        make_event(places[0])
    urls = ("/studio", f"/studio/places/{places[0]}")
    host_of(app, client, places[0])
    few = [len(asked(app, client, url)) for url in urls]
    with app.app_context():
        for place in places:
            make_event(place, rrule="FREQ=WEEKLY;COUNT=9")
    host_of(app, client, *places)
    many = [len(asked(app, client, url)) for url in urls]
    assert many <= few


def asked(app: Flask, client: CheckingClient, url: str) -> list[str]:
    """The statements of the second of two visits, when what is remembered is there."""
    client.get(url)
    with statements(app) as sent:
        client.get(url)
    return sent


def test_a_draft_stands_on_its_host_s_lists_and_says_so(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        hidden = make_date()
        place = hidden.place.public_id
        service.update_event(hidden.event_public_id, event_command(place, is_published=False))
    host_of(app, client, place)
    for url in ("/studio", f"/studio/places/{place}"):
        page = client.get(f"{url}?lang=it").text
        assert hidden.public_id in dates_on(page)
        assert "Bozza: non pubblicata" in page
        assert f'href="/occurrences/{hidden.public_id}"' not in page
    with app.app_context():
        service.update_event(hidden.event_public_id, event_command(place, is_published=True))
    page = client.get("/studio?lang=it").text
    assert "Bozza" not in page
    assert f'href="/occurrences/{hidden.public_id}"' in page


def test_each_button_says_of_which_date_it_is(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        place = make_place()
        make_event(place, rrule="FREQ=WEEKLY;COUNT=4")
        off = all_dates()[2]
        service.cancel_occurrence(off.public_id)
    host_of(app, client, place)
    for language in ("it", "en", "ar"):
        for url in ("/studio", f"/studio/places/{place}"):
            buttons = buttons_on(client.get(f"{url}?lang={language}").text)
            names = [name for _, name in buttons]
            assert len(names) == len(set(names)) == 1 + 3 * 7 + 2
            assert all(name.startswith(words) and name != words for words, name in buttons)


def buttons_on(html: str) -> list[tuple[str, str]]:
    """What stands on each button of a date or place, and its full name."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    links = [link for link in root.iter("a") if link.get("data-verb")]
    return [("".join(link.itertext()).strip(), str(link.get("aria-label"))) for link in links]
