"""Load the demo network; loading it again changes nothing, and on another day only what depends on the day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.accounts.commands import SavePerson
from app.accounts.service import save_person
from app.core import clock, state
from app.core.actor import Grant, Role
from app.core.database import transaction
from app.core.jobs import daily
from app.demo import queries
from app.demo.network import programme
from app.demo.network.programme import DemoPerson
from app.demo.records import SOURCE, TZID, gazetteer_command, place_commands, territory_command
from app.demo.service.dates import set_dates
from app.demo.service.families import book_families
from app.demo.service.lending import lend
from app.explore.service import save_gazetteer
from app.places.service import save_places
from app.territories.service import save_territories


@dataclass(frozen=True)
class Loaded:
    """How much of the network is now there, and how many records were new or changed."""

    places: int
    events: int
    touched: int


def load_demo() -> Loaded:
    """Everything: borders, places, gazetteer, people, events, bookings."""
    _territories()
    touched = _places()
    save_gazetteer(gazetteer_command())
    _people()
    touched += lend()
    touched += _programme()
    with transaction():
        state.write(queries.LOADED, clock.today(TZID).isoformat())
    return Loaded(len(place_commands(clock.today(TZID))), len(programme.events()), touched)


@daily("demo.refresh")
def refresh_demo() -> None:
    """Where the demo is loaded, bring what depends on the day up to date, and what a newer version says."""
    if queries.is_loaded():
        _territories()
        _places()
        lend()
        _programme()


def _territories() -> None:
    """Only where no real border of that code was imported; the generator does its work when it is read."""
    imported = queries.imported_territories()
    drawn = [territory for territory in programme.territories() if territory.code not in imported]
    list(save_territories([territory_command(territory) for territory in drawn]))


def _places() -> int:
    outcomes = save_places(place_commands(clock.today(TZID)))
    return sum(outcome.status != "unchanged" for outcome in outcomes)


def _programme() -> int:
    began = clock.now()
    touched = set_dates()
    book_families(began)
    return touched


def _people() -> None:
    places = {name: key for name, (key, _) in queries.place_keys(SOURCE).items()}
    territories = queries.territory_keys()
    for person in programme.people():
        grants = tuple(_grants(person, places, territories))
        save_person(SavePerson(person.email, person.name, person.language, grants, is_demo=True))


def _grants(person: DemoPerson, places: Mapping[str, int], territories: Mapping[str, int]) -> Iterator[Grant]:
    role = Role(person.role)
    if role is Role.OPERATOR:
        yield Grant(role)
    for name in person.places:
        yield Grant(role, place_id=places[name])
    for code in person.territories:
        yield Grant(role, territory_id=territories[code])
