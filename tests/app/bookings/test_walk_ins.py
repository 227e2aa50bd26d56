"""Families who come without having booked: seats while there are some, then counted heads, and nobody's place is sold twice."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.commands import AddFamily, Book, Mark, MarkLate
from app.bookings.queries import people_of
from app.bookings.rules.door import NothingToMark
from app.bookings.rules.marks import Settled
from app.bookings.rules.status import BookingSource, BookingStatus
from app.bookings.rules.walk_in import NoSeatForThem
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.core.mail.models import OutboxMessage
from app.events import service as events
from app.events.facts import OccurrenceView
from tests.app.events.browsing import enter, hidden_values
from tests.app.events.factory import again, make_date
from tests.client import CheckingClient

FORMULA = "=1+1"


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """Five places, three taken by a family whose name is a formula."""
    with app.app_context():
        made = make_date(capacity=5)
        service.book(made.public_id, Book(FORMULA, "anna@example.org", 1, 2, "anna", "it"))
        return made


@pytest.fixture
def host(app: Flask, client: CheckingClient, date: OccurrenceView) -> CheckingClient:
    """A browser signed in as the host, half an hour before the beginning."""
    enter(app, client, Grant(Role.HOST, place_id=date.place.id))
    return client


@pytest.fixture
def at_the_door(date: OccurrenceView):
    with clock.frozen(date.starts_at - timedelta(minutes=30)):
        yield


def url(date: OccurrenceView, *more: str) -> str:
    return "/".join((f"/studio/occurrences/{date.public_id}", *more))


def add(client: CheckingClient, date: OccurrenceView, **typed: str):
    hidden = hidden_values(client.get(f"{url(date)}?lang=en").text)
    return client.post(
        url(date, "people"), data=hidden | {"name": "Nora", "adults": "1", "children": "1"} | typed
    )


def walk_ins(app: Flask, date: OccurrenceView) -> list[tuple[str, int, BookingStatus]]:
    with app.app_context():
        added = [one for one in people_of(date.id) if one.source is BookingSource.HOST]
        return [(one.name, one.seats, one.status) for one in added]


@pytest.mark.usefixtures("at_the_door")
def test_a_family_at_the_door_is_here_at_once_and_takes_its_seats(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    answer = add(host, date)
    assert answer.status_code == 303
    assert walk_ins(app, date) == [("Nora", 2, BookingStatus.ATTENDED)]
    page = host.get(f"{url(date)}?lang=en").text
    assert "added at the door" in page
    assert "Here so far: 1 adult and 1 child" in page
    with app.app_context():
        assert again(date).seats_taken == 5
        assert db.session.query(OutboxMessage).count() == 1  # of the family that booked


@pytest.mark.usefixtures("at_the_door")
def test_a_double_press_is_one_family(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    sent = hidden_values(host.get(url(date)).text) | {"name": "Nora", "adults": "1", "children": "0"}
    first, second = (host.post(url(date, "people"), data=sent) for _ in range(2))
    assert first.location == second.location
    assert len(walk_ins(app, date)) == 1


@pytest.mark.usefixtures("at_the_door")
def test_above_the_capacity_the_host_is_told_and_decides(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    refused = add(host, date, adults="2", children="1")
    assert refused.status_code == 409
    assert "2 places are free and this family needs 3." in refused.text
    assert 'value="Nora"' in refused.text
    assert walk_ins(app, date) == []
    assert add(host, date, adults="2", children="1", anyway="1").status_code == 303
    assert walk_ins(app, date) == [("Nora", 0, BookingStatus.ATTENDED)]
    with app.app_context():
        assert (again(date).seats_taken, again(date).free) == (3, 2)
    page = host.get(f"{url(date)}?lang=en").text
    assert "3 adults and 3 children" in page
    assert "More than the places: 2 adults and 1 child" in page


def test_before_the_door_opens_nobody_is_added_above_the_capacity(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        service.add_family(AddFamily(date.id, "Olga", 1, 0, "phone", "it"))
        assert walk_ins(app, date) == [("Olga", 1, BookingStatus.CONFIRMED)]
        with pytest.raises(NoSeatForThem):
            service.add_family(AddFamily(date.id, "Pia", 4, 0, "more", "it", comes_anyway=True))


def test_what_a_queue_waits_for_is_not_given_away_before_the_beginning(
    app: Flask, date: OccurrenceView
) -> None:
    with app.app_context():
        service.book(date.public_id, Book("Bea", "b@example.org", 3, 0, "bea", "it", accepts_waiting=True))
        with pytest.raises(NoSeatForThem):
            service.add_family(AddFamily(date.id, "Olga", 1, 0, "early", "it"))
        with clock.frozen(date.starts_at + timedelta(minutes=5)):
            service.add_family(AddFamily(date.id, "Olga", 1, 0, "late", "it"))
        assert again(date).seats_taken == 4


@pytest.mark.usefixtures("at_the_door")
def test_a_family_is_taken_off_again_and_twice_is_once(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    for anyway, seats in ((None, 5), ("1", 3)):
        more = {"adults": "9", "anyway": anyway} if anyway else {}
        added = add(host, date, **more).location.rpartition("#b-")[2]
        with app.app_context():
            assert again(date).seats_taken == seats
        token = {"csrf_token": hidden_values(host.get(url(date)).text)["csrf_token"]}
        for _ in range(2):
            assert host.post(url(date, "people", added, "take-off"), data=token).status_code == 303
        assert walk_ins(app, date) == []
        with app.app_context():
            assert again(date).seats_taken == 3


@pytest.mark.usefixtures("at_the_door")
def test_whoever_has_no_seat_is_here_or_off_the_list(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    added = add(host, date, adults="9", anyway="1").location.rpartition("#b-")[2]
    with app.app_context():
        with pytest.raises(NothingToMark):
            service.mark(Mark(date.id, added, BookingStatus.CONFIRMED))
        late = MarkLate("mark-0001", added, BookingStatus.NO_SHOW, clock.now())
        assert service.mark_late(date.id, [late])[0].settled is Settled.REFUSED
    assert walk_ins(app, date) == [("Nora", 0, BookingStatus.ATTENDED)]


@pytest.mark.usefixtures("at_the_door")
def test_a_family_that_booked_is_not_taken_off(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    with app.app_context():
        booked = people_of(date.id)[0].public_id
    token = {"csrf_token": hidden_values(host.get(url(date)).text)["csrf_token"]}
    host.post(url(date, "people", booked, "take-off"), data=token)
    with app.app_context():
        assert len(people_of(date.id)) == 1


@pytest.mark.usefixtures("at_the_door")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"adults": "0", "children": "0"},
        {"adults": "1000"},
        {"adults": "-1"},
        {"children": "x"},
    ],
)
def test_bad_input_is_explained_and_kept(
    app: Flask, host: CheckingClient, date: OccurrenceView, wrong: dict[str, str]
) -> None:
    answer = add(host, date, **wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert walk_ins(app, date) == []


def test_a_cancelled_date_takes_nobody(app: Flask, host: CheckingClient, date: OccurrenceView) -> None:
    with app.app_context():
        events.cancel_occurrence(date.public_id, None)
    assert add(host, date).status_code == 409


def test_after_the_end_all_others_did_not_come(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    token = {"csrf_token": hidden_values(host.get(url(date)).text)["csrf_token"]}
    with clock.frozen(date.starts_at):
        add(host, date)
        assert host.post(url(date, "people", "absent"), data=token).status_code == 409
        assert "did not come" not in host.get(f"{url(date)}?lang=en").text.replace("Did not come", "")
    with clock.frozen(date.ends_at):
        assert "All the others did not come" in host.get(f"{url(date)}?lang=en").text
        for _ in range(2):
            assert host.post(url(date, "people", "absent"), data=token).status_code == 303
    with app.app_context():
        states = {one.name: one.status for one in people_of(date.id)}
    assert states == {FORMULA: BookingStatus.NO_SHOW, "Nora": BookingStatus.ATTENDED}


@pytest.mark.usefixtures("at_the_door")
def test_the_workbook_holds_the_same_numbers_and_no_formula(
    app: Flask, host: CheckingClient, date: OccurrenceView
) -> None:
    add(host, date)
    answer = host.get(url(date, "people.xlsx?lang=en"))
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert answer.headers["Cache-Control"] == "no-store"
    with ZipFile(BytesIO(answer.get_data())) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert FORMULA in strings
    assert "<v>2</v>" in sheet
    assert "<v>3</v>" in sheet
    assert "Expected" in strings
    assert "@example.org" not in strings
    assert host.get(url(date, "people.xlsx?lang=ar")).status_code == 200
