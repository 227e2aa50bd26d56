"""From the demo's data to commands of the features, the same that hosts and importers use."""

from datetime import date, datetime, timedelta

from shapely import MultiPolygon, Polygon

from app.demo.network import files, programme
from app.demo.network.files import DemoPlace, Helper
from app.demo.network.programme import DemoEvent, DemoTerritory
from app.demo.pictures import file_name
from app.events.commands import SaveEvent
from app.events.rules.vocabulary import CountedAs, EventKind, ProposedBy
from app.explore.commands import SaveGazetteer
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.gazetteer_rows import GazetteerRow
from app.explore.rules.street_words import compared
from app.places.commands import AmenityFact, IslandFact, ProfessionalFact, SavePlace
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, Membership, PlaceKind, Profession
from app.territories.commands import SaveTerritory
from app.territories.rules import TerritoryKind

SOURCE = "demo"
TZID, COUNTRY, SUBDIVISION = "Europe/Rome", "IT", "MI"
LOCALITY = "Milano"


def event_source_key(key: str) -> str:
    """The name of an event among all sources.

    >>> event_source_key("lettura-0-3")
    'demo:lettura-0-3'
    """
    return f"{SOURCE}:{key}"


def source_key(event: DemoEvent) -> str:
    """The same for an event of the data files."""
    return event_source_key(event.key)


def place_commands(today: date) -> list[SavePlace]:
    """Every demo place, with confirmation dates counted back from today."""
    return [_place(place, today) for place in files.places()]


def event_command(
    event: DemoEvent, place_id: str, starts_local: datetime, booked: tuple[datetime, ...]
) -> SaveEvent:
    """One event at the place with this public id; `booked` are earlier dates that visitors hold on to."""
    youngest, oldest = event.ages or (None, None)
    return SaveEvent(
        place_id=place_id,
        title=event.title,
        starts_local=starts_local,
        duration_minutes=event.minutes,
        kind=EventKind(event.kind),
        rrule=event.rrule,
        rdates=booked,
        description=event.description,
        bring=event.bring,
        languages=event.languages,
        age_from_months=youngest,
        age_to_months=oldest,
        price=event.price,
        organisers=event.organisers,
        partners=event.partners,
        speakers=event.speakers,
        proposed_by=ProposedBy(event.proposed_by),
        capacity=event.capacity,
        counted_as=CountedAs(event.counted_as),
        topics=frozenset(event.topics),
        source_key=source_key(event),
        **event.also,
        is_demo=True,
    )


def territory_command(territory: DemoTerritory) -> SaveTerritory:
    """One approximate border."""
    area = MultiPolygon([Polygon(territory.ring)])
    return SaveTerritory(territory.code, TerritoryKind(territory.kind), territory.name, area, is_demo=True)


def gazetteer_command() -> SaveGazetteer:
    """The small gazetteer of the demo."""
    rows = tuple(
        GazetteerRow(GazetteerKind(street.kind), street.name, compared(street.name), street.location)
        for street in programme.gazetteer()
    )
    return SaveGazetteer(SOURCE, rows)


def _place(place: DemoPlace, today: date) -> SavePlace:
    return SavePlace(
        source=SOURCE,
        source_id=place.id,
        name=place.name,
        kind=PlaceKind(place.kind),
        location=place.location,
        description=place.description,
        street_address=place.street,
        postal_code=place.postcode,
        locality=LOCALITY,
        country=COUNTRY,
        subdivision=SUBDIVISION,
        tzid=TZID,
        opening_hours=place.hours,
        access_notes=place.access,
        languages=place.languages,
        picture=file_name(place.id),
        picture_alt=files.subjects()[place.picture.subject].alt,
        amenities=_amenities(place, today),
        island=_island(place),
        professionals=tuple(_professional(helper) for helper in place.helpers),
        is_demo=True,
    )


def _amenities(place: DemoPlace, today: date) -> tuple[AmenityFact, ...]:
    days, by = place.confirmed
    confirmed_on, confirmed_by = today - timedelta(days=days), ConfirmedBy(by)
    states = dict.fromkeys(place.yes, AmenityState.YES) | dict.fromkeys(place.no, AmenityState.NO)
    return tuple(
        AmenityFact(
            amenity=amenity,
            state=states[amenity],
            detail=place.details.get(amenity),
            confirmed_on=confirmed_on,
            confirmed_by=confirmed_by,
        )
        for amenity in Amenity
        if amenity in states
    )


def _island(place: DemoPlace) -> IslandFact | None:
    if place.membership is None or place.since is None:
        return None
    return IslandFact(
        membership=Membership(place.membership), since=place.since, opening_hours=place.corner_hours
    )


def _professional(helper: Helper) -> ProfessionalFact:
    return ProfessionalFact(
        profession=Profession(helper.profession),
        name=helper.name,
        opening_hours=helper.hours,
        note=helper.note,
    )
