"""Saving many places leaves room for bookings: short transactions, and nothing worked out inside that can be before."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from shapely import MultiPolygon, box
from sqlalchemy import event

from app.core import clock
from app.core.database import db, in_transaction
from app.places import queries, service
from app.places.commands import IslandFact
from app.places.models import Place, PlaceOpening
from app.places.rules.vocabulary import Membership
from app.places.service import openings, preparing
from app.places.signals import place_saved
from app.territories.commands import SaveTerritory
from app.territories.rules import TerritoryKind
from app.territories.service import save_territories
from geo.polygon import PolygonIndex
from tests.app.places.places import pharmacy, plain

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AREA = MultiPolygon([box(9.1, 45.4, 9.2, 45.5)])
MUNICIPIO = SaveTerritory("municipio-6", TerritoryKind.MUNICIPIO, "Municipio 6", AREA)


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context(), clock.frozen(MONDAY):
        yield


def key_of(source_id: str) -> int:
    return db.session.scalars(sa.select(Place.id).where(Place.source_id == source_id)).one()


def test_a_transaction_ends_when_fifty_milliseconds_have_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds, sizes = [100.0], [0]
    monkeypatch.setattr(clock, "monotonic", lambda: seconds[0])

    def take_thirty_milliseconds(_sender: object, *, place_id: int) -> None:
        seconds[0] += 0.03
        sizes[-1] += 1

    def count(_session: object) -> None:
        sizes.append(0)

    event.listen(db.session, "after_commit", count)
    try:
        with place_saved.connected_to(take_thirty_milliseconds):
            outcomes = service.save_places([plain(str(number)) for number in range(7)])
    finally:
        event.remove(db.session, "after_commit", count)
    assert [outcome.status for outcome in outcomes] == ["new"] * 7
    assert [outcome.source_id for outcome in outcomes] == [str(number) for number in range(7)]
    assert sum(sizes) == 7
    assert max(sizes) <= 2


def test_hours_and_territories_are_worked_out_before_anything_is_locked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    list(save_territories([MUNICIPIO]))
    locked: dict[str, list[bool]] = {}

    def watch(owner: object, name: str) -> None:
        real: Callable[..., object] = getattr(owner, name)

        def watched(*args: object, **options: object) -> object:
            locked.setdefault(name, []).append(in_transaction())
            return real(*args, **options)

        monkeypatch.setattr(owner, name, watched)

    watch(openings, "corner_intervals")
    watch(PolygonIndex, "containing")
    service.save_places([pharmacy("1"), plain("2", opening_hours="24/7")])
    assert locked == {"corner_intervals": [False, False], "containing": [False, False]}


def test_what_changed_since_it_was_worked_out_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    corner = IslandFact(Membership.MERCHANT, date(2020, 1, 1), "Mo-Fr 12:00-14:00")
    service.save_places([pharmacy("1")])
    real = preparing.look_ahead

    def then_somebody_else_saves(items):
        due = real(items)
        monkeypatch.undo()
        list(save_territories([MUNICIPIO]))
        service.save_places([pharmacy("1", island=corner)])
        return due

    monkeypatch.setattr("app.places.service.saving.look_ahead", then_somebody_else_saves)
    service.save_places([plain("1", phone="+39 02 9", opening_hours="Mo-Sa 08:30-19:30")])
    rows = db.session.scalars(sa.select(PlaceOpening).where(PlaceOpening.place_id == key_of("1"))).all()
    assert {(row.opens_at.hour, row.closes_at.hour) for row in rows} == {(11, 13)}
    assert len(queries.areas_of(key_of("1"))) == 1


def test_the_same_place_twice_in_one_batch_ends_as_it_was_said_last() -> None:
    first, second = service.save_places([plain("1", phone="+39 02 1"), plain("1", phone="+39 02 2")])
    assert first.public_id == second.public_id
    assert db.session.scalars(sa.select(Place.phone)).all() == ["+39 02 2"]
