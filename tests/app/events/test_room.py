"""The room of an event, and of one date: said on pages and in calendars, and told once to whoever has booked."""

import pytest
from flask import Flask

from app.bookings import service as bookings
from app.config import Settings
from app.core.actor import Grant, Role
from app.events import service
from app.events.facts import OccurrenceView
from app.events.rules.event import EventNotValid
from app.events.rules.occurrence import Scope
from tests.app.bookings.test_mails import drained, family, plain
from tests.app.events.browsing import enter, submit
from tests.app.events.factory import again, all_dates, in_days, make_event
from tests.client import CheckingClient


@pytest.fixture
def dates(app: Flask, app_settings: Settings) -> list[OccurrenceView]:
    """Four Thursdays in the blue room; one family has booked the second one and has its confirmation."""
    with app.app_context():
        make_event(starts_local=in_days(2), rrule="FREQ=WEEKLY;COUNT=4", room="Sala blu")
        bookings.book(all_dates()[1].public_id, family())
        assert "Sala blu, La Lucciola" in plain(drained(app_settings)[0])
        return all_dates()


def test_one_date_in_another_room_is_told_once_and_the_others_stay(
    app: Flask, app_settings: Settings, dates: list[OccurrenceView], client: CheckingClient
) -> None:
    with app.app_context():
        for _ in range(2):
            told = service.resize_occurrence(dates[1].public_id, 8, "Giardino")
        assert told == 0, "the second press changes nothing"
        (mail,) = drained(app_settings)
        assert "Giardino" in plain(mail)
        invitation = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        content = invitation.get_payload(decode=True)
        assert isinstance(content, bytes)
        text = content.decode().replace("\r\n ", "")
        assert "LOCATION:Giardino\\, La Lucciola" in text
        assert "SEQUENCE:1" in text
        assert [date.room for date in all_dates()] == ["Sala blu", "Giardino", "Sala blu", "Sala blu"]
    assert "Giardino" in client.get(f"/occurrences/{dates[1].public_id}").text
    feed = client.get("/feeds/network.ics").text.replace("\r\n ", "")
    assert feed.count("LOCATION:Giardino") == 1
    assert feed.count("LOCATION:Sala blu") == 1
    assert client.get(f"/occurrences/{dates[1].public_id}.ics").text.count("Giardino") == 1


def test_the_following_dates_move_together(
    app: Flask, app_settings: Settings, dates: list[OccurrenceView]
) -> None:
    with app.app_context():
        assert service.resize_series(dates[1].public_id, 8, Scope.FOLLOWING, "Giardino") == 1
        assert [date.room for date in all_dates()] == ["Sala blu", "Giardino", "Giardino", "Giardino"]
        assert len(drained(app_settings)) == 1
        service.resize_occurrence(dates[2].public_id, 8, "")
        assert again(dates[2]).room == ""


def test_a_host_says_so_in_a_form_and_reads_how_many_are_told(
    app: Flask, client: CheckingClient, dates: list[OccurrenceView]
) -> None:
    enter(app, client, Grant(Role.HOST, place_id=dates[0].place.id))
    url = f"/studio/occurrences/{dates[1].public_id}/seats"
    page = client.get(f"{url}?lang=en").text
    assert 'value="Sala blu"' in page
    answer = submit(client, url, capacity="8", room="Giardino", scope="this")
    assert "We write to 1 family that had booked." in client.get(answer.location).text
    assert submit(client, url, capacity="8", room="x" * 81, scope="this").status_code == 422


def test_a_name_that_is_too_long_is_refused(app: Flask, dates: list[OccurrenceView]) -> None:
    with app.app_context():
        with pytest.raises(EventNotValid):
            service.resize_occurrence(dates[1].public_id, 8, "x" * 81)
        assert again(dates[1]).room == "Sala blu"
