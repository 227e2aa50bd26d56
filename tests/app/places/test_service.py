"""Saving places: what changed and nothing else, with all that is derived from it, in one transaction."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from shapely import MultiPolygon, Polygon

from app.core import clock, jobs
from app.core.database import db
from app.places import queries, service
from app.places.commands import AmenityFact, IslandFact
from app.places.models import Place, PlaceOpening, PlaceTerritory
from app.places.rules.intervals import LONGEST_ROW
from app.places.rules.opening import Opening
from app.places.rules.saving import UnusablePlace
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, Membership, PlaceKind, bits
from app.places.signals import place_saved
from app.territories.commands import SaveTerritory
from app.territories.rules import TerritoryKind
from app.territories.service import save_territories
from geo.mercator import morton
from geo.point import Point
from tests.app.places.places import CONFIRMED_ON, pharmacy, plain

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Milan


@pytest.fixture(autouse=True)
def _in_app(app: Flask):
    with app.app_context(), clock.frozen(MONDAY):
        yield


def saved(*commands):
    return service.save_places(commands)


def stored(public_id: str) -> Place:
    return db.session.scalars(sa.select(Place).where(Place.public_id == public_id)).one()


def places_in(territory_id: int) -> list[int]:
    query = sa.select(PlaceTerritory.place_id).where(PlaceTerritory.territory_id == territory_id)
    return list(db.session.scalars(query))


def area(code: str, west: float, east: float) -> SaveTerritory:
    ring = [(west, 45.4), (east, 45.4), (east, 45.5), (west, 45.5)]
    return SaveTerritory(code, TerritoryKind.MUNICIPIO, code, MultiPolygon([Polygon(ring)]))


def test_a_place_is_new_then_unchanged_then_changed() -> None:
    (first,) = saved(pharmacy())
    (second,) = saved(pharmacy())
    (third,) = saved(pharmacy(phone="+39 02 5678"))
    assert [first.status, second.status, third.status] == ["new", "unchanged", "changed"]
    assert first.public_id == second.public_id == third.public_id


def test_a_dry_run_tells_and_writes_nothing() -> None:
    assert [outcome.status for outcome in service.save_places([pharmacy()], dry_run=True)] == ["new"]
    assert db.session.scalar(sa.select(sa.func.count(Place.id))) == 0


def test_everything_known_comes_back() -> None:
    saved(pharmacy())
    place = queries.place_by_slug("farmacia-del-prato")
    assert place is not None
    assert (place.name, place.kind, place.languages) == (
        "Farmacia del Prato",
        PlaceKind.PHARMACY,
        ["it", "en", "ar"],
    )
    assert place.location == Point(lon=9.16, lat=45.45)
    assert place.island is not None
    assert (place.island.membership, place.island.since) == (Membership.MERCHANT, date(2017, 3, 6))
    assert [(fact.amenity, fact.state) for fact in place.amenities] == [
        (Amenity.CHANGING_TABLE, AmenityState.YES),
        (Amenity.PLAY_AREA, AmenityState.NO),
    ]
    assert place.professionals[0].name == "Giulia"
    assert queries.place_by_id(place.id) == place


def test_what_is_derived_follows_what_is_known() -> None:
    (outcome,) = saved(pharmacy())
    place = stored(outcome.public_id)
    assert place.is_island
    assert place.amenity_bits == bits([Amenity.CHANGING_TABLE])
    assert place.confirmed_on == CONFIRMED_ON
    assert place.map_cell == morton(place.location)
    feature = json.loads(place.map_feature)
    assert feature["geometry"]["coordinates"] == [9.16, 45.45]
    assert feature["properties"] == {
        "id": place.public_id, "name": "Farmacia del Prato", "kind": "pharmacy", "island": True,
        "bits": place.amenity_bits, "url": "/places/farmacia-del-prato", "confirmed": "2026-11-10",
    }  # fmt: skip
    assert b": " not in place.map_feature


def test_texts_are_cleaned_when_they_are_saved() -> None:
    saved(pharmacy(name="  Farmacia\r\n del\x00 Prato "))
    assert queries.place_by_slug("farmacia-del-prato") is not None


def test_what_people_confirmed_outlives_a_source_that_says_nothing_of_it() -> None:
    saved(pharmacy())
    (outcome,) = saved(plain("1", phone="+39 02 9"))
    place = queries.place_by_id(stored(outcome.public_id).id)
    assert place is not None
    assert [fact.amenity for fact in place.amenities] == [Amenity.CHANGING_TABLE, Amenity.PLAY_AREA]
    assert place.island is not None
    assert len(place.professionals) == 1


def test_what_only_a_source_said_goes_when_the_source_no_longer_says_it() -> None:
    fact = AmenityFact(Amenity.WATER, AmenityState.YES, confirmed_by=ConfirmedBy.SOURCE)
    saved(plain("1", amenities=(fact,)))
    (outcome,) = saved(plain("1"))
    assert stored(outcome.public_id).amenities == []


def test_a_fact_is_changed_where_it_stands() -> None:
    saved(pharmacy())
    no_more = AmenityFact(Amenity.CHANGING_TABLE, AmenityState.NO, None, date(2026, 11, 20), ConfirmedBy.HOST)
    (outcome,) = saved(pharmacy(amenities=(no_more,)))
    place = stored(outcome.public_id)
    assert place.amenity_bits == 0
    assert place.confirmed_on == date(2026, 11, 20)


def test_the_same_name_gets_a_number_and_an_old_name_leads_on() -> None:
    saved(pharmacy("1"), pharmacy("2"))
    slugs = list(db.session.scalars(sa.select(Place.slug).order_by(Place.id)))
    assert slugs == ["farmacia-del-prato", "farmacia-del-prato-2"]
    saved(pharmacy("1", name="Farmacia Nuova"), pharmacy("3"))
    assert queries.current_slug("farmacia-del-prato") == "farmacia-nuova"
    assert queries.current_slug("farmacia-del-prato-3") == "farmacia-del-prato-3"
    assert queries.current_slug("nobody") is None


def test_a_place_that_takes_its_old_name_again_gets_its_old_address() -> None:
    saved(pharmacy())
    saved(pharmacy(name="Farmacia Nuova"))
    saved(pharmacy())
    assert queries.current_slug("farmacia-nuova") == "farmacia-del-prato"


def test_a_hundred_places_of_one_name_have_a_hundred_addresses() -> None:
    saved(*(plain(str(number), name="WC") for number in range(100)))
    slugs = set(db.session.scalars(sa.select(Place.slug)))
    assert len(slugs) == 100
    assert {"wc", "wc-2", "wc-100"} <= slugs


def test_opening_times_are_stored_for_fourteen_days() -> None:
    (outcome,) = saved(pharmacy())
    rows = queries.opening_rows(
        stored(outcome.public_id).id, MONDAY - timedelta(days=2), MONDAY + timedelta(days=30)
    )
    assert rows[0].starts_at == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert len(rows) == 12  # two weeks of Monday to Saturday
    assert rows[-1].ends_at < MONDAY + timedelta(days=14)


def test_no_stored_row_is_longer_than_a_day_and_round_the_clock_is_known_as_such() -> None:
    (outcome,) = saved(pharmacy(opening_hours="24/7"))
    key = stored(outcome.public_id).id
    rows = list(db.session.scalars(sa.select(PlaceOpening)))
    assert len(rows) >= 14
    assert all(row.closes_at - row.opens_at <= LONGEST_ROW for row in rows)
    assert queries.opening_states([key], MONDAY)[key].state is Opening.ALWAYS


def test_an_islands_hours_are_those_of_its_corner() -> None:
    corner = IslandFact(Membership.MERCHANT, date(2020, 1, 1), "Mo-Fr 12:00-14:00")
    (outcome,) = saved(pharmacy(island=corner))
    key = stored(outcome.public_id).id
    state = queries.opening_states([key], MONDAY)[key]
    assert (state.state, state.next_opens_at) == (Opening.CLOSED, datetime(2026, 11, 23, 11, 0, tzinfo=UTC))


@pytest.mark.parametrize("text", ["LUNEDI CHIUSO", "Mo-Fr 10:00+", ""])
def test_unreadable_hours_are_kept_as_text_and_never_guessed(text: str) -> None:
    (outcome,) = saved(pharmacy(opening_hours=text))
    place = stored(outcome.public_id)
    assert place.opening_hours == text
    assert queries.opening_states([place.id], MONDAY)[place.id].state is Opening.UNKNOWN


def test_how_many_places_stand_is_asked_once(app: Flask) -> None:
    saved(
        pharmacy("1"),
        pharmacy("2", opening_hours="24/7"),
        pharmacy("3", opening_hours="Sa 10:00-12:00"),
        plain("4"),
    )
    keys = list(db.session.scalars(sa.select(Place.id).order_by(Place.id)))
    states = queries.opening_states(keys, MONDAY)
    assert [states[key].state for key in keys] == [
        Opening.OPEN,
        Opening.ALWAYS,
        Opening.CLOSED,
        Opening.UNKNOWN,
    ]
    assert states[keys[2]].next_opens_at == datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
    assert queries.opening_states([], MONDAY) == {}


def test_the_daily_job_moves_the_window_forward(app: Flask) -> None:
    (outcome,) = saved(pharmacy())
    key = stored(outcome.public_id).id
    with clock.frozen(MONDAY + timedelta(days=20)):
        assert queries.opening_rows(key, clock.now(), clock.now() + timedelta(days=14)) == []
        assert "places.openings" in jobs.run_daily(app.extensions["settings"], force=True).done
        assert queries.opening_rows(key, clock.now(), clock.now() + timedelta(days=14))


def test_a_place_finds_its_territories_when_it_is_saved() -> None:
    list(save_territories([area("municipio-1", 9.1, 9.2), area("municipio-2", 9.2, 9.3)]))
    (outcome,) = saved(pharmacy())
    assert len(queries.areas_of(stored(outcome.public_id).id)) == 1
    saved(pharmacy(location=Point(lon=9.9, lat=45.45)))
    assert queries.areas_of(stored(outcome.public_id).id) == []


def test_places_find_their_territories_again_when_a_border_moves() -> None:
    saved(pharmacy("1"), pharmacy("2", location=Point(lon=9.25, lat=45.45)))
    list(save_territories([area("municipio-1", 9.1, 9.2)]))
    (key,) = db.session.scalars(sa.select(Place.id).where(Place.source_id == "1"))
    assert len(queries.areas_of(key)) == 1
    (territory,) = db.session.scalars(
        sa.select(PlaceTerritory.territory_id).where(PlaceTerritory.place_id == key)
    )
    assert places_in(territory) == [key]
    list(save_territories([area("municipio-1", 9.2, 9.3)]))
    assert queries.areas_of(key) == []
    assert len(places_in(territory)) == 1


def test_others_are_told_inside_the_transaction_and_only_of_what_changed() -> None:
    told: list[int] = []

    def hear(_sender, *, place_id: int) -> None:
        told.append(place_id)

    with place_saved.connected_to(hear):
        saved(pharmacy("1"), pharmacy("2"))
        saved(pharmacy("1"), pharmacy("2", phone="+39 02 1"))
    assert len(told) == 3
    assert told[1] == told[2]


def test_a_subscriber_that_fails_undoes_the_save() -> None:
    def fail(_sender, *, place_id: int) -> None:
        raise ZeroDivisionError

    with place_saved.connected_to(fail), pytest.raises(ZeroDivisionError):
        saved(pharmacy())
    assert db.session.scalar(sa.select(sa.func.count(Place.id))) == 0


def test_an_unpublished_place_is_not_shown() -> None:
    saved(pharmacy(is_published=False))
    assert queries.place_by_slug("farmacia-del-prato") is None
    assert queries.listed(list(db.session.scalars(sa.select(Place.id)))) == []


@pytest.mark.parametrize(
    "changes",
    [{"name": " "}, {"name": "x" * 201}, {"tzid": "Europe/Nowhere"}, {"tzid": "../etc"}, {"country": "ITA"},
     {"source_id": ""}, {"opening_hours": "x" * 1001}],
)  # fmt: skip
def test_a_place_that_cannot_be_is_refused_before_anything_is_written(changes) -> None:
    with pytest.raises(UnusablePlace):
        saved(pharmacy("1"), pharmacy(**{"source_id": "2", **changes}))
    assert db.session.scalar(sa.select(sa.func.count(Place.id))) == 0
