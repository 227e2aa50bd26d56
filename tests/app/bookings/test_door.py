"""At the door: who is here is marked with one press, found by name or code, printed and taken along as a table."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.commands import Book, Mark
from app.bookings.queries import people_of
from app.bookings.rules.door import DoorClosed, NothingToMark
from app.bookings.rules.status import BookingStatus
from app.core import clock
from app.core.actor import Grant, Role
from app.events.facts import OccurrenceView
from tests.app.events.browsing import enter, hidden_values
from tests.app.events.factory import again, make_date, make_place
from tests.client import CheckingClient

FORM = "/accessibility/feedback"  # any form of this browser
FAMILIES = (("Amira Ben", 1, 2), ("Élise D'Arc", 2, 0), ("=cmd|' /C calc'!A0", 1, 1))


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """A date with three families, and a fourth that waits."""
    with app.app_context():
        made = make_date(capacity=7)
        for name, adults, children in (*FAMILIES, ("Tarda", 1, 1)):
            service.book(
                made.public_id, Book(name, f"{abs(hash(name))}@example.org", adults, children, name, "it")
            )
        return made


@pytest.fixture
def host(app: Flask, client: CheckingClient, date: OccurrenceView) -> CheckingClient:
    """A browser signed in as the host of the date's place."""
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    return client


@pytest.fixture
def at_the_door(date: OccurrenceView):
    """It is half an hour before the beginning."""
    with clock.frozen(date.starts_at - timedelta(minutes=30)):
        yield


def url(date: OccurrenceView, *more: str) -> str:
    return "/".join((f"/studio/occurrences/{date.public_id}", *more))


def people(app: Flask, date: OccurrenceView) -> dict[str, tuple[str, BookingStatus]]:
    """Name → (id, state)."""
    with app.app_context():
        return {one.name: (one.public_id, one.status) for one in people_of(date.id)}


def press(client: CheckingClient, date: OccurrenceView, booking: str, status: str, **more: str):
    hidden = {"csrf_token": hidden_values(client.get(FORM).text)["csrf_token"]}
    return client.post(url(date, "people", booking), data=hidden | {"status": status} | more)


@pytest.mark.usefixtures("at_the_door")
def test_a_family_is_marked_and_the_mark_taken_back(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    amira, _ = people(app, date)["Amira Ben"]
    for status, said in (("attended", True), ("attended", True), ("no_show", False), ("confirmed", False)):
        answer = press(host, date, amira, status)
        assert (answer.status_code, answer.location) == (303, f"{url(date)}#b-{amira}")
        assert people(app, date)["Amira Ben"][1] == status
        page = host.get(f"{url(date)}?lang=it").text
        assert ("Già qui: 1 adulto e 2 bambini" in page) is said
    with app.app_context():
        assert again(date).seats_taken == 7


@pytest.mark.usefixtures("at_the_door")
def test_whoever_waits_or_gave_back_is_not_marked(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    late, _ = people(app, date)["Tarda"]
    answer = press(host, date, late, "attended")
    assert answer.status_code == 409
    assert people(app, date)["Tarda"][1] is BookingStatus.WAITLISTED
    with app.app_context(), pytest.raises(NothingToMark):
        service.mark(Mark(date.id, late, BookingStatus.CANCELLED))


@pytest.mark.parametrize("moment", ["long before", "long after"])
def test_too_early_and_too_late_are_explained(
    app: Flask, host: CheckingClient, date: OccurrenceView, moment: str
) -> None:
    amira, _ = people(app, date)["Amira Ben"]
    at = date.starts_at - timedelta(hours=4) if moment == "long before" else date.ends_at + timedelta(days=15)
    with clock.frozen(at), app.app_context(), pytest.raises(DoorClosed):
        service.mark(Mark(date.id, amira, BookingStatus.ATTENDED))
    assert "aria-pressed" not in host.get(url(date)).text
    assert press(host, date, amira, "attended").status_code == 409


@pytest.mark.usefixtures("at_the_door")
@pytest.mark.parametrize(
    ("sought", "found"),
    [("ami", 1), ("ben amira", 1), ("elise", 1), ("d'arc", 1), ("zzz", 0), ("", 4), ("<script>", 0)],
)
def test_a_family_is_found_by_name(
    host: CheckingClient, date: OccurrenceView, sought: str, found: int
) -> None:
    page = host.get(url(date), query_string={"q": sought, "lang": "it"}).text
    assert page.count('id="b-') == found
    assert ("non c&#39;è un nome" in page) is (found == 0)


@pytest.mark.usefixtures("at_the_door")
def test_a_family_is_found_by_its_code_however_it_is_read_out(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    amira, _ = people(app, date)["Amira Ben"]
    for typed in (
        amira,
        amira.upper(),
        amira[:5].upper().replace("0", "O").replace("1", "I"),
        f"{amira[:4]} {amira[4:]}",
    ):
        assert f'id="b-{amira}"' in host.get(url(date), query_string={"q": typed}).text


def test_the_table_opens_in_a_spreadsheet_and_holds_no_formula(
    host: CheckingClient, date: OccurrenceView
) -> None:
    for language, delimiter in (("it", ";"), ("en", ",")):
        answer = host.get(url(date, f"people.csv?lang={language}"))
        assert answer.content_type == "text/csv; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        rows = list(csv.reader(StringIO(answer.get_data().decode("utf-8-sig")), delimiter=delimiter))
        assert len(rows) == 5
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
        assert {row[1] for row in rows} >= {"Amira Ben", "Élise D'Arc", "'=cmd|' /C calc'!A0"}
        assert "@example.org" not in answer.text


def test_others_neither_see_nor_mark_nor_take_the_list(
    app: Flask, client: CheckingClient, date: OccurrenceView
) -> None:
    amira, _ = people(app, date)["Amira Ben"]
    assert client.get(url(date, "people.csv")).location == "/sign-in"
    with app.app_context():
        make_place("Altrove")
    enter(app, client, Grant(Role.HOST, place_id=date.place.id + 1))
    assert client.get(url(date, "people.csv")).status_code == 403
    with clock.frozen(date.starts_at):
        assert press(client, date, amira, "attended").status_code == 403
    assert people(app, date)["Amira Ben"][1] is BookingStatus.CONFIRMED


@pytest.mark.usefixtures("at_the_door")
@pytest.mark.parametrize("status", ["cancelled", "waitlisted", "", "x" * 1000])
def test_other_states_cannot_be_sent(
    app: Flask, host: CheckingClient, date: OccurrenceView, status: str
) -> None:
    amira, _ = people(app, date)["Amira Ben"]
    assert press(host, date, amira, status).status_code == 422
    assert press(host, date, "0000000000", "attended").status_code == 404
    assert people(app, date)["Amira Ben"][1] is BookingStatus.CONFIRMED
