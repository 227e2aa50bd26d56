"""Roles are given once each, whoever gives them at the same time, and change nothing else of a person."""

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from shapely import MultiPolygon, box

from app.accounts import service
from app.accounts.commands import SavePerson
from app.accounts.models import Person, RoleGrant
from app.core.actor import Grant, Role
from app.core.database import db, transaction
from app.places.models import Place
from app.territories.commands import SaveTerritory
from app.territories.models import Territory
from app.territories.rules import TerritoryKind
from app.territories.service import save_territories
from tests.app.events.factory import make_place

LIA = "lia@example.org"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def grants(email: str = LIA) -> list[Grant]:
    """What is stored."""
    rows = db.session.scalars(sa.select(RoleGrant).join(Person).where(Person.email == email))
    return [Grant(row.role, row.place_id, row.territory_id) for row in rows]


@pytest.fixture
def scopes(app: Flask) -> dict[Role, Grant]:
    """A grant of each role, with a place and a territory that exist."""
    with app.app_context():
        make_place()
        area = MultiPolygon([box(9.1, 45.4, 9.2, 45.5)])
        list(save_territories([SaveTerritory("municipio-6", TerritoryKind.MUNICIPIO, "Municipio 6", area)]))
        place, territory = db.session.scalar(sa.select(Place.id)), db.session.scalar(sa.select(Territory.id))
    return {
        Role.HOST: Grant(Role.HOST, place_id=place),
        Role.MANAGER: Grant(Role.MANAGER, territory_id=territory),
        Role.OPERATOR: Grant(Role.OPERATOR),
    }


@pytest.mark.parametrize("role", list(Role))
def test_the_database_takes_no_role_twice(app: Flask, scopes: dict[Role, Grant], role: Role) -> None:
    grant = scopes[role]
    with app.app_context():
        person_id = service.grant_role(LIA, "Lia", grant)
        twin = RoleGrant(
            person_id=person_id, role=role, place_id=grant.place_id, territory_id=grant.territory_id, created_at=NOW
        )  # fmt: skip
        with pytest.raises(sa.exc.IntegrityError), transaction() as session:
            session.add(twin)
        assert grants() == [grant]


def test_a_person_may_have_every_role_and_the_same_one_is_given_once(
    app: Flask, scopes: dict[Role, Grant]
) -> None:
    with app.app_context():
        for grant in (*scopes.values(), *scopes.values()):
            service.grant_role(LIA, "Lia", grant)
        assert set(grants()) == set(scopes.values())
        service.save_person(SavePerson(LIA, "Lia", grants=(Grant(Role.OPERATOR), Grant(Role.OPERATOR))))
        assert grants() == [Grant(Role.OPERATOR)]


def test_a_new_role_leaves_name_and_language_as_they_are(app: Flask) -> None:
    with app.app_context():
        service.save_person(SavePerson(LIA, "Lia", "ar", is_demo=True))
        service.grant_role("LIA@example.org ", "lia", Grant(Role.OPERATOR))
        person = db.session.scalars(sa.select(Person)).one()
        assert (person.name, person.language, person.is_demo) == ("Lia", "ar", True)


@pytest.mark.parametrize("known", [True, False])
def test_roles_given_at_once_are_all_there(app: Flask, scopes: dict[Role, Grant], known: bool) -> None:
    failed: list[BaseException] = []
    together = threading.Barrier(len(scopes))

    def give(grant: Grant) -> None:
        with app.app_context():
            together.wait()
            try:
                service.grant_role(LIA, "Lia", grant)
            except sa.exc.SQLAlchemyError as error:
                failed.append(error)

    with app.app_context():
        if known:
            service.save_person(SavePerson(LIA, "Lia"))
    threads = [threading.Thread(target=give, args=(grant,)) for grant in scopes.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with app.app_context():
        assert set(grants()) == set(scopes.values())
