"""Who may open and send what: every staff address of the house for each role, inside and outside its territory."""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from shapely import MultiPolygon, box

from app.core.actor import Grant, Role
from app.core.database import db
from app.core.permissions import BEARER, PUBLIC
from app.events.commands import ProposeEvent
from app.events.facts import OccurrenceView
from app.events.models import EventProposal
from app.events.rules.vocabulary import EventKind, FirstTopic
from app.events.service import keep_draft, propose_event
from app.places.commands import ClaimPlace
from app.places.models import PlaceClaim
from app.places.queries import staff_place
from app.places.service import claim_place, claim_token, confirm_claim
from app.spaces.queries import reservation_by_token
from app.spaces.service import reserve
from app.territories.commands import SaveTerritory
from app.territories.queries import by_code
from app.territories.rules import TerritoryKind
from app.territories.service import save_territories
from geo.point import Point
from tests.app.events.browsing import enter, hidden_values
from tests.app.events.factory import again, make_date, make_place
from tests.app.spaces.factory import make_space, wish
from tests.client import CheckingClient

OPEN_TO_ALL = {PUBLIC.name, BEARER.name}
WITHOUT_OBJECT = {
    "/admin", "/desk", "/desk/claims", "/desk/events", "/sign-in/devices", "/sign-in/passkeys", "/sign-in/passkeys/new-question", "/sign-in/passkeys/recovery",
    "/sign-in/passkeys/recovery/new", "/sign-in/passkeys/remove", "/studio", "/sign-out",
}  # fmt: skip
ABOVE = {"host": r"^/desk/|^/admin/|/team/(slip|end)$", "manager": r"^/admin/"}
ROLES = ("nobody", "no role", "host", "host elsewhere", "manager", "manager elsewhere", "operator")
MAY = {"host", "manager", "operator"}


@dataclass(frozen=True)
class World:
    """A date, a room, a claim and a proposal at one place, a date at another, and a territory around each."""

    here: OccurrenceView
    space: str
    reservation: str
    claim: str
    proposal: str
    calendar: str
    there: OccurrenceView
    territory: int
    elsewhere: int


@pytest.fixture
def world(app: Flask) -> World:
    """Two places in two territories, found by where they lie."""
    with app.app_context():
        areas = {"municipio-8": (9.0, 9.2), "municipio-9": (9.2, 9.4)}
        list(save_territories([territory(code, *edges) for code, edges in areas.items()]))
        here = make_date(place_id=make_place("Qui", location=Point(lon=9.1, lat=45.45)))
        there = make_date(place_id=make_place("Altrove", location=Point(lon=9.3, lat=45.45)))
        ids = [found.id for found in map(by_code, areas) if found]
        space = make_space(staff_place(here.place.public_id))
        booked = reservation_by_token(reserve(space.public_id, wish()).token)
        assert booked is not None
        claim_place(here.place.id, ClaimPlace("ada@example.org", "Ada", "È mia.", "it"))
        claim_id = db.session.query(PlaceClaim).one().public_id
        confirm_claim(claim_token(claim_id), app.extensions["settings"])
        propose_event(ProposeEvent(here.place.public_id, "Lettura", "Di sera", "", None, "it", "key"))
        proposal_id = db.session.query(EventProposal).one().public_id
        file = b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"
        calendar = keep_draft(here.place.id, "", EventKind.READING, file, "", "")
        return World(here, space.public_id, booked.public_id, claim_id, proposal_id, calendar, there, *ids)


def territory(code: str, west: float, east: float) -> SaveTerritory:
    return SaveTerritory(code, TerritoryKind.MUNICIPIO, code, MultiPolygon([box(west, 45.3, east, 45.6)]))


def sign_in(app: Flask, client: CheckingClient, role: str, world: World) -> None:
    grants = {
        "no role": (),
        "host": (Grant(Role.HOST, place_id=world.here.place.id),),
        "host elsewhere": (Grant(Role.HOST, place_id=world.there.place.id),),
        "manager": (Grant(Role.MANAGER, territory_id=world.territory),),
        "manager elsewhere": (Grant(Role.MANAGER, territory_id=world.elsewhere),),
        "operator": (Grant(Role.OPERATOR),),
    }
    if role in grants:
        enter(app, client, *grants[role])


def staff_routes(app: Flask, world: World) -> list[tuple[str, str]]:
    """(method, address) of each route that is not for everybody, about the date here and its place."""
    date = world.here
    values = {
        "space_id": world.space,
        "reservation_id": world.reservation,
        "occurrence_id": date.public_id,
        "place_id": date.place.public_id,
        "event_id": date.event_public_id,
        "report_id": "0" * 10,
        "photo_id": "nothing000",
        "booking_id": "nothing000",
        "claim_id": world.claim,
        "proposal_id": world.proposal,
        "slug": FirstTopic.PLAY.value,
        "source_id": world.calendar,
    }
    found = []
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "permission", "public")
        if permission not in OPEN_TO_ALL and rule.rule not in WITHOUT_OBJECT:
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: values[match[1]], rule.rule)
            found += [(method, path) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]
    return found


def csrf(client: CheckingClient, date: OccurrenceView) -> dict[str, str]:
    """A token that this browser may use on any form."""
    return {"csrf_token": hidden_values(client.get(f"/occurrences/{date.public_id}/book").text)["csrf_token"]}


@pytest.mark.parametrize("role", ROLES)
def test_each_staff_address_opens_to_its_people_only(
    app: Flask, client: CheckingClient, world: World, role: str
) -> None:
    routes = staff_routes(app, world)
    assert len(routes) >= 9, routes
    sign_in(app, client, role, world)
    token = csrf(client, world.here)
    for method, path in routes:
        before = stored(app, world)
        answer = client.open(path, method=method, data=token if method == "POST" else None)
        where = f"{role}: {method} {path}"
        if role == "nobody":
            assert (answer.status_code, answer.location) == (303, "/sign-in"), where
        elif role not in MAY or re.search(ABOVE.get(role, "^$"), path):
            assert answer.status_code == 403, where
            assert "Lettura" not in answer.text, where
        else:
            assert answer.status_code in {200, 303, 409, 422}, where
        if method == "GET" or role not in MAY:
            assert stored(app, world) == before, where


def stored(app: Flask, world: World) -> OccurrenceView:
    with app.app_context():
        return again(world.here)


@pytest.mark.parametrize("role", ROLES)
def test_my_places_lists_mine_and_no_others(
    app: Flask, client: CheckingClient, world: World, role: str
) -> None:
    sign_in(app, client, role, world)
    answer = client.get("/studio")
    expected = {"nobody": (303, False, False), "no role": (403, False, False), "operator": (200, True, True)}
    mine = (200, role in {"host", "manager"}, role in {"host elsewhere", "manager elsewhere"})
    shown = tuple(date.place.public_id in answer.text for date in (world.here, world.there))
    assert (answer.status_code, *shown) == expected.get(role, mine)


def test_a_role_that_was_taken_away_is_gone_at_the_next_press(
    app: Flask, client: CheckingClient, world: World
) -> None:
    sign_in(app, client, "host", world)
    assert client.get(f"/studio/occurrences/{world.here.public_id}").status_code == 200
    browser = app.test_client()
    assert isinstance(browser, CheckingClient)
    enter(app, browser)  # the same person, whose grants are now none
    assert client.get(f"/studio/occurrences/{world.here.public_id}").status_code == 403
