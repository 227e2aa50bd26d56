"""A parent taps once: facts grow young again or become unsure, nobody counts twice, and the place's own word stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db, transaction
from app.core.mail.models import OutboxMessage
from app.places import service
from app.places.commands import AmenityFact, FactAnswer, SayFacts, VoteOnFacts
from app.places.models import FactVote, Place, PlaceAmenity
from app.places.rules.trust import Answer
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy
from tests.app.events.browsing import enter
from tests.app.places.places import CONFIRMED_ON, pharmacy
from tests.app.places.trusting import (
    PLAY,
    TABLE,
    doubt,
    fact,
    make_pharmacy,
    say,
    the_place,
)

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture
def place_id(app: Flask) -> str:
    """A pharmacy: a changing table that the host confirmed, and no play corner as a parent said."""
    with app.app_context(), clock.frozen(NOON):
        return make_pharmacy()


@pytest.fixture(autouse=True)
def _inside(app: Flask, place_id: str):
    with app.app_context(), clock.frozen(NOON):
        yield


def stored(amenity: Amenity = TABLE) -> PlaceAmenity:
    db.session.rollback()
    return db.session.scalars(sa.select(PlaceAmenity).where(PlaceAmenity.amenity == amenity)).one()


def votes() -> int:
    db.session.rollback()
    return db.session.query(FactVote).count()


def test_still_so_refreshes_every_fact_and_never_overwrites_the_word_of_the_place(place_id: str) -> None:
    say(place_id, Answer.STILL, 1, TABLE, PLAY, day=NOON)
    assert [(one.confirmed_by, one.confirmed_on) for one in (fact(TABLE), fact(PLAY))] == [
        (ConfirmedBy.PARENT, TODAY)
    ] * 2
    assert (stored().confirmed_by, stored().confirmed_on) == (ConfirmedBy.HOST, CONFIRMED_ON)
    assert the_place().confirmed_on == TODAY


def test_changed_alone_changes_nothing_on_the_page(place_id: str) -> None:
    before = the_place()
    say(place_id, Answer.CHANGED, 1, TABLE, PLAY, day=NOON)
    assert the_place() == before
    assert votes() == 2


def test_three_independent_doubts_make_it_unsure_and_flip_nothing(place_id: str) -> None:
    bits = the_place().amenity_bits
    doubt(place_id, NOON)
    assert fact().is_doubted
    assert fact().state is AmenityState.YES
    place = db.session.scalars(sa.select(Place)).one()
    assert (place.amenity_bits, place.doubted_bits) == (bits, 1 << list(Amenity).index(TABLE))
    assert place.confirmed_on == date(2026, 10, 1)  # of what is still sure
    assert b'"confirmed":"2026-10-01"' in place.map_feature.replace(b": ", b":")
    assert not fact(PLAY).is_doubted
    assert votes() == 0


def test_one_day_one_network_or_one_browser_never_make_it_unsure(place_id: str) -> None:
    for number in range(5):
        say(place_id, Answer.CHANGED, number, day=NOON)
    for number in range(1, 5):
        day = NOON + timedelta(days=number)
        with clock.frozen(day):
            answers = (FactAnswer(TABLE, AmenityState.YES, Answer.CHANGED),)
            service.vote(place_id, VoteOnFacts(answers, "network0", f"other{number}"))
            service.vote(place_id, VoteOnFacts(answers, f"elsewhere{number}", "browser0"))
    assert not fact().is_doubted


def test_one_still_so_cannot_wash_three_doubts_away_and_three_on_other_days_can(place_id: str) -> None:
    day = doubt(place_id, NOON)
    for number in range(3):
        assert fact().is_doubted
        say(place_id, Answer.STILL, 10 + number, day=day + timedelta(days=number))
    assert not fact().is_doubted
    assert fact().confirmed_on == (day + timedelta(days=2)).date()
    assert votes() == 0


def test_still_so_of_an_unsure_fact_does_not_make_it_look_confirmed(place_id: str) -> None:
    day = doubt(place_id, NOON)
    say(place_id, Answer.STILL, 10, day=day)
    assert stored().parent_on is None
    assert the_place().confirmed_on == date(2026, 10, 1)


def test_the_host_ends_every_doubt_and_every_count(place_id: str) -> None:
    day = doubt(place_id, NOON)
    with clock.frozen(day):
        service.say_facts(place_id, SayFacts({TABLE: AmenityState.YES}, ConfirmedBy.HOST))
    assert (fact().is_doubted, fact().confirmed_by, fact().confirmed_on) == (
        False,
        ConfirmedBy.HOST,
        day.date(),
    )
    for number in range(2):
        say(place_id, Answer.CHANGED, number, day=day + timedelta(days=number + 1))
    with clock.frozen(day + timedelta(days=3)):
        service.say_facts(place_id, SayFacts({TABLE: AmenityState.YES}, ConfirmedBy.HOST))
    say(place_id, Answer.CHANGED, 5, day=day + timedelta(days=4))
    assert not fact().is_doubted


def test_the_host_puts_a_value_right_and_adds_one(place_id: str) -> None:
    said = {TABLE: AmenityState.NO, Amenity.WATER: AmenityState.YES, Amenity.TOILETS: AmenityState.UNKNOWN}
    service.say_facts(place_id, SayFacts(said, ConfirmedBy.MANAGER))
    states = {one.amenity: one.state for one in the_place().amenities}
    assert states == {TABLE: AmenityState.NO, PLAY: AmenityState.NO, Amenity.WATER: AmenityState.YES}
    assert the_place().amenity_bits == 1 << list(Amenity).index(Amenity.WATER)
    assert fact().confirmed_by is ConfirmedBy.MANAGER


def test_the_same_day_again_is_the_same_voice_and_the_better_thought_counts(place_id: str) -> None:
    for answer in (Answer.CHANGED, Answer.CHANGED, Answer.STILL):
        say(place_id, answer, 1, day=NOON)
    assert votes() == 1
    assert fact().confirmed_on == TODAY


def test_a_vote_on_a_value_that_was_put_right_meanwhile_is_a_vote_on_nothing(place_id: str) -> None:
    service.say_facts(place_id, SayFacts({TABLE: AmenityState.NO}, ConfirmedBy.HOST))
    say(place_id, Answer.STILL, 1, day=NOON + timedelta(days=1))
    assert votes() == 0
    assert fact().confirmed_by is ConfirmedBy.HOST


def test_doubts_of_an_old_value_say_nothing_of_the_new_one(place_id: str) -> None:
    doubt(place_id, NOON, TABLE)
    say(place_id, Answer.CHANGED, 1, PLAY, day=NOON)
    new = (
        AmenityFact(TABLE, AmenityState.NO, None, CONFIRMED_ON, ConfirmedBy.SOURCE),
        AmenityFact(PLAY, AmenityState.YES, None, CONFIRMED_ON, ConfirmedBy.SOURCE),
    )
    service.save_places([pharmacy(amenities=new)])
    assert not fact().is_doubted
    assert votes() == 0


def test_an_import_that_says_the_same_does_not_take_a_parents_word_away(place_id: str) -> None:
    say(place_id, Answer.STILL, 1, TABLE, PLAY, day=NOON)
    service.save_places([pharmacy(phone="+39 02 99")])
    assert {one.confirmed_on for one in the_place().amenities} == {TODAY}


def test_who_looks_after_the_place_is_told_once_and_in_ids_only(app: Flask, client, place_id: str) -> None:
    place = the_place()
    enter(app, client, Grant(Role.HOST, place_id=place.id))
    doubt(place_id, NOON, TABLE, PLAY)
    rows = list(db.session.query(OutboxMessage).where(OutboxMessage.kind == "facts_doubted"))
    assert len(rows) == 1
    assert rows[0].subject_id.startswith(f"{place_id}:")
    assert "@" not in rows[0].subject_id + rows[0].dedupe_key


def test_what_is_kept_of_a_vote_names_nobody_and_goes_after_half_a_year(place_id: str) -> None:
    say(place_id, Answer.CHANGED, 1, day=NOON)
    columns = {column.name for column in sa.inspect(FactVote).columns}
    assert columns == {"id", "place_id", "amenity", "answer", "network", "browser", "day"}
    for days, left in ((180, 1), (182, 0)):
        with clock.frozen(NOON + timedelta(days=days)):
            service.forget_parents()
        assert votes() == left


def in_threads(app: Flask, place_id: str, commands: list[VoteOnFacts]) -> None:
    barrier = Barrier(len(commands))

    def one(command: VoteOnFacts) -> None:
        with app.app_context(), clock.frozen(NOON):
            barrier.wait()
            service.vote(place_id, command)

    with ThreadPoolExecutor(len(commands)) as pool:
        list(pool.map(one, commands))


def test_twenty_at_once_lose_no_voice_and_double_none(app: Flask, place_id: str) -> None:
    answers = (
        FactAnswer(TABLE, AmenityState.YES, Answer.CHANGED),
        FactAnswer(PLAY, AmenityState.NO, Answer.CHANGED),
    )
    db.session.remove()
    in_threads(
        app, place_id, [VoteOnFacts(answers, f"n{number % 10}", f"b{number % 10}") for number in range(20)]
    )
    assert votes() == 20
    row = {"amenity": TABLE, "answer": Answer.STILL, "network": "n1", "browser": "new", "day": TODAY}
    again = sa.insert(FactVote).values(place_id=the_place().id, **row)
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(again)
