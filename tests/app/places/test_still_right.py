"""«Is it still so?»: asked of hosts when it is time, answered with one press, never in August; who sleeps is listed."""

import re
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.accounts.commands import SavePerson
from app.accounts.service import save_person
from app.config import Settings
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db
from app.core.mail.models import OutboxMessage
from app.places import service
from app.places.commands import AmenityFact, IslandFact, SayFacts
from app.places.models import StillRightQuestion
from app.places.queries import PlaceView, StaffPlace, place_by_id, staff_place
from app.places.queries.still_right import sleeping_places
from app.places.rules.still_right import closures_of, is_due, quiet_days
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, Membership
from app.places.still_right_pages import token_for
from tests.app.bookings.test_mails import drained, plain
from tests.app.events.browsing import enter, hidden_values
from tests.app.events.factory import make_place
from tests.client import CheckingClient

JUNE = datetime(2027, 6, 15, 9, tzinfo=UTC)
YES, NO = AmenityState.YES, AmenityState.NO


@pytest.fixture
def place(app: Flask) -> StaffPlace:
    """A bookshop with two facts that its host confirmed on 15 June, and two hosts."""
    with app.app_context(), clock.frozen(JUNE):
        facts = (AmenityFact(Amenity.BABY_FEEDING, YES), AmenityFact(Amenity.CHANGING_TABLE, NO))
        found = staff_place(make_place(amenities=facts))
        assert found is not None
        service.say_facts(
            found.public_id, SayFacts({one.amenity: one.state for one in facts}, ConfirmedBy.HOST)
        )
        for name, language in (("anna", "it"), ("omar", "ar")):
            grant = Grant(Role.HOST, place_id=found.id)
            save_person(SavePerson(f"{name}@example.org", name.title(), language, (grant,)))
    return found


def asked() -> int:
    return db.session.query(StillRightQuestion).count()


def on(day: datetime) -> int:
    """Run the daily job on a day; how many questions there are then."""
    with clock.frozen(day):
        service.ask_still_right()
        return asked()


def seen(place: StaffPlace) -> PlaceView:
    db.session.rollback()
    found = place_by_id(place.id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("since", "today", "last", "due"),
    [
        (date(2027, 3, 1), date(2027, 4, 29), None, False),
        (date(2027, 3, 1), date(2027, 4, 30), None, True),
        (date(2027, 5, 1), date(2027, 8, 5), None, False),  # in August nobody is asked
        (date(2027, 7, 1), date(2027, 9, 1), None, False),  # nor does it count: 31 days
        (date(2027, 7, 1), date(2027, 9, 30), None, True),
        (date(2026, 3, 1), date(2027, 4, 30), datetime(2027, 2, 1, tzinfo=UTC), False),
        (date(2026, 3, 1), date(2027, 5, 4), datetime(2027, 2, 1, tzinfo=UTC), True),
    ],
)
def test_when_it_is_time(since: date, today: date, last: datetime | None, due: bool) -> None:
    now = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    assert is_due(since, last, now, today) is due


def test_announced_closures_do_not_count() -> None:
    yearly = closures_of("Mo-Sa 09:00-19:00; Dec 24-Jan 06 off")
    assert quiet_days(date(2026, 12, 20), date(2027, 1, 10), yearly) == 21 - 14
    once = closures_of("Mo-Sa 09:00-19:00; 2027 Mar 01-2027 Apr 30 off")
    assert quiet_days(date(2027, 2, 1), date(2027, 5, 1), once) == 89 - 61
    assert not is_due(date(2026, 1, 1), None, JUNE.replace(month=4), date(2027, 4, 15), once)
    assert closures_of("whatever", "") == ()


def test_each_host_gets_one_mail_and_one_press_answers(
    app: Flask, app_settings: Settings, client: CheckingClient, place: StaffPlace
) -> None:
    with app.app_context():
        assert on(JUNE + timedelta(days=59)) == 0  # and 14 August
        due = datetime(2027, 9, 14, 9, tzinfo=UTC)
        assert on(due - timedelta(days=1)) == 0
        assert on(due) == 1
        assert on(due) == on(due + timedelta(days=1)) == 1
        with clock.frozen(due):
            mails = {str(mail["To"]): plain(mail) for mail in drained(app_settings)}
    assert set(mails) == {"anna@example.org", "omar@example.org"}
    link = re.search(r"http://localhost:8000(/still-right/\S+)\?lang=it", mails["anna@example.org"])
    assert link
    with clock.frozen(due):
        page = client.get(link[1]).text
        with app.app_context():
            assert seen(place).confirmed_on == JUNE.date()  # opening a link does nothing
        for _ in range(2):
            answer = client.post(link[1], data=hidden_values(page))
            assert answer.status_code == 303
        assert "Grazie" in client.get(f"{link[1]}?lang=it").text
    with app.app_context():
        assert seen(place).confirmed_on == due.date()
        assert {fact.confirmed_by for fact in seen(place).amenities} == {ConfirmedBy.HOST}
        assert on(due + timedelta(days=59)) == 1


def test_what_changed_meanwhile_is_not_confirmed(
    app: Flask, app_settings: Settings, client: CheckingClient, place: StaffPlace
) -> None:
    due = datetime(2027, 9, 14, 9, tzinfo=UTC)
    with app.app_context():
        on(due)
        with clock.frozen(due):
            (mail, *_) = (plain(one) for one in drained(app_settings) if "anna" in str(one["To"]))
    link = re.search(r"http://localhost:8000(/still-right/\S+)\?", mail)
    assert link
    with clock.frozen(due):
        page = client.get(link[1]).text
        with app.app_context():
            service.say_facts(place.public_id, SayFacts({Amenity.CHANGING_TABLE: YES}, ConfirmedBy.MANAGER))
        client.post(link[1], data=hidden_values(page))
    with app.app_context():
        by = {fact.amenity: (fact.state, fact.confirmed_by) for fact in seen(place).amenities}
    assert by == {
        Amenity.BABY_FEEDING: (YES, ConfirmedBy.HOST), Amenity.CHANGING_TABLE: (YES, ConfirmedBy.MANAGER)
    }  # fmt: skip


def test_a_link_is_for_hosts_alone(app: Flask, client: CheckingClient, place: StaffPlace) -> None:
    with app.app_context():
        on(datetime(2027, 9, 14, 9, tzinfo=UTC))
        subject = db.session.query(OutboxMessage).first().subject_id
        question, person = subject.split(":")
        good = f"/still-right/{question}/{person}/{token_for(question, person)}"
    assert client.get(good).status_code == 200
    assert client.get(good[:-1] + ("a" if good[-1] != "a" else "b")).status_code == 404
    assert client.get(f"/still-right/{question}/{'0' * 10}/{'a' * 32}").status_code == 404
    with app.app_context():
        save_person(SavePerson("anna@example.org", "Anna", "it", ()))
        save_person(SavePerson("omar@example.org", "Omar", "ar", ()))
    assert client.get(good).status_code == 404


def test_two_workers_ask_once(app: Flask, place: StaffPlace) -> None:
    barrier = Barrier(4)

    def work() -> None:
        with app.app_context(), clock.frozen(datetime(2027, 9, 20, 9, tzinfo=UTC)):
            barrier.wait()
            service.ask_still_right()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert (asked(), db.session.query(OutboxMessage).count()) == (1, 2)


def test_nobody_is_asked_where_nobody_looks_after_it(app: Flask) -> None:
    with app.app_context():
        with clock.frozen(JUNE):
            make_place(amenities=(AmenityFact(Amenity.BABY_FEEDING, YES),))
        assert on(JUNE + timedelta(days=400)) == 0


def test_the_desk_lists_islands_that_sleep(app: Flask, client: CheckingClient) -> None:
    with app.app_context(), clock.frozen(JUNE):
        island = staff_place(
            make_place("Isola che dorme", island=IslandFact(Membership.MERCHANT, JUNE.date()))
        )
        make_place("Solo un negozio")
    assert island is not None
    enter(app, client, Grant(Role.HOST, place_id=island.id))
    assert client.get("/desk").status_code == 403
    other = app.test_client()
    assert isinstance(other, CheckingClient)
    with clock.frozen(JUNE + timedelta(days=100)):
        enter(app, other, Grant(Role.OPERATOR))
        assert "Isola che dorme" not in other.get("/desk").text
    with clock.frozen(datetime(2027, 11, 14, 9, tzinfo=UTC)):  # 121 days with those of August left out
        enter(app, other, Grant(Role.OPERATOR))
        page = other.get("/desk?lang=it").text
    assert "Isola che dorme" in page
    assert "Solo un negozio" not in page
    with app.app_context(), clock.frozen(datetime(2027, 11, 14, 9, tzinfo=UTC)):
        assert [one.name.value for one in sleeping_places(None)] == ["Isola che dorme"]
        assert sleeping_places([]) == sleeping_places([999]) == []  # a manager sees no other territory
