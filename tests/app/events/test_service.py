"""Events and their dates: what saving, moving and cancelling promise, on both engines."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.local_text import LocalText
from app.events import service, signals
from app.events.models import Event, Occurrence
from app.events.queries import calendar_source, event_by_slug, next_of_places
from app.events.rules.event import EventNotValid
from app.events.rules.occurrence import (
    NewTimeNotPossible,
    OccurrenceFull,
    OccurrenceIsCancelled,
    OccurrenceOver,
)
from app.events.rules.schedule import NoDates, TooFarAhead
from app.events.rules.vocabulary import FirstTopic, OccurrenceStatus
from tests.app.events.factory import (
    again,
    all_dates,
    event_command,
    in_days,
    make_date,
    make_event,
    make_place,
)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    """Services need the application."""
    with app.app_context():
        yield


@pytest.fixture
def heard() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The names and values of all signals sent during the test."""
    told: list[tuple[str, dict[str, Any]]] = []
    names = (
        "event_saved",
        "occurrence_moved",
        "occurrence_cancelled",
        "occurrence_reinstated",
        "seats_freed",
    )
    receivers = []
    for name in names:

        def receive(sender: object, name: str = name, **values: Any) -> None:
            told.append((name, values))

        receivers.append(receive)
        getattr(signals, name).connect(receive)
    yield told
    for name, receive in zip(names, receivers, strict=True):
        getattr(signals, name).disconnect(receive)


def take_seats(public_id: str, number: int) -> None:
    with transaction():
        service.change_seats(service.lock_occurrence(public_id).id, number)


def test_a_weekly_event_becomes_rows_for_18_months() -> None:
    make_event(rrule="FREQ=WEEKLY")
    assert 75 <= len(all_dates()) <= 80
    starts = [date.starts_at for date in all_dates()]
    assert starts == sorted(set(starts))


def test_an_event_that_gives_no_date_is_refused() -> None:
    with pytest.raises(NoDates):
        make_event(starts_local=in_days(-400))


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", LocalText.of("it", it="  ")), ("duration_minutes", 0), ("capacity", 0), ("capacity", 10_001), ("max_party", 0),
     ("price", "x" * 61), ("age_to_months", -20), ("title", LocalText.of("it", it="x" * 161))],
)  # fmt: skip
def test_what_cannot_be_stored_is_refused_by_name(field: str, value: Any) -> None:
    with pytest.raises(EventNotValid):
        make_event(**{field: value})


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(NotFound):
        make_event("0000000000")


def test_slugs_are_never_shared() -> None:
    place = make_place()
    make_event(place)
    make_event(place)
    assert event_by_slug("lettura-0-3-la-lucciola") is not None
    assert event_by_slug("lettura-0-3-la-lucciola-2") is not None


def test_saving_a_batch_again_changes_nothing(heard: list[Any]) -> None:
    place = make_place()
    commands = [
        event_command(
            place,
            source_key=f"k{number}",
            rrule="FREQ=WEEKLY;COUNT=4",
            topics=frozenset({FirstTopic.READING}),
        )
        for number in range(5)
    ]
    first = service.save_events(commands)
    assert [outcome.outcome for outcome in first] == ["new"] * 5
    before = [(date.public_id, date.sequence, date.updated_at) for date in all_dates()]
    heard.clear()
    again_outcomes = service.save_events(commands)
    assert [(outcome.outcome, outcome.public_id) for outcome in again_outcomes] == [
        ("unchanged", o.public_id) for o in first
    ]
    assert [(date.public_id, date.sequence, date.updated_at) for date in all_dates()] == before
    assert heard == []


def test_saving_a_batch_with_one_difference_changes_that_one() -> None:
    place = make_place()
    service.save_events([event_command(place, source_key="a"), event_command(place, source_key="b")])
    changed = [
        event_command(place, source_key="a"),
        event_command(place, source_key="b", organisers=("Altri",)),
    ]
    assert [outcome.outcome for outcome in service.save_events(changed)] == ["unchanged", "changed"]


def test_publishing_the_same_form_twice_is_one_event() -> None:
    place = make_place()
    assert make_event(place, source_key="form:1") == make_event(place, source_key="form:1")
    assert len(all_dates()) == 1


def test_a_new_hour_keeps_ids_and_seats_and_tells_the_bookers(heard: list[Any]) -> None:
    place = make_place()
    event_id = make_event(place, rrule="FREQ=WEEKLY;COUNT=3")
    before = all_dates()
    take_seats(before[1].public_id, 2)
    heard.clear()
    service.update_event(
        event_id, event_command(place, rrule="FREQ=WEEKLY;COUNT=3", starts_local=in_days(2, hour=15))
    )
    after = all_dates()
    assert [date.public_id for date in after] == [date.public_id for date in before]
    assert {date.starts_at - old.starts_at for date, old in zip(after, before, strict=True)} == {
        timedelta(hours=5)
    }
    assert not any(date.is_moved for date in after)
    assert [date.sequence for date in after] == [1, 1, 1]
    assert ("occurrence_moved", {"occurrence_id": before[1].id}) in heard
    assert [name for name, _ in heard].count("occurrence_moved") == 1


def test_dates_that_a_new_rule_leaves_out_go_but_the_others_stay() -> None:
    place = make_place()
    event_id = make_event(place, rrule="FREQ=WEEKLY;COUNT=6")
    before = all_dates()
    service.update_event(event_id, event_command(place, rrule="FREQ=WEEKLY;INTERVAL=2;COUNT=3"))
    assert [date.public_id for date in all_dates()] == [before[number].public_id for number in (0, 2, 4)]


def test_a_date_moved_by_hand_keeps_its_own_time_when_the_series_changes() -> None:
    place = make_place()
    event_id = make_event(place, rrule="FREQ=WEEKLY;COUNT=2")
    moved = all_dates()[0]
    later = moved.starts_at + timedelta(hours=1)
    service.move_occurrence(moved.public_id, later, later + timedelta(minutes=45))
    service.update_event(event_id, event_command(place, rrule="FREQ=WEEKLY;COUNT=2", duration_minutes=60))
    assert (again(moved).starts_at, again(moved).ends_at) == (later, later + timedelta(minutes=45))


def test_capacity_never_falls_below_what_is_taken(heard: list[Any]) -> None:
    place = make_place()
    event_id = make_event(place)
    date = all_dates()[0]
    take_seats(date.public_id, 6)
    service.update_event(event_id, event_command(place, capacity=4))
    assert again(date).capacity == 6
    heard.clear()
    service.update_event(event_id, event_command(place, capacity=10))
    assert again(date).capacity == 10
    assert ("seats_freed", {"occurrence_ids": [date.id]}) in heard


def test_every_day_new_dates_come_within_reach_and_old_ones_stay(heard: list[Any]) -> None:
    make_event(rrule="FREQ=WEEKLY")
    before = all_dates()
    take_seats(before[3].public_id, 2)
    heard.clear()
    service.materialise()
    assert heard == []
    with clock.frozen(clock.now() + timedelta(days=28)):
        service.materialise()
        service.materialise()
    after = db.session.query(Occurrence).count()
    assert after - len(before) in (3, 4, 5)
    assert again(before[3]).seats_taken == 2
    assert [name for name, _ in heard] == ["event_saved"]


def test_one_date_moves_and_the_series_stays(heard: list[Any]) -> None:
    make_event(rrule="FREQ=WEEKLY;COUNT=3")
    first, second, third = all_dates()
    later = second.starts_at + timedelta(days=1)
    heard.clear()
    service.move_occurrence(second.public_id, later, later + timedelta(minutes=45))
    service.move_occurrence(second.public_id, later, later + timedelta(minutes=45))
    moved = again(second)
    assert (moved.starts_at, moved.recurrence_id, moved.sequence, moved.is_moved) == (
        later,
        second.starts_at,
        1,
        True,
    )
    assert [again(first), again(third)] == [first, third]
    assert heard == [("occurrence_moved", {"occurrence_id": second.id})]


def test_cancelling_and_reinstating_tell_once_each(heard: list[Any]) -> None:
    date = make_date()
    heard.clear()
    service.cancel_occurrence(date.public_id)
    service.cancel_occurrence(date.public_id)
    assert again(date).status is OccurrenceStatus.CANCELLED
    later = date.starts_at + timedelta(days=1)
    with pytest.raises(OccurrenceIsCancelled):
        service.move_occurrence(date.public_id, later, later + timedelta(hours=1))
    service.reinstate_occurrence(date.public_id)
    assert (again(date).status, again(date).sequence) == (OccurrenceStatus.SCHEDULED, 2)
    assert [name for name, _ in heard] == ["occurrence_cancelled", "occurrence_reinstated"]


def test_what_has_begun_stays_as_it_was() -> None:
    date = make_date()
    later = date.starts_at + timedelta(days=1)
    with clock.frozen(date.starts_at):
        for change in (
            service.cancel_occurrence,
            lambda id_: service.move_occurrence(id_, later, later + timedelta(hours=1)),
        ):
            with pytest.raises(OccurrenceOver):
                change(date.public_id)


@pytest.mark.parametrize(
    ("shift", "error"),
    [
        (timedelta(days=-3), NewTimeNotPossible),
        (timedelta(days=800), TooFarAhead),
        (timedelta(days=560), TooFarAhead),
    ],
)
def test_a_date_moves_only_into_the_near_future(shift: timedelta, error: type[Exception]) -> None:
    date = make_date()
    with pytest.raises(error):
        service.move_occurrence(date.public_id, date.starts_at + shift, date.ends_at + shift)


def test_seats_are_taken_by_a_guard_not_by_a_count() -> None:
    date = make_date(capacity=3)
    take_seats(date.public_id, 3)
    with pytest.raises(OccurrenceFull):
        take_seats(date.public_id, 1)
    with pytest.raises(OccurrenceFull):
        take_seats(date.public_id, -4)
    assert again(date).seats_taken == 3


def test_the_next_date_of_each_place_is_asked_once() -> None:
    places = [make_place(f"Luogo {number}") for number in range(3)]
    for place in places:
        make_event(place, rrule="FREQ=WEEKLY;COUNT=2")
    make_date()
    service.cancel_occurrence(all_dates()[0].public_id)
    ids = {date.place.id for date in all_dates()}
    found = next_of_places(ids, clock.now())
    assert set(found) == ids
    assert sorted(date.starts_at > clock.now() + timedelta(days=5) for date in found.values()) == [
        False,
        False,
        False,
        True,
    ]


def test_a_feed_gets_everything_of_an_event_in_one_value() -> None:
    place = make_place()
    make_event(place, rrule="FREQ=WEEKLY;COUNT=3", topics=frozenset({FirstTopic.READING, FirstTopic.PLAY}))
    event = db.session.query(Event).one()
    source = calendar_source(event.id)
    assert source is not None
    assert source.event.topics == (FirstTopic.PLAY, FirstTopic.READING)
    assert len(source.dates) == 3
    assert source.event.uid == f"{source.event.public_id}@isole-di-wendy"
    assert source.event.schedule.rrule == "FREQ=WEEKLY;COUNT=3"
