"""What changes a course that is booked whole while families come, wait and are asked; on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.bookings import queries, service
from app.bookings.commands import AddFamily, ChangeParty, Mark
from app.bookings.rules.admission import OccurrencePast, OnePerAddress
from app.bookings.rules.extras import NoRoomForPushchair
from app.bookings.rules.status import BookingStatus
from app.bookings.rules.walk_in import NoSeatForThem
from app.config import Settings
from app.core import clock
from app.events import service as events
from app.events.queries import event_by_public_id
from app.events.rules.course import CourseIsBooked
from app.events.rules.occurrence import Scope
from tests.app.bookings.course_checks import check_course
from tests.app.bookings.test_courses import (
    CANCELLED,
    CONFIRMED,
    OFFERED,
    WAITLISTED,
    book,
    dates,
    of,
    taken,
    token_on,
)  # fmt: skip
from tests.app.bookings.test_mails import drained, family, plain
from tests.app.events.counting import statements
from tests.app.events.factory import event_command, in_days, make_event

UNCONFIRMED, ATTENDED = BookingStatus.UNCONFIRMED, BookingStatus.ATTENDED


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@pytest.fixture
def course(app_settings: Settings) -> str:
    """Three Thursdays with four seats."""
    return make_event(capacity=4, rrule="FREQ=WEEKLY;COUNT=3", booked_whole=True)


def test_what_is_offered_is_kept_on_every_date(course: str) -> None:
    first, _, waiting = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    service.cancel(first)
    third = dates(course)[2]
    with pytest.raises(NoSeatForThem):
        service.add_family(AddFamily(third.id, "Dora", 1, 1, "press", "it"))
    events.resize_occurrence(third.public_id, 2)  # never fewer than are taken or kept
    service.accept(waiting)
    assert taken(course) == [4, 4, 4]
    check_course(course)


def test_half_a_course_is_never_booked(course: str) -> None:
    """Its schedule is given a later beginning while it runs and families have places on what is left."""
    book(course, "Amira")
    own = dates(course)
    with clock.frozen(own[0].ends_at + timedelta(hours=1)):
        later = own[1].starts_at.astimezone().replace(tzinfo=None)
        command = event_command(
            own[0].place.public_id, capacity=4, starts_local=later, rrule="FREQ=WEEKLY;COUNT=3", booked_whole=True
        )  # fmt: skip
        events.update_event(course, command)
        assert {date.booking_id for date in dates(course)} == {own[0].public_id}
        with pytest.raises(OccurrencePast):
            book(course, "Bruno", which=2)


def test_a_party_that_changes_while_a_date_is_off_comes_back_as_it_is(course: str) -> None:
    token = book(course, "Amira")
    events.cancel_occurrence(dates(course)[1].public_id)
    service.change_party(ChangeParty(token, 1, 0))
    events.reinstate_occurrence(dates(course)[1].public_id)
    assert (of(token), taken(course)) == ([CONFIRMED] * 3, [1, 1, 1])
    check_course(course)


def test_who_moves_up_while_a_date_is_off_has_it_when_it_returns(course: str) -> None:
    first, _, waiting = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    events.cancel_occurrence(dates(course)[1].public_id)
    service.cancel(first)
    service.accept(waiting)
    events.reinstate_occurrence(dates(course)[1].public_id)
    assert (of(first), of(waiting), taken(course)) == ([CANCELLED] * 3, [CONFIRMED] * 3, [4, 4, 4])
    check_course(course)


def test_an_offer_reaches_a_date_that_returns(course: str) -> None:
    first, _, waiting = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    events.cancel_occurrence(dates(course)[0].public_id)
    service.cancel(first)
    events.reinstate_occurrence(dates(course)[0].public_id)
    assert (of(waiting), taken(course)) == ([OFFERED] * 3, [4, 4, 4])
    check_course(course)
    service.cancel(waiting)
    assert (of(waiting), taken(course)) == ([CANCELLED] * 3, [2, 2, 2])
    check_course(course)


def test_an_offer_that_ends_frees_every_date(course: str) -> None:
    first, _, waiting = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    service.cancel(first)
    events.cancel_occurrence(dates(course)[1].public_id)
    with clock.frozen(clock.now() + timedelta(hours=37)):
        service.end_offers()
        assert (of(waiting), taken(course)) == (
            [BookingStatus.EXPIRED, CANCELLED, BookingStatus.EXPIRED],
            [2, 0, 2],
        )
        events.reinstate_occurrence(dates(course)[1].public_id)
        assert (of(waiting)[1], taken(course)) == (CANCELLED, [2, 2, 2])
    check_course(course)


def test_only_one_date_of_a_course_that_was_off_returns(course: str) -> None:
    first, _, waiting = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    events.cancel_series(dates(course)[0].public_id, Scope.ALL)
    events.reinstate_occurrence(dates(course)[2].public_id)
    assert (of(first), of(waiting)) == ([CANCELLED, CANCELLED, CONFIRMED], [CANCELLED, CANCELLED, WAITLISTED])
    service.cancel(first)
    assert of(waiting) == [CANCELLED, CANCELLED, OFFERED]
    events.reinstate_occurrence(dates(course)[0].public_id)
    assert (of(first)[0], of(waiting)) == (CANCELLED, [OFFERED, CANCELLED, OFFERED])
    check_course(course)


def test_an_address_is_confirmed_for_what_is_left_of_the_course(app_settings: Settings) -> None:
    event_id = make_event(capacity=4, rrule="FREQ=WEEKLY;COUNT=3", booked_whole=True, confirms_email=True)
    token, idle = book(event_id, "Amira"), book(event_id, "Bruno")
    assert (of(token), taken(event_id)) == ([UNCONFIRMED] * 3, [4, 4, 4])
    events.cancel_occurrence(dates(event_id)[0].public_id)
    assert of(token) == [CANCELLED, UNCONFIRMED, UNCONFIRMED]
    booking = queries.booking_by_token(token)
    code = service.confirmation_code(booking.public_id, booking.generation)
    service.confirm_address(token, code)
    assert (of(token), taken(event_id)) == ([CANCELLED, CONFIRMED, CONFIRMED], [0, 4, 4])
    events.reinstate_occurrence(dates(event_id)[0].public_id)
    assert (of(token), of(idle)) == ([CONFIRMED] * 3, [UNCONFIRMED] * 3)
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        service.release_unconfirmed()
        assert (of(idle), taken(event_id)) == ([BookingStatus.EXPIRED] * 3, [2, 2, 2])
        late = queries.booking_by_token(idle)
        service.confirm_address(idle, service.confirmation_code(late.public_id, late.generation))
        assert (of(idle), taken(event_id)) == ([CONFIRMED] * 3, [4, 4, 4])
    check_course(event_id)


def test_one_address_has_one_course_also_when_it_skips_a_date(app_settings: Settings) -> None:
    event_id = make_event(capacity=8, rrule="FREQ=WEEKLY;COUNT=3", booked_whole=True, one_per_email=True)
    token = book(event_id, "Amira")
    service.cancel(token_on(token, 1), only_this_date=True)
    events.cancel_occurrence(dates(event_id)[0].public_id)  # the date that was skipped leads from now on
    asked = replace(family("Amira"), idempotency_key="again", is_another=True)
    with pytest.raises(OnePerAddress):
        service.book(dates(event_id)[2].public_id, asked)


def test_pushchairs_are_counted_on_the_fullest_date(app_settings: Settings) -> None:
    event_id = make_event(capacity=8, rrule="FREQ=WEEKLY;COUNT=2", booked_whole=True, pushchairs=1)
    token = service.book(dates(event_id)[0].public_id, replace(family("Amira"), pushchairs=1)).token
    service.cancel(token, only_this_date=True)  # its pushchair comes to the second date
    with pytest.raises(NoRoomForPushchair):
        service.book(dates(event_id)[0].public_id, replace(family("Bruno"), pushchairs=1))


def test_taking_a_family_off_leaves_what_was_noted_at_the_door(course: str) -> None:
    own = dates(course)
    added = service.add_family(AddFamily(own[0].id, "Dora", 1, 1, "press", "it"))
    with clock.frozen(own[0].starts_at):
        service.mark(Mark(own[0].id, added, ATTENDED))
    with clock.frozen(own[0].ends_at + timedelta(days=2)):
        on_second = next(one for one in queries.everybody_of(own[1].id) if one.name == "Dora")
        service.take_off(own[1].id, on_second.public_id)
    assert [len(queries.everybody_of(date.id)) for date in own] == [1, 0, 0]
    assert taken(course) == [2, 0, 0]


def test_the_card_shows_what_the_fullest_date_leaves(course: str) -> None:
    events.resize_occurrence(dates(course)[2].public_id, 3)
    book(course, "Amira")
    assert [date.free for date in dates(course)] == [1, 1, 1]
    events.cancel_occurrence(dates(course)[2].public_id)
    assert dates(course)[0].free == 2


def test_the_number_of_places_of_all_dates_is_that_of_the_course(course: str) -> None:
    events.resize_series(dates(course)[0].public_id, 6, Scope.ALL, "Sala blu")
    event = event_by_public_id(course)
    assert (event.capacity, event.room) == (6, "Sala blu")
    events.resize_series(dates(course)[1].public_id, 5, Scope.FOLLOWING)
    assert event_by_public_id(course).capacity == 6
    assert [date.capacity for date in dates(course)] == [6, 5, 5]


def test_how_a_course_is_booked_stays_once_anybody_has_booked(course: str) -> None:
    token = book(course, "Amira")
    events.cancel_series(dates(course)[0].public_id, Scope.ALL)
    place = dates(course)[0].place.public_id
    single = event_command(place, capacity=4, rrule="FREQ=WEEKLY;COUNT=3")
    with pytest.raises(CourseIsBooked):
        events.update_event(course, single)
    events.reinstate_occurrence(dates(course)[0].public_id)
    assert of(token)[0] is CONFIRMED


def test_a_date_moved_by_hand_stays_where_it_is_when_the_course_moves(course: str) -> None:
    own = dates(course)
    by_hand = own[2].starts_at + timedelta(days=1)
    events.move_occurrence(own[2].public_id, by_hand, by_hand + timedelta(minutes=45))
    events.postpone_occurrence(own[1].public_id)
    events.move_series(own[0].public_id, own[0].starts_at + timedelta(hours=2), Scope.ALL)
    assert [date.starts_at for date in dates(course)] == [
        own[0].starts_at + timedelta(hours=2),
        own[1].starts_at,
        by_hand,
    ]
    check_course(course)


def test_a_course_that_moves_again_moves_whole(course: str) -> None:
    own = dates(course)
    for _ in range(2):
        first = dates(course)[0]
        events.move_series(first.public_id, first.starts_at + timedelta(hours=1), Scope.ALL)
    assert [now.starts_at - then.starts_at for now, then in zip(dates(course), own, strict=True)] == [
        timedelta(hours=2)
    ] * 3


def test_dates_more_and_another_hour_are_one_letter(app_settings: Settings, course: str) -> None:
    book(course, "Amira")
    drained(app_settings)
    place = dates(course)[0].place.public_id
    command = event_command(
        place, capacity=4, rrule="FREQ=WEEKLY;COUNT=4", starts_local=in_days(2, hour=11), booked_whole=True
    )
    events.update_event(course, command)
    assert taken(course) == [2, 2, 2, 2]
    (mail,) = drained(app_settings)
    assert plain(mail).count("11:45") == 4


def test_the_letter_about_one_date_leads_to_what_is_left(app_settings: Settings, course: str) -> None:
    token = book(course, "Amira")
    drained(app_settings)
    events.cancel_occurrence(dates(course)[0].public_id)
    (mail,) = drained(app_settings)
    assert f"/bookings/{token_on(token, 1)}" in plain(mail)


def test_a_date_that_is_put_off_does_not_lead(course: str) -> None:
    first, _, waiting = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    events.postpone_occurrence(dates(course)[0].public_id)
    assert dates(course)[0].booking_id == dates(course)[1].public_id
    service.cancel(first)
    assert (of(waiting), taken(course)) == ([OFFERED] * 3, [4, 4, 4])
    service.accept(waiting)
    check_course(course)


def test_sixty_dates_and_twenty_families_change_with_a_question_for_each_row_at_most(app: Flask) -> None:
    event_id = make_event(capacity=40, rrule="FREQ=DAILY;COUNT=60", booked_whole=True)
    for number in range(20):
        book(event_id, f"Famiglia {number}")
    with statements(app) as sent:
        events.resize_series(dates(event_id)[0].public_id, 41, Scope.ALL, "Sala blu")
    rows = 60 * 20
    assert len(sent) < 6 * rows, len(sent)
    with statements(app) as sent:
        events.cancel_series(dates(event_id)[0].public_id, Scope.ALL)
    assert len(sent) < 8 * rows, len(sent)
