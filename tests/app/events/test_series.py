"""One date, this and the following, or all: what changes changes for these, and everybody who booked is told once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask

from app.bookings import service as bookings
from app.bookings.queries import booking_by_token
from app.bookings.rules.admission import OccurrencePutOff
from app.bookings.rules.status import BookingStatus
from app.config import Settings
from app.core import clock
from app.core.database import db
from app.core.local_text import Text
from app.events import service
from app.events.facts import OccurrenceView
from app.events.models import Event
from app.events.rules.event import EventNotValid
from app.events.rules.occurrence import OccurrenceIsCancelled, OccurrenceOver, Scope
from app.events.rules.series import SeriesNotMovable
from app.events.rules.vocabulary import OccurrenceStatus
from tests.app.bookings.test_mails import drained, plain
from tests.app.bookings.test_service import family, kinds
from tests.app.events.factory import again, all_dates, event_command, make_place

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@pytest.fixture
def dates(app: Flask) -> list[OccurrenceView]:
    """Six Thursdays, or whatever day it is."""
    with app.app_context():
        service.create_event(event_command(make_place(), rrule="FREQ=WEEKLY;COUNT=6"))
        return all_dates()


def starts() -> list[datetime]:
    return [date.starts_at for date in all_dates()]


def events() -> list[Event]:
    return db.session.query(Event).order_by(Event.id).all()


def test_one_date_moves_and_the_series_stays(dates: list[OccurrenceView]) -> None:
    service.move_occurrence(dates[2].public_id, dates[2].starts_at + DAY, dates[2].ends_at + DAY)
    assert [b - a for a, b in pairwise(sorted(starts()))] == [7 * DAY, 8 * DAY, 6 * DAY, 7 * DAY, 7 * DAY]
    assert len(events()) == 1


def test_this_and_the_following_become_an_event_of_their_own_and_keep_ids_and_bookings(
    dates: list[OccurrenceView], app_settings: Settings
) -> None:
    before, here, later = (
        bookings.book(dates[n].public_id, family(name))
        for n, name in ((1, "Amira"), (2, "Bruno"), (5, "Carla"))
    )
    drained(app_settings)
    told = service.move_series(dates[2].public_id, dates[2].starts_at + DAY + HOUR, Scope.FOLLOWING)
    assert told == 2
    moved = {date.public_id: date for date in all_dates()}
    assert [moved[date.public_id].starts_at - date.starts_at for date in dates] == [
        0 * DAY,
        0 * DAY,
        *[DAY + HOUR] * 4,
    ]
    assert all(not one.is_moved for one in moved.values())
    first, second = events()
    assert (first.series_key, second.series_key) == (first.public_id, first.public_id)
    assert first.uid != second.uid
    assert [row.event_id for row in moved.values()].count(second.id) == 4
    mails = drained(app_settings)
    assert sorted(str(mail["To"]) for mail in mails) == ["bruno@example.org", "carla@example.org"]
    for booked, date in ((before, dates[1]), (here, dates[2]), (later, dates[5])):
        view = booking_by_token(booked.token)
        assert view is not None
        assert (view.occurrence_id, view.status) == (date.id, BookingStatus.CONFIRMED)


def test_the_series_that_goes_on_gives_the_dates_that_it_has(dates: list[OccurrenceView]) -> None:
    service.move_series(dates[3].public_id, dates[3].starts_at + HOUR, Scope.FOLLOWING)
    known = starts()
    service.materialise()
    assert starts() == known


def test_all_that_are_still_to_come_move_and_what_is_over_stays(app: Flask) -> None:
    service.create_event(event_command(make_place(), rrule="FREQ=WEEKLY;COUNT=6"))
    dates = all_dates()
    with clock.frozen(dates[1].ends_at + HOUR):
        service.move_series(dates[4].public_id, dates[4].starts_at + HOUR, Scope.ALL)
        moved = {date.public_id: date.starts_at for date in all_dates()}
    assert [moved[date.public_id] - date.starts_at for date in dates] == [0 * HOUR, 0 * HOUR, *[HOUR] * 4]


def test_a_date_moved_by_hand_keeps_its_own_time(dates: list[OccurrenceView]) -> None:
    service.move_occurrence(dates[4].public_id, dates[4].starts_at + 2 * DAY, dates[4].ends_at + 2 * DAY)
    service.move_series(dates[3].public_id, dates[3].starts_at + 7 * DAY, Scope.FOLLOWING)
    assert again(dates[4]).starts_at == dates[4].starts_at + 2 * DAY
    assert again(dates[3]).starts_at == dates[3].starts_at + 7 * DAY
    assert again(dates[5]).starts_at == dates[5].starts_at + 7 * DAY


def test_a_rule_with_days_of_its_own_moves_by_hours_only() -> None:
    service.create_event(event_command(make_place(), rrule="FREQ=MONTHLY;BYDAY=1TH;COUNT=4"))
    dates = all_dates()
    with pytest.raises(SeriesNotMovable):
        service.move_series(dates[1].public_id, dates[1].starts_at + DAY, Scope.FOLLOWING)
    assert starts() == [date.starts_at for date in dates]
    service.move_series(dates[1].public_id, dates[1].starts_at + HOUR, Scope.FOLLOWING)
    assert again(dates[2]).starts_at == dates[2].starts_at + HOUR


def test_cancelled_from_here_on_nothing_is_added_later_and_each_family_is_told_why(
    dates: list[OccurrenceView], app_settings: Settings
) -> None:
    bookings.book(dates[4].public_id, family("Amira"))
    drained(app_settings)
    assert service.cancel_series(dates[3].public_id, Scope.FOLLOWING, Text("Lavori in corso", "it")) == 1
    assert service.cancel_series(dates[3].public_id, Scope.FOLLOWING) == 0
    states = [again(date).status for date in dates]
    assert states == [OccurrenceStatus.SCHEDULED] * 3 + [OccurrenceStatus.CANCELLED] * 3
    (mail,) = drained(app_settings)
    assert "Lavori in corso" in plain(mail)
    service.materialise()
    assert len(all_dates()) == 6
    assert service.reinstate_occurrence(dates[4].public_id) == 1


def test_an_endless_series_ends_where_it_was_cancelled() -> None:
    service.create_event(event_command(make_place(), rrule="FREQ=MONTHLY"))
    dates = all_dates()
    service.cancel_series(dates[2].public_id, Scope.FOLLOWING)
    with clock.frozen(clock.now() + timedelta(days=90)):
        service.materialise()
    assert db.session.query(Event).one().rrule.startswith("FREQ=MONTHLY;UNTIL=")
    assert len(dates) == len(db.session.query(Event).one().occurrences)


def test_one_date_has_more_places_and_who_waits_is_asked(dates: list[OccurrenceView]) -> None:
    seated = [bookings.book(dates[1].public_id, family(name, 2, 2)) for name in ("Amira", "Bruno")]
    waiting = bookings.book(dates[1].public_id, family("Carla", 1, 1))
    service.resize_occurrence(dates[1].public_id, 10)
    view = booking_by_token(waiting.token)
    assert view is not None
    assert view.status is BookingStatus.OFFERED
    assert [again(date).capacity for date in dates] == [8, 10, 8, 8, 8, 8]
    service.resize_occurrence(dates[1].public_id, 1)
    assert again(dates[1]).capacity == 10
    assert len(seated) == 2


def test_other_places_from_here_on_stay_with_dates_that_are_added_later() -> None:
    service.create_event(event_command(make_place(), rrule="FREQ=MONTHLY"))
    dates = all_dates()
    service.resize_series(dates[3].public_id, 20, Scope.FOLLOWING)
    with clock.frozen(clock.now() + timedelta(days=70)):
        service.materialise()
    capacities = [date.capacity for date in all_dates()]
    assert capacities[:3] == [8, 8, 8]
    assert set(capacities[3:]) == {20}
    with pytest.raises(EventNotValid):
        service.resize_series(dates[3].public_id, 0, Scope.FOLLOWING)


def test_a_date_that_is_put_off_keeps_its_bookings_and_takes_no_others(
    dates: list[OccurrenceView], app_settings: Settings
) -> None:
    booked = bookings.book(dates[1].public_id, family("Amira"))
    drained(app_settings)
    assert service.postpone_occurrence(dates[1].public_id, Text("La sala è allagata", "it")) == 1
    assert service.postpone_occurrence(dates[1].public_id) is None
    (mail,) = drained(app_settings)
    assert ("Rimandato" in str(mail["Subject"]), "La sala è allagata" in plain(mail)) == (True, True)
    with pytest.raises(OccurrencePutOff):
        bookings.book(dates[1].public_id, family("Bruno"))
    with clock.frozen(dates[1].starts_at + DAY):
        new = dates[1].starts_at + 9 * DAY
        assert service.move_occurrence(dates[1].public_id, new, new + HOUR) == 1
    assert (again(dates[1]).status, again(dates[1]).cancel_reason) == (OccurrenceStatus.SCHEDULED, None)
    view = booking_by_token(booked.token)
    assert view is not None
    assert (view.status, kinds().count("occurrence_moved")) == (BookingStatus.CONFIRMED, 1)


def test_what_is_over_or_off_is_not_changed(dates: list[OccurrenceView]) -> None:
    service.cancel_occurrence(dates[1].public_id)
    with pytest.raises(OccurrenceIsCancelled):
        service.postpone_occurrence(dates[1].public_id)
    with pytest.raises(OccurrenceIsCancelled):
        service.resize_occurrence(dates[1].public_id, 9)
    with clock.frozen(dates[0].starts_at):
        for change in (service.postpone_occurrence, service.cancel_occurrence):
            with pytest.raises(OccurrenceOver):
                change(dates[0].public_id)
