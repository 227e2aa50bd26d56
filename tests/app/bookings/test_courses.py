"""A course that is booked whole: one press, a seat on every date; it waits, changes and goes as one; on both engines."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from app.bookings import queries, service
from app.bookings.commands import AddFamily, Book, ChangeParty, Mark, MarkLate
from app.bookings.queries.own import coming_with
from app.bookings.rules.admission import BookingOver, OccurrencePast
from app.bookings.rules.changing import NoRoomForMore
from app.bookings.rules.course import NoPlaceYet
from app.bookings.rules.marks import Settled
from app.bookings.rules.party import PartyTooLarge
from app.bookings.rules.status import BookingStatus
from app.config import Settings
from app.core import clock
from app.core.database import db
from app.core.mail.models import OutboxMessage
from app.events import service as events
from app.events.facts import OccurrenceView
from app.events.rules.course import CourseIsBooked, CourseWithoutEnd
from app.events.rules.occurrence import Scope
from tests.app.bookings.test_concurrency import family as family_number
from tests.app.bookings.test_concurrency import in_threads
from tests.app.bookings.test_mails import drained, family, plain
from tests.app.events.factory import again, all_dates, event_command, in_days, make_event, make_place

CONFIRMED, WAITLISTED, CANCELLED, OFFERED = (
    BookingStatus.CONFIRMED, BookingStatus.WAITLISTED, BookingStatus.CANCELLED, BookingStatus.OFFERED,
)  # fmt: skip
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


def dates(event_id: str) -> list[OccurrenceView]:
    return [date for date in all_dates() if date.event_public_id == event_id]


@pytest.fixture
def course(app_settings: Settings) -> str:
    """Three Thursdays with four seats."""
    return make_event(capacity=4, rrule="FREQ=WEEKLY;COUNT=3", booked_whole=True)


def book(event_id: str, name: str, which: int = 0, adults: int = 1) -> str:
    return service.book(dates(event_id)[which].public_id, family(name, adults=adults)).token


def of(token: str) -> list[BookingStatus]:
    booking = queries.booking_by_token(token)
    assert booking is not None
    return [one.status for one in queries.whole_course(booking)]


def token_on(token: str, which: int) -> str:
    """The same family's link for another date."""
    from app.core.tokens import personal_token

    booking = queries.booking_by_token(token)
    assert booking is not None
    other = queries.whole_course(booking)[which]
    return personal_token("booking", other.public_id, other.generation)


def taken(event_id: str) -> list[int]:
    return [date.seats_taken for date in dates(event_id)]


def put_kinds() -> Counter[str]:
    return Counter(message.kind for message in db.session.query(OutboxMessage))


def mails_about(settings: Settings, name: str) -> list[str]:
    return [plain(mail) for mail in drained(settings) if name.lower() in str(mail["To"])]


def test_one_press_is_a_seat_on_every_date_and_one_mail(app_settings: Settings, course: str) -> None:
    token = book(course, "Amira", which=2)  # whichever date the page was of
    assert (of(token), taken(course)) == ([CONFIRMED] * 3, [2, 2, 2])
    assert put_kinds() == {"booking_confirmed": 1}
    (mail,) = drained(app_settings)
    days = [f"{date.starts_at.astimezone():%d}".lstrip("0") for date in dates(course)]
    assert all(f" {day} " in plain(mail) for day in days)
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "course.ics"
    read = Calendar.from_ical(file.get_content())
    assert str(read["METHOD"]) == "PUBLISH"
    assert len({str(one["UID"]) for one in read.walk("VEVENT")}) == 3
    assert not [one for one in read.walk("VEVENT") if "ATTENDEE" in one]


def test_pressing_twice_is_one_course(course: str) -> None:
    assert book(course, "Amira") == book(course, "Amira", which=1)
    assert taken(course) == [2, 2, 2]


def test_the_same_family_again_is_known_where_another_date_leads(course: str) -> None:
    asked = replace(family("Amira"), browser_key="phone")
    first = service.book(dates(course)[0].public_id, asked)
    events.cancel_occurrence(dates(course)[0].public_id)
    second = service.book(dates(course)[1].public_id, replace(asked, idempotency_key="another press"))
    assert (first.is_repeat, second.is_repeat, taken(course)) == (False, True, [0, 2, 2])


def test_who_waits_waits_for_the_course_and_moves_up_on_all_dates(course: str) -> None:
    first, second, third = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    assert (of(third), taken(course)) == ([WAITLISTED] * 3, [4, 4, 4])
    service.cancel(first)
    assert (of(first), of(third)) == ([CANCELLED] * 3, [OFFERED] * 3)
    service.accept(third)
    assert (of(second), of(third), taken(course)) == ([CONFIRMED] * 3, [CONFIRMED] * 3, [4, 4, 4])


def test_the_fullest_date_is_the_room_of_the_course(course: str) -> None:
    events.resize_occurrence(dates(course)[1].public_id, 2)
    token = book(course, "Amira")
    assert of(token) == [CONFIRMED] * 3
    waiting = book(course, "Bruno")
    assert (of(waiting), taken(course)) == ([WAITLISTED] * 3, [2, 2, 2])
    events.resize_occurrence(dates(course)[1].public_id, 4)  # the queue of the course hears of it
    assert of(waiting) == [OFFERED] * 3


def test_any_link_of_the_course_gives_all_of_it_back(app_settings: Settings, course: str) -> None:
    token = book(course, "Amira")
    drained(app_settings)
    service.cancel(token_on(token, 1))
    assert (of(token), taken(course)) == ([CANCELLED] * 3, [0, 0, 0])
    (mail,) = drained(app_settings)
    (file,) = mail.iter_attachments()
    read = Calendar.from_ical(file.get_content())
    assert [str(one["STATUS"]) for one in read.walk("VEVENT")] == ["CANCELLED"] * 3
    assert service.cancel(token) is CANCELLED
    assert not drained(app_settings)


def test_who_has_a_place_can_skip_one_date_and_who_waits_waits_for_all(course: str) -> None:
    token = book(course, "Amira")
    service.cancel(token_on(token, 1), only_this_date=True)
    assert (of(token), taken(course)) == ([CONFIRMED, CANCELLED, CONFIRMED], [2, 0, 2])
    service.cancel(
        token, only_this_date=True
    )  # also the first one: the course is as full as its fullest date
    assert (of(token), taken(course)) == ([CANCELLED, CANCELLED, CONFIRMED], [0, 0, 2])
    book(course, "Bruno")
    waiting = book(course, "Carla")
    assert of(waiting) == [WAITLISTED] * 3
    with pytest.raises(NoPlaceYet):
        service.cancel(waiting, only_this_date=True)
    service.cancel(token_on(token, 2))
    assert of(waiting) == [OFFERED] * 3


def test_a_course_that_has_begun_takes_nobody_and_gives_back_what_is_left(course: str) -> None:
    token, first = book(course, "Amira"), dates(course)[0]
    with clock.frozen(first.ends_at + timedelta(hours=1)):
        with pytest.raises(OccurrencePast):
            service.book(dates(course)[1].public_id, family("Bruno"))
        with pytest.raises((BookingOver, NoRoomForMore)):
            service.change_party(ChangeParty(token, 2, 1))
        service.change_party(ChangeParty(token, 1, 0))
        assert taken(course) == [2, 1, 1]
        service.cancel(token)
        assert of(token) == [CONFIRMED, CANCELLED, CANCELLED]
        with pytest.raises(OccurrencePast):
            service.cancel(token)


def test_more_come_to_all_dates_or_to_none(course: str) -> None:
    token = book(course, "Amira")
    service.change_party(ChangeParty(token, 2, 1))
    assert taken(course) == [3, 3, 3]
    events.resize_occurrence(dates(course)[2].public_id, 3)
    with pytest.raises(PartyTooLarge):
        service.change_party(ChangeParty(token, 2, 2))
    assert taken(course) == [3, 3, 3]


def test_one_date_off_leaves_the_others_and_comes_back_with_its_families(course: str) -> None:
    token, gone = book(course, "Amira"), book(course, "Bruno")
    events.cancel_occurrence(dates(course)[1].public_id)
    assert of(token) == [CONFIRMED, CANCELLED, CONFIRMED]
    service.cancel(gone)
    late = book(course, "Carla")  # booked while that date was off
    assert of(late) == [CONFIRMED, CONFIRMED]
    events.reinstate_occurrence(dates(course)[1].public_id)
    assert (of(token), of(gone), of(late)) == ([CONFIRMED] * 3, [CANCELLED] * 3, [CONFIRMED] * 3)
    assert taken(course) == [4, 4, 4]


def test_when_the_first_date_is_off_the_next_one_leads_with_its_queue(course: str) -> None:
    first, second, waiting = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    old = dates(course)[0]
    events.cancel_occurrence(old.public_id)
    assert dates(course)[2].booking_id == dates(course)[1].public_id
    assert of(waiting) == [CANCELLED, WAITLISTED, WAITLISTED]
    service.cancel(first)
    service.accept(waiting)
    assert of(waiting) == of(second) == [CANCELLED, CONFIRMED, CONFIRMED]
    events.reinstate_occurrence(old.public_id)
    assert (of(waiting), of(second), of(first)) == ([CONFIRMED] * 3, [CONFIRMED] * 3, [CANCELLED] * 3)
    assert (taken(course), dates(course)[2].booking_id) == ([4, 4, 4], old.public_id)


def test_a_course_that_is_off_is_told_once_to_who_comes_and_to_who_waits(
    app_settings: Settings, course: str
) -> None:
    first, _, waiting = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    drained(app_settings)
    assert events.cancel_series(dates(course)[0].public_id, Scope.ALL) == 3
    assert (of(first), of(waiting), taken(course)) == ([CANCELLED] * 3, [CANCELLED] * 3, [0, 0, 0])
    mails = drained(app_settings)
    assert len(mails) == 3
    (file,) = next(mail for mail in mails if "amira" in str(mail["To"])).iter_attachments()
    read = Calendar.from_ical(file.get_content())
    assert [str(one["STATUS"]) for one in read.walk("VEVENT")] == ["CANCELLED"] * 3
    for date in dates(course):
        events.reinstate_occurrence(date.public_id)
    assert (of(first), of(waiting), taken(course)) == ([CONFIRMED] * 3, [WAITLISTED] * 3, [4, 4, 4])


def test_an_open_offer_goes_on_where_the_course_is_led_now(course: str) -> None:
    first, _, waiting = (book(course, name) for name in ("Amira", "Bruno", "Carla"))
    service.cancel(first)
    assert (of(waiting), taken(course)) == ([OFFERED] * 3, [4, 4, 4])
    asked = put_kinds()["booking_offered"]
    events.cancel_occurrence(dates(course)[0].public_id)
    assert (of(waiting), taken(course)) == ([CANCELLED, OFFERED, OFFERED], [0, 4, 4])
    assert put_kinds()["booking_offered"] == asked == 1
    service.accept(waiting)
    assert taken(course) == [0, 4, 4]


def test_a_date_more_is_theirs_too_and_they_are_told(app_settings: Settings, course: str) -> None:
    token = book(course, "Amira")
    drained(app_settings)
    command = event_command(
        dates(course)[0].place.public_id, capacity=4, rrule="FREQ=WEEKLY;COUNT=4", booked_whole=True
    )
    assert events.update_event(course, command) == 1
    assert (of(token), taken(course)) == ([CONFIRMED] * 4, [2, 2, 2, 2])
    (mail,) = mails_about(app_settings, "Amira")
    assert mail.count("10:45") == 4


def test_moving_one_date_or_those_that_follow_keeps_one_event(app_settings: Settings, course: str) -> None:
    token = book(course, "Amira")
    drained(app_settings)
    second = dates(course)[1]
    told = events.move_series(second.public_id, second.starts_at + timedelta(hours=2), Scope.FOLLOWING)
    assert told == 1
    assert len(dates(course)) == 3
    assert [date.starts_at - date.recurrence_id for date in dates(course)] == [
        timedelta(), timedelta(hours=2), timedelta(hours=2),
    ]  # fmt: skip
    (mail,) = mails_about(app_settings, "Amira")
    assert (mail.count("12:45"), mail.count("10:45")) == (2, 1)
    assert of(token) == [CONFIRMED] * 3


def test_each_date_is_reminded_and_checked_in_with_the_one_code(course: str) -> None:
    token = book(course, "Amira")
    code = queries.booking_by_token(token).code
    third = dates(course)[2]
    with clock.frozen(third.starts_at - timedelta(hours=12)):
        service.send_reminders()
        assert put_kinds()["booking_reminder"] == 1
    with clock.frozen(third.starts_at):
        own = queries.booking_by_code(code, third.id)
        assert (own.occurrence_id, own.code) == (third.id, code)
        late = MarkLate("mark-0001", code, BookingStatus.ATTENDED, clock.now())
        assert service.mark_late(third.id, [late])[0].settled is Settled.NOTED
        service.mark(Mark(third.id, own.public_id, BookingStatus.CONFIRMED))
    assert of(token) == [CONFIRMED] * 3


def test_whom_the_host_adds_before_it_begins_comes_to_all_of_it(course: str) -> None:
    first, third = dates(course)[0], dates(course)[2]
    added = service.add_family(AddFamily(first.id, "Dora", 1, 1, "press", "it"))
    assert taken(course) == [2, 2, 2]
    service.take_off(first.id, added)
    assert taken(course) == [0, 0, 0]
    service.add_family(AddFamily(third.id, "Elena", 1, 1, "other", "it"))
    assert taken(course) == [0, 0, 2]


def test_erasing_and_forgetting_go_by_the_course(course: str) -> None:
    erased, kept = book(course, "Amira"), book(course, "Bruno")
    service.erase(token_on(erased, 2))
    assert taken(course) == [2, 2, 2]
    assert queries.booking_by_token(erased) is None
    with clock.frozen(dates(course)[0].ends_at + timedelta(days=61)):
        service.forget_past_families()  # the last date is 47 days ago
        assert queries.booking_by_token(kept) is not None
    with clock.frozen(dates(course)[2].ends_at + timedelta(days=61)):
        service.forget_past_families()
        assert queries.booking_by_token(kept) is None


def test_the_mail_with_all_links_names_a_course_once(course: str) -> None:
    token = book(course, "Amira")
    booking = queries.booking_by_token(token)
    assert [one.occurrence_id for one in coming_with(booking, clock.now())] == [dates(course)[0].id]
    with clock.frozen(dates(course)[0].ends_at):
        assert [one.occurrence_id for one in coming_with(booking, clock.now())] == [dates(course)[1].id]


def test_what_is_booked_whole_comes_to_an_end_and_stays_so_once_booked() -> None:
    place = make_place()
    for rule in ("", "FREQ=WEEKLY", "FREQ=DAILY;COUNT=61"):
        with pytest.raises(CourseWithoutEnd):
            events.create_event(event_command(place, rrule=rule, booked_whole=True))
    whole = event_command(place, rrule="FREQ=WEEKLY;COUNT=3", booked_whole=True)
    single = replace(whole, booked_whole=False)
    event_id = events.create_event(single)
    events.update_event(event_id, whole)
    assert {date.booking_id for date in dates(event_id)} == {dates(event_id)[0].public_id}
    events.update_event(event_id, single)
    assert all(date.course is None for date in dates(event_id))
    service.book(dates(event_id)[1].public_id, family("Amira"))
    with pytest.raises(CourseIsBooked):
        events.update_event(event_id, whole)
    assert again(dates(event_id)[0]).course is None


def test_a_schedule_with_a_later_beginning_is_another_course(course: str) -> None:
    old = book(course, "Amira")
    place, last = dates(course)[0].place.public_id, dates(course)[2]
    with clock.frozen(last.ends_at + timedelta(hours=1)):
        begins = in_days(9)
        events.update_event(
            course,
            event_command(
                place, capacity=4, starts_local=begins, rrule="FREQ=WEEKLY;COUNT=2", booked_whole=True
            ),
        )
        new = dates(course)[3:]
        assert [date.booking_id for date in new] == [new[0].public_id] * 2
        assert dates(course)[1].booking_id == dates(course)[0].public_id
        token = service.book(new[1].public_id, family("Bruno")).token
        assert (len(of(token)), len(of(old)), taken(course)) == (2, 3, [2, 2, 2, 2, 2])


@pytest.mark.parametrize("round_number", range(2))
def test_forty_threads_on_a_course_confirm_as_many_as_its_smallest_room(
    app: Flask, round_number: int
) -> None:
    with app.app_context():
        event_id = make_event(capacity=12, rrule="FREQ=WEEKLY;COUNT=4", booked_whole=True)
        own = dates(event_id)
        events.resize_occurrence(own[2].public_id, 10)
    work: list[tuple[str, Book | str]] = [
        (own[number % 4].public_id, family_number(number)) for number in range(40)
    ]
    states = Counter(answer.status for answer in in_threads(app, work) if answer)
    assert states == {CONFIRMED: 10, WAITLISTED: 30}
    with app.app_context():
        assert taken(event_id) == [10, 10, 10, 10]
