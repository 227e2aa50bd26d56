"""The made-up network as data: how many, where, when open, in which languages, and nothing real by mistake."""

import csv
import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from shapely import Point, Polygon

from app.demo import pictures
from app.demo.network import files, programme
from app.demo.records import COUNTRY, SUBDIVISION, TZID, place_commands
from app.places.rules.hours import Locale, corner_intervals, is_readable, is_uncertain
from app.places.rules.vocabulary import Amenity, ConfirmedBy, PlaceKind, Profession

PHARMACIES = Path(__file__).resolve().parents[4] / "shared" / "data" / "milano" / "farmacie_milano.csv"
NAMED_IN_PUBLIC = {"circolo-acli-terre-e-liberta", "scuola-delle-mamme", "vivi-voltri-lab", "spazio-melotti"}
LOCALE = Locale(TZID, COUNTRY, SUBDIVISION)
PLACES = files.places()
ISLANDS = [place for place in PLACES if place.membership]
BY_ID = {place.id: place for place in PLACES}


def test_there_are_29_islands_and_a_dozen_spaces_and_services():
    assert len(ISLANDS) == 29
    assert len(PLACES) - len(ISLANDS) == 12
    assert sum(place.membership == "merchant" for place in ISLANDS) == 17


def test_the_programmes_public_names_are_there_and_the_first_island_is_the_first():
    assert set(BY_ID) >= NAMED_IN_PUBLIC
    first = min(ISLANDS, key=lambda place: place.since)
    assert (first.id, first.street, first.since.year) == (
        "circolo-acli-terre-e-liberta",
        "Via Don Bosco 7",
        2016,
    )
    assert BY_ID["scuola-delle-mamme"].membership == "mother"
    assert BY_ID["vivi-voltri-lab"].membership is None


def test_no_other_place_has_a_house_number():
    numbered = [place.id for place in PLACES if re.search(r"\d", place.street)]
    assert numbered == ["circolo-acli-terre-e-liberta"]


def test_no_place_is_named_after_a_real_pharmacy():
    if not PHARMACIES.exists():
        pytest.skip("the list of Milan's pharmacies beside the repository is absent")
    with PHARMACIES.open(encoding="utf-8") as file:
        real = {
            re.sub(r"\W+", " ", row["DESCRIZIONE_FARMACIA"]).lower().strip() for row in csv.DictReader(file)
        }
    for place in PLACES:
        if place.id not in NAMED_IN_PUBLIC:
            name = re.sub(r"\W+", " ", place.name).lower().removeprefix("farmacia ")
            assert not {name, f"{name} srl", f"{name} snc", f"{name} sas"} & real, place.name


def test_every_place_lies_in_municipio_4_or_6():
    areas = [Polygon(territory.ring) for territory in programme.territories()]
    assert all(area.is_valid for area in areas)
    assert [territory.code for territory in programme.territories()] == ["municipio-4", "municipio-6"]
    for place in PLACES:
        inside = sum(area.contains(Point(place.location.lon, place.location.lat)) for area in areas)
        assert inside == 1, place.id


def test_every_text_is_there_in_every_language():
    everything = set(files.LANGUAGES)
    for owner, content in texts():
        assert set(content.texts) == everything, (owner, content.within("it").value)


def texts():
    """Whose it is, and every text of the network."""
    for place in PLACES:
        yield from (
            (place.id, text) for text in (place.description, place.access, *place.details.values()) if text
        )
        yield from ((place.id, helper.note) for helper in place.helpers if helper.note)
    for event in programme.events():
        yield from ((event.key, text) for text in (event.title, event.description, event.bring) if text)
    yield from ((name, subject.alt) for name, subject in files.subjects().items())


def test_arabic_texts_are_arabic():
    for owner, content in texts():
        assert re.search(r"[\u0621-\u064a]{2}", content.texts["ar"]), owner


def test_islands_ask_for_no_purchase_and_name_no_brand_or_mother_only():
    for place in ISLANDS:
        assert {"baby_feeding", "no_purchase"} <= set(place.yes), place.id
    words = " ".join(value for place in PLACES for value in place.description.texts.values()).lower()
    assert not re.search(r"\bmamme\b|latte in polvere|formula milk", words)


def test_every_word_of_the_vocabularies_is_known():
    for command, place in zip(place_commands(datetime(2026, 11, 23, tzinfo=UTC).date()), PLACES, strict=True):
        assert PlaceKind(place.kind) is command.kind
        assert {fact.amenity for fact in command.amenities} == {
            Amenity(name) for name in place.yes + place.no
        }
        assert all(ConfirmedBy(fact.confirmed_by) for fact in command.amenities)
        assert all(Profession(helper.profession) for helper in place.helpers)


def test_amenities_come_in_three_states():
    assert any(place.no for place in PLACES)
    assert all(len(set(place.yes) | set(place.no)) < len(Amenity) for place in PLACES)


def test_all_hours_can_be_read_and_vary():
    texts = {place.hours for place in PLACES} | {
        place.corner_hours for place in ISLANDS if place.corner_hours
    }
    texts |= {helper.hours for place in PLACES for helper in place.helpers}
    assert [text for text in texts if not is_readable(text) or is_uncertain(text)] == []
    assert len({place.hours for place in PLACES}) >= 30


def test_a_corner_keeps_its_own_hours_inside_its_hosts():
    place = BY_ID["centro-medico-bassa-marea"]
    saturday = datetime(2026, 11, 28, tzinfo=UTC)
    whole = corner_intervals(place.hours, "", saturday, saturday + timedelta(days=1), LOCALE)
    assert whole
    assert not corner_intervals(
        place.hours, place.corner_hours, saturday, saturday + timedelta(days=1), LOCALE
    )


def test_at_every_moment_of_two_years_at_least_three_islands_are_open():
    """Holidays included: what changes is only who opens or closes, so it is enough to look at those moments."""
    start, end = datetime(2026, 11, 20, tzinfo=UTC), datetime(2028, 11, 20, tzinfo=UTC)
    changes: dict[datetime, int] = {start: 0, end: 0}
    for place in ISLANDS:
        for interval in corner_intervals(place.hours, place.corner_hours, start, end, LOCALE):
            changes[interval.starts_at] = changes.get(interval.starts_at, 0) + 1
            changes[interval.ends_at] = changes.get(interval.ends_at, 0) - 1
    open_now = 0
    for moment, after in pairwise(sorted(changes)):
        open_now += changes[moment]
        assert open_now >= 3, (moment, after, open_now)


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2027, 1, 1), date(2027, 8, 15), date(2026, 12, 7)])
def test_on_holidays_every_hour_finds_three_islands(day):
    begins = datetime.combine(day, time(), UTC) - timedelta(hours=1)
    for hour in range(26):
        moment = begins + timedelta(hours=hour)
        found = [place.id for place in ISLANDS if is_open(place, moment)]
        assert len(found) >= 3, (moment, found)


def is_open(place, moment):
    around = (moment - timedelta(days=1), moment + timedelta(days=1))
    return any(
        interval.contains(moment)
        for interval in corner_intervals(place.hours, place.corner_hours, *around, LOCALE)
    )


def test_one_island_is_open_round_the_clock_with_a_changing_table_for_fathers_and_a_baby_scale():
    place = BY_ID["farmacia-del-barcone"]
    assert place.hours == "24/7"
    assert not place.corner_hours
    assert {"changing_table", "changing_table_fathers", "baby_scale"} <= set(place.yes)


def test_every_place_has_a_picture_of_its_own_as_its_generator_draws_it():
    drawn = set()
    for place in PLACES:
        subject = files.subjects()[place.picture.subject]
        committed = (pictures.STATIC / pictures.file_name(place.id)).read_text(encoding="utf-8")
        assert committed == pictures.draw(subject, place.picture), (
            f"{place.id}: run python -m app.demo.pictures"
        )
        assert len(committed.encode()) <= 3_000
        assert "prefers-color-scheme:dark" in committed
        assert subject.alt is not None
        assert {"it", "en", "ar"} <= set(subject.alt.texts)
        drawn.add(committed)
    assert len(drawn) == len(PLACES)
    assert len(list((pictures.STATIC / pictures.FOLDER).glob("*.svg"))) == len(PLACES)


def test_every_event_and_person_belongs_to_a_known_place():
    assert {event.place for event in programme.events()} <= set(BY_ID)
    assert {name for person in programme.people() for name in person.places} <= set(BY_ID)
    keys = [event.key for event in programme.events()]
    assert len(keys) == len(set(keys))
    assert all(person.email.endswith("@example.org") for person in programme.people())


def test_the_programme_has_every_kind_that_islands_really_had():
    kinds = {event.kind for event in programme.events()}
    topics = {topic for event in programme.events() for topic in event.topics}
    assert kinds == {"reading", "workshop", "course", "meeting", "lab", "advice", "pick_up"}
    assert topics >= {"reading", "feeding", "parenthood", "nutrition", "language", "sewing", "homework"}
    assert topics >= {"shared-shopping", "neighbourhood", "play"}
    assert {"ar", "en", "it"} <= set(
        next(e for e in programme.events() if e.key == "fiabe-tre-lingue").languages
    )
    assert any(event.proposed_by == "residents" for event in programme.events())
    assert any(event.rrule for event in programme.events())
    assert any(not event.rrule for event in programme.events())


def test_the_small_gazetteer_knows_what_people_type_first():
    names = {street.name for street in programme.gazetteer()}
    assert names >= {"Piazza Napoli", "Bande Nere", "Porta Genova", "Rogoredo"}
    assert len(names) >= 40
