"""Plausible places and events for benchmarks: the same seed gives the same records, day by day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from app.core.local_text import LocalText
from app.demo.records import COUNTRY, LOCALITY, SUBDIVISION, TZID
from app.events.commands import SaveEvent
from app.events.rules.vocabulary import EventKind, FirstTopic
from app.places.commands import AmenityFact, IslandFact, SavePlace
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, Membership, PlaceKind
from geo.point import Point

SOURCE = "sample"
DATES_PER_EVENT = 10
CENTRE = Point(lon=9.19, lat=45.464)
SPREAD_LON, SPREAD_LAT = 0.06, 0.04  # degrees: most places within 8 km of the centre
FIRST_WORDS = {
    PlaceKind.PHARMACY: "Farmacia", PlaceKind.BOOKSHOP: "Libreria", PlaceKind.CAFE: "Caffè", PlaceKind.SHOP: "Bottega",
    PlaceKind.MEDICAL: "Ambulatorio", PlaceKind.ADVICE_CENTRE: "Consultorio", PlaceKind.LIBRARY: "Biblioteca",
    PlaceKind.ASSOCIATION: "Associazione", PlaceKind.COMMUNITY_SPACE: "Spazio", PlaceKind.PUBLIC_SERVICE: "Sportello",
    PlaceKind.OTHER: "Luogo",
}  # fmt: skip
NAMES = ("Aurora", "Baleno", "Cicala", "Dondolo", "Edera", "Favola", "Ginestra", "Iris", "Lanterna", "Melograno",
         "Nuvola", "Ortica", "Papavero", "Quercia", "Rugiada", "Salice", "Tulipano", "Ulivo", "Vela", "Zefiro")  # fmt: skip
HOURS = (
    "Mo-Fr 08:30-12:30,15:30-19:30; Sa 09:00-13:00; PH off",
    "Mo-Sa 07:00-20:00; PH off",
    "Tu-Su 10:00-19:00",
    "24/7",
    "Mo-Fr 09:00-18:00; PH off",
    "Mo-Sa 09:00-13:00,15:00-19:30; PH off; Aug 10-24 off",
    "Mo-Su 18:00-02:00",
    "",
)
TITLES = (
    ("Lettura per i piccoli", "Reading for little ones", EventKind.READING, FirstTopic.READING),
    ("Corso di italiano", "Italian course", EventKind.COURSE, FirstTopic.LANGUAGE),
    ("Domande all'ostetrica", "Questions for the midwife", EventKind.ADVICE, FirstTopic.FEEDING),
    ("Cucito insieme", "Sewing together", EventKind.WORKSHOP, FirstTopic.SEWING),
    ("Merenda di quartiere", "Neighbourhood snack", EventKind.MEETING, FirstTopic.NEIGHBOURHOOD),
    ("Spazio compiti", "Homework space", EventKind.WORKSHOP, FirstTopic.HOMEWORK),
)


def places(number: int, seed: int, today: date) -> Iterator[SavePlace]:
    """So many places around Milan, one in ten an island."""
    chance = Random(f"places {seed}")
    for index in range(number):
        yield _place(index, chance, today)


def events(number: int, seed: int, today: date, place_ids: list[str]) -> Iterator[SaveEvent]:
    """So many weekly events of ten dates each, the first within five weeks before and after today."""
    chance = Random(f"events {seed}")
    for index in range(number):
        yield _event(index, chance, today, chance.choice(place_ids))


def _place(index: int, chance: Random, today: date) -> SavePlace:
    kind = chance.choice(list(PlaceKind))
    hours = chance.choice(HOURS)
    is_island = chance.random() < 0.1
    lon = min(max(chance.gauss(CENTRE.lon, SPREAD_LON), CENTRE.lon - 0.3), CENTRE.lon + 0.3)
    lat = min(max(chance.gauss(CENTRE.lat, SPREAD_LAT), CENTRE.lat - 0.2), CENTRE.lat + 0.2)
    return SavePlace(
        source=SOURCE,
        source_id=str(index),
        name=f"{FIRST_WORDS[kind]} {chance.choice(NAMES)} {index}",
        kind=kind,
        location=Point(lon=round(lon, 6), lat=round(lat, 6)),
        tzid=TZID,
        country=COUNTRY,
        subdivision=SUBDIVISION,
        locality=LOCALITY,
        street_address=f"Via di prova {index % 700}",
        opening_hours=hours,
        languages=("it", "en") if chance.random() < 0.5 else ("it",),
        amenities=tuple(_amenities(chance, today)),
        island=IslandFact(Membership.MERCHANT, date(2017, 1, 1)) if is_island else None,
        is_demo=True,
    )


def _amenities(chance: Random, today: date) -> Iterator[AmenityFact]:
    for amenity in Amenity:
        draw = chance.random()
        if draw < 0.45:
            state = AmenityState.YES if draw < 0.33 else AmenityState.NO
            confirmed_on = today - timedelta(days=chance.randrange(400))
            yield AmenityFact(amenity, state, None, confirmed_on, chance.choice(list(ConfirmedBy)))


def _event(index: int, chance: Random, today: date, place_id: str) -> SaveEvent:
    italian, english, kind, topic = chance.choice(TITLES)
    day = today + timedelta(days=chance.randrange(-35, 36))
    begins = time(chance.randrange(8, 20), chance.choice((0, 15, 30, 45)))
    return SaveEvent(
        place_id=place_id,
        title=LocalText.of("it", it=f"{italian} {index}", en=f"{english} {index}"),
        starts_local=datetime.combine(day, begins),
        duration_minutes=chance.choice((45, 60, 90)),
        kind=kind,
        rrule=f"FREQ=WEEKLY;COUNT={DATES_PER_EVENT}",
        capacity=chance.choice((None, 8, 12, 20)),
        languages=("it",),
        topics=frozenset({topic}),
        source_key=f"{SOURCE}:{index}",
        is_demo=True,
    )
