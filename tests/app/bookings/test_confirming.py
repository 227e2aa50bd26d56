"""Where an event confirms addresses: seats are held for half an hour, and only the mail's button makes them theirs."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.bookings import service
from app.bookings.commands import ChangeParty
from app.bookings.models import Booking
from app.bookings.queries import booking_by_token
from app.bookings.rules.confirming import HELD_FOR, AddressNotConfirmed, TooLateToConfirm
from app.bookings.rules.status import BookingStatus
from app.config import Settings
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.events.facts import OccurrenceView
from tests.app.bookings.test_mails import drained, plain
from tests.app.bookings.test_service import family, kinds, status
from tests.app.events.browsing import hidden_values, submit
from tests.app.events.factory import again, make_date
from tests.client import CheckingClient

SECOND = timedelta(seconds=1)


@pytest.fixture
def date(app: Flask) -> OccurrenceView:
    """Four seats; each booking is confirmed from its mail."""
    with app.app_context():
        return make_date(capacity=4, confirms_email=True)


def code_of(token: str) -> str:
    booking = booking_by_token(token)
    assert booking is not None
    return service.confirmation_code(booking.public_id, booking.generation)


def test_the_seat_is_held_and_becomes_theirs_with_the_press_once(
    app: Flask, app_settings: Settings, date: OccurrenceView
) -> None:
    with app.app_context():
        token = service.book(date.public_id, family()).token
        assert (status(token), again(date).seats_taken) == (BookingStatus.UNCONFIRMED, 2)
        for _ in range(2):
            service.confirm_address(token, code_of(token))
        assert (status(token), again(date).seats_taken) == (BookingStatus.CONFIRMED, 2)
        assert kinds() == ["booking_unconfirmed", "booking_confirmed"]
        (mail,) = drained(app_settings)
        assert any(part.get_content_type() == "text/calendar" for part in mail.walk())


def test_what_the_browser_holds_does_not_confirm_only_what_the_mail_holds(
    app: Flask, app_settings: Settings, client: CheckingClient, date: OccurrenceView
) -> None:
    typed = {"name": "Amira", "email": "amira@example.org", "adults": "1", "children": "1"}
    answer = submit(client, f"/occurrences/{date.public_id}/book", **typed)
    own = client.get(f"{answer.location}?lang=en").text
    assert 'data-status="unconfirmed"' in own
    assert "One step is left" in own
    token = answer.location.split("/bookings/")[1]
    for wrong in (token, "0" * 32):
        url = f"/bookings/{token}/confirm/{wrong}"
        assert client.post(url, data=hidden_values(client.get(url).text)).status_code == 404
    with app.app_context():
        assert status(token) is BookingStatus.UNCONFIRMED
        (mail,) = drained(app_settings)
    assert not any(part.get_content_type() == "text/calendar" for part in mail.walk())
    (link,) = set(re.findall(r"/bookings/\w+/confirm/\w+", plain(mail)))
    for opened in (client.get, client.head):
        assert opened(link).status_code == 200
    with app.app_context():
        assert status(token) is BookingStatus.UNCONFIRMED, "a scanner that opens links confirms nothing"
    assert client.post(link, data=hidden_values(client.get(link).text)).status_code == 303
    with app.app_context():
        assert status(token) is BookingStatus.CONFIRMED
    assert client.get(link).status_code == 303


def test_nobody_answers_and_the_seat_goes_to_the_next_in_time_and_silently(
    app: Flask, date: OccurrenceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        first = service.book(date.public_id, family(adults=2, children=2)).token
        waiting = service.book(date.public_id, family("Bruno")).token
        begun = clock.now()
        monkeypatch.setattr(clock, "now", lambda: begun + HELD_FOR - timedelta(minutes=1))
        service.release_unconfirmed()
        assert status(first) is BookingStatus.UNCONFIRMED
        monkeypatch.setattr(clock, "now", lambda: begun + HELD_FOR + SECOND)
        for _ in range(2):
            service.release_unconfirmed()
        assert (status(first), status(waiting)) == (BookingStatus.EXPIRED, BookingStatus.OFFERED)
        assert again(date).seats_taken == 2
        assert "booking_cancelled" not in kinds()
        with pytest.raises(TooLateToConfirm):
            service.confirm_address(first, code_of(first))


def test_a_mail_that_leaves_late_says_so_and_confirms_all_the_same(
    app: Flask, app_settings: Settings, date: OccurrenceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail server was down for an hour: the seats went on meanwhile, and nobody is left without a word."""
    with app.app_context():
        token = service.book(date.public_id, family()).token
        begun = clock.now()
        monkeypatch.setattr(clock, "now", lambda: begun + timedelta(hours=1))
        service.release_unconfirmed()
        (mail,) = drained(app_settings)
        assert f"/bookings/{token}/confirm/{code_of(token)}" in plain(mail)
        assert "30 minuti" in plain(mail)
        service.confirm_address(token, code_of(token))
        assert status(token) is BookingStatus.CONFIRMED


def test_late_is_still_right_where_there_is_room(
    app: Flask, client: CheckingClient, date: OccurrenceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        token = service.book(date.public_id, family()).token
        begun = clock.now()
        monkeypatch.setattr(clock, "now", lambda: begun + timedelta(hours=2))
        service.release_unconfirmed()
        assert again(date).seats_taken == 0
    assert "The time to confirm is over" in client.get(f"/bookings/{token}?lang=en").text
    with app.app_context():
        service.confirm_address(token, code_of(token))
        assert (status(token), again(date).seats_taken) == (BookingStatus.CONFIRMED, 2)


def test_who_has_not_confirmed_can_give_back_and_not_grow(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        token = service.book(date.public_id, family()).token
        with pytest.raises(AddressNotConfirmed):
            service.change_party(ChangeParty(token, 2, 2))
        service.cancel(token)
        assert (status(token), again(date).seats_taken) == (BookingStatus.CANCELLED, 0)
        assert kinds() == ["booking_unconfirmed"]


def test_without_an_address_and_on_the_waiting_list_there_is_nothing_to_confirm(app: Flask) -> None:
    with app.app_context():
        date = make_date(capacity=2, confirms_email=True, email_optional=True)
        assert service.book(date.public_id, replace(family(), email=None)).status is BookingStatus.CONFIRMED
        assert service.book(date.public_id, family("Bruno")).status is BookingStatus.WAITLISTED


def test_the_code_of_one_booking_opens_no_other(app: Flask, date: OccurrenceView) -> None:
    with app.app_context():
        first = service.book(date.public_id, family()).token
        second = service.book(date.public_id, family("Bruno")).token
        with pytest.raises(NotFound):
            service.confirm_address(first, code_of(second))
        assert {booking.status for booking in db.session.query(Booking)} == {BookingStatus.UNCONFIRMED}
