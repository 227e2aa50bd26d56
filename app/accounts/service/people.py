"""Who is known, and which roles they have."""

from collections.abc import Iterable

import sqlalchemy as sa

from app.accounts.commands import SavePerson
from app.accounts.models import Person, RoleGrant
from app.core import clock
from app.core.actor import Grant, Role
from app.core.database import db, transaction
from app.core.i18n import DEFAULT_LANGUAGE
from app.core.ids import public_id
from app.core.state import INSERTS


def save_person(command: SavePerson) -> int:
    """Create or update a person by e-mail address; returns the integer key."""
    with transaction() as session:
        person = _locked(command.email, command.name, command.language)
        person.name, person.language, person.is_demo = command.name, command.language, command.is_demo
        wanted = set(command.grants)
        _take(person, [row for row in person.grants if _grant(row) not in wanted])
        _add_missing(person, command.grants)
        session.flush()
        return person.id


def grant_role(email: str, name: str, grant: Grant) -> int:
    """Give one more role to a person, who is created if unknown; all else stays. Returns the integer key."""
    with transaction():
        return grant_locked(email, name, DEFAULT_LANGUAGE, grant)


def grant_locked(email: str, name: str, language: str, grant: Grant) -> int:
    """The same inside the caller's transaction; name and language are those of somebody new."""
    person = _locked(email, name, language)
    _add_missing(person, (grant,))
    db.session.flush()
    return person.id


def revoke_host(person_public_id: str, place_id: int) -> bool:
    """Take the role of a place's host from somebody, inside the caller's transaction; False where they have it not."""
    own = sa.select(Person).where(Person.public_id == person_public_id).with_for_update()
    person = db.session.scalar(own)
    if person is None:
        return False
    host = [row for row in person.grants if _grant(row) == Grant(Role.HOST, place_id=place_id)]
    _take(person, host)
    return bool(host)


def _locked(email: str, name: str, language: str) -> Person:
    """The person with this address, created if unknown: one statement, so that two at once make one person.

    The row is locked: who gives a role in the same moment waits, and sees this one.
    """
    email = email.strip().lower()
    new = {"email": email, "name": name, "language": language, "public_id": public_id()}
    insert = INSERTS[db.session.get_bind().dialect.name](Person)
    row = insert.values(is_demo=False, created_at=clock.now(), **new)
    db.session.execute(row.on_conflict_do_nothing(index_elements=["email"]))
    return db.session.scalars(sa.select(Person).where(Person.email == email).with_for_update()).one()


def _take(person: Person, grants: Iterable[RoleGrant]) -> None:
    for row in grants:
        db.session.delete(row)  # said so, since the audit notes what is deleted and not what falls off a list
    db.session.flush()
    db.session.expire(person, ["grants"])


def _add_missing(person: Person, grants: Iterable[Grant]) -> None:
    known = {_grant(row) for row in person.grants}
    for grant in dict.fromkeys(grants):
        if grant not in known:
            person.grants.append(
                RoleGrant(
                    role=grant.role, place_id=grant.place_id, territory_id=grant.territory_id,
                    created_at=clock.now(),
                )
            )  # fmt: skip


def _grant(row: RoleGrant) -> Grant:
    return Grant(row.role, row.place_id, row.territory_id)
