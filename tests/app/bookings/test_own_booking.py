"""A personal link changes how many come and erases everything; a lost one is sent again, to its own address only."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.commands import ChangeParty
from app.bookings.models import Booking
from app.bookings.queries import booking_by_token
from app.bookings.rules.admission import OccurrenceCancelled, OccurrencePast
from app.bookings.rules.changing import NoRoomForMore
from app.bookings.rules.party import PartyEmpty, PartyTooLarge
from app.bookings.rules.status import BookingStatus
from app.config import Settings
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.mail.models import OutboxMessage
from app.events.facts import OccurrenceView
from tests.app.bookings.test_mails import drained, plain
from tests.app.bookings.test_service import family, kinds, status
from tests.app.events.browsing import submit
from tests.app.events.factory import again, make_date
from tests.client import CheckingClient


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """Six seats, the day after tomorrow."""
    with app.app_context():
        return make_date(capacity=6)


def book(date: OccurrenceView, name: str, adults: int = 1, children: int = 1) -> str:
    return service.book(date.public_id, replace(family(name, adults, children), accepts_waiting=True)).token


def test_more_come_while_there_is_room_and_less_give_seats_to_the_next(date: OccurrenceView) -> None:
    first = book(date, "Amira")
    service.change_party(ChangeParty(first, 2, 3))
    waiting = book(date, "Bruno")
    assert (again(date).seats_taken, status(waiting)) == (5, BookingStatus.WAITLISTED)
    service.change_party(ChangeParty(first, 2, 2))
    assert (again(date).seats_taken, status(waiting)) == (6, BookingStatus.OFFERED)


def test_nobody_grows_past_those_who_wait_or_past_the_room(date: OccurrenceView) -> None:
    first, second = book(date, "Amira"), book(date, "Bruno")
    with pytest.raises(NoRoomForMore) as refused:
        service.change_party(ChangeParty(first, 3, 2))
    assert refused.value.details == {"free": 2}
    book(date, "Carla", 2, 2)
    with pytest.raises(NoRoomForMore) as refused:
        service.change_party(ChangeParty(second, 1, 2))
    assert refused.value.details == {"free": 0}
    with pytest.raises(PartyTooLarge):
        service.change_party(ChangeParty(second, 4, 4))
    with pytest.raises(PartyEmpty):
        service.change_party(ChangeParty(second, 0, 0))
    assert again(date).seats_taken == 4


def test_who_waits_may_come_in_more_or_fewer_and_keeps_its_turn(date: OccurrenceView) -> None:
    book(date, "Amira", 2, 2)
    waiting = book(date, "Bruno", 2, 2)
    book(date, "Carla", 2, 1)
    service.change_party(ChangeParty(waiting, 2, 3))
    assert status(waiting) is BookingStatus.WAITLISTED
    service.change_party(ChangeParty(waiting, 1, 1))
    assert status(waiting) is BookingStatus.OFFERED
    with pytest.raises(NoRoomForMore):
        service.change_party(ChangeParty(waiting, 1, 2))
    service.change_party(ChangeParty(waiting, 1, 0))
    assert again(date).seats_taken == 5


def test_the_same_again_changes_nothing_and_each_change_is_told_once(
    date: OccurrenceView, app_settings: Settings
) -> None:
    first = book(date, "Amira")
    drained(app_settings)
    for _ in range(2):
        service.change_party(ChangeParty(first, 1, 2))
    (mail,) = drained(app_settings)
    assert "1 adulto e 2 bambini" in plain(mail)


def test_what_began_or_was_given_back_stays_as_it_is(date: OccurrenceView) -> None:
    first, second = book(date, "Amira"), book(date, "Bruno")
    service.cancel(second)
    with pytest.raises(OccurrenceCancelled):
        service.change_party(ChangeParty(second, 1, 0))
    with clock.frozen(date.starts_at), pytest.raises(OccurrencePast):
        service.change_party(ChangeParty(first, 1, 0))
    with pytest.raises(NotFound):
        service.change_party(ChangeParty("a" * 32, 1, 0))


def test_the_page_keeps_what_was_typed_and_says_how_many_more_may_come(
    client: CheckingClient, date: OccurrenceView
) -> None:
    first = book(date, "Amira")
    book(date, "Bruno", 2, 1)
    url = f"/bookings/{first}/change?lang=en"
    refused = submit(client, url, adults="2", children="2")
    assert (refused.status_code, "There is room for 1 more" in refused.text) == (409, True)
    assert 'value="2"' in refused.text
    assert submit(client, url, adults="x").status_code == 422
    assert submit(client, url, adults="1", children="2").status_code == 303
    assert "1 adult and 2 children" in client.get(f"/bookings/{first}?lang=en").text


def test_erasing_gives_the_place_back_and_leaves_no_trace_of_anybody(
    client: CheckingClient, date: OccurrenceView, app_settings: Settings
) -> None:
    first = book(date, "Amira", 3, 3)
    waiting = book(date, "Bruno")
    gone = submit(client, f"/bookings/{first}/erase?lang=en")
    assert (gone.status_code, gone.headers["Location"]) == (303, "/bookings/erased")
    assert "Everything is erased" in client.get("/bookings/erased?lang=en").text
    assert client.get(f"/bookings/{first}").status_code == 404
    assert status(waiting) is BookingStatus.OFFERED
    row = db.session.query(Booking).order_by(Booking.id).first()
    assert row is not None
    assert (row.name, row.email, row.address_hash, row.repeat_key) == ("", None, None, None)
    assert [mail["To"] for mail in drained(app_settings) if "amira" in str(mail["To"])] == []


def test_who_came_is_erased_too_and_stays_a_number(date: OccurrenceView) -> None:
    first = book(date, "Amira", 2, 1)
    with clock.frozen(date.ends_at + timedelta(days=1)):
        service.erase(first)
    row = db.session.query(Booking).one()
    assert (row.name, row.status, row.adults, row.children) == ("", BookingStatus.CONFIRMED, 2, 1)


def test_the_links_go_to_the_address_itself_and_the_page_tells_nobody_whether_it_is_known(
    client: CheckingClient, date: OccurrenceView, app_settings: Settings
) -> None:
    first, other = book(date, "Amira"), book(date, "Bruno")
    later = make_date(capacity=4)
    second = book(later, "Amira")
    drained(app_settings)
    answers = [
        submit(client, "/bookings/find?lang=en", email=one) for one in ("AMIRA@example.org", "no@example.org")
    ]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (303, "/bookings/find/sent")
    }
    (mail,) = drained(app_settings)
    assert str(mail["To"]) == "amira@example.org"
    assert all(f"/bookings/{token}?lang=it" in plain(mail) for token in (first, second))
    assert other not in plain(mail)
    assert all("example.org" not in row.subject_id for row in db.session.query(OutboxMessage))
    assert kinds().count("booking_links") == 2


def test_asking_for_links_is_limited_alike_for_known_and_unknown_addresses(
    client: CheckingClient, date: OccurrenceView
) -> None:
    book(date, "Amira")
    for email in ("amira@example.org", "nobody@example.org"):
        codes = [submit(client, "/bookings/find", email=email).status_code for _ in range(4)]
        assert codes == [303, 303, 303, 429]
    assert submit(client, "/bookings/find", email="nobody").status_code == 422


def test_a_scanner_that_opens_every_link_changes_nothing(
    client: CheckingClient, date: OccurrenceView
) -> None:
    first = book(date, "Amira")
    for path in ("", "/cancel", "/change", "/erase", "/offer"):
        assert client.get(f"/bookings/{first}{path}").status_code in {200, 303}
        assert client.head(f"/bookings/{first}{path}").status_code in {200, 303}
    found = booking_by_token(first)
    assert found is not None
    assert found.status is BookingStatus.CONFIRMED
