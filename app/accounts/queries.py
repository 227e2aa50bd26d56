"""Who is behind a session or an address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Feedback, Passkey, Person, RoleGrant, SignInSession, SignInToken
from app.accounts.rules import sessions as rules
from app.accounts.rules.passkeys import holds_back
from app.core import clock
from app.core.actor import Actor, Grant, Role
from app.core.database import db
from app.core.tokens import token_hash


@dataclass(frozen=True)
class LinkLetter:
    """What the mail with a sign-in link needs."""

    public_id: str
    email: str
    name: str
    language: str


@dataclass(frozen=True)
class SessionView:
    """A device on which somebody is signed in; times aware."""

    public_id: str
    token_hash: str
    device: str
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True)
class LookingAfter:
    """Somebody who looks after a place, as a mail to them needs it."""

    public_id: str
    email: str
    name: str
    language: str


@dataclass(frozen=True)
class PasskeyView:
    """One passkey as its holder sees it."""

    public_id: str
    device: str
    last_used_at: datetime | None


@dataclass(frozen=True)
class StoredPasskey:
    """What a device's answer is checked against."""

    public_key: bytes
    sign_count: int


def passkeys_of(person_id: int) -> list[PasskeyView]:
    """Somebody's passkeys, the oldest first."""
    query = sa.select(Passkey.public_id, Passkey.device, Passkey.last_used_at)
    return [
        PasskeyView(*row)
        for row in db.session.execute(query.where(Passkey.person_id == person_id).order_by(Passkey.id))
    ]


def credential_ids_of(person_id: int) -> tuple[bytes, ...]:
    """What their devices call them."""
    return tuple(db.session.scalars(sa.select(Passkey.credential_id).where(Passkey.person_id == person_id)))


def passkey_by_credential(credential_id: bytes) -> StoredPasskey | None:
    """The passkey that a device says that it used."""
    query = sa.select(Passkey.public_key, Passkey.sign_count).where(Passkey.credential_id == credential_id)
    row = db.session.execute(query).one_or_none()
    return None if row is None else StoredPasskey(*row)


def actor_of_session(token: str, *, asks_for_proof: bool = False) -> Actor | None:
    """The person behind a session cookie, or None when it has ended.

    Where the site `asks_for_proof`, an operator who has shown a mail alone is held back.
    """
    found = db.session.scalar(sa.select(SignInSession).where(SignInSession.token_hash == token_hash(token)))
    if found is None or not rules.session_is_usable(
        expires_at=found.expires_at,
        last_seen_at=found.last_seen_at,
        revoked_at=found.revoked_at,
        now=clock.now(),
    ):
        return None
    is_held_back = holds_back(
        is_operator=any(grant.role is Role.OPERATOR for grant in found.person.grants),
        asks_for_proof=asks_for_proof and not found.person.is_demo,
        is_proven=found.is_proven,
    )
    return _actor(found, is_held_back=is_held_back)


def sessions_of(person_id: int) -> list[SessionView]:
    """Where somebody is signed in, the last used first."""
    now = clock.now()
    open_ones = (
        SignInSession.person_id == person_id,
        SignInSession.revoked_at.is_(None),
        SignInSession.expires_at > now,
        SignInSession.last_seen_at > now - rules.SESSION_IDLE,
    )
    columns = (
        SignInSession.public_id, SignInSession.token_hash, SignInSession.device, SignInSession.created_at,
        SignInSession.last_seen_at,
    )  # fmt: skip
    query = (
        sa.select(*columns).where(*open_ones).order_by(SignInSession.last_seen_at.desc(), SignInSession.id)
    )
    return [SessionView(*row) for row in db.session.execute(query)]


def person_id_by_email(email: str) -> int | None:
    """The integer key of the person with this address (any case)."""
    return db.session.scalar(sa.select(Person.id).where(Person.email == email.strip().lower()))


def link_letter(public_id: str) -> LinkLetter | None:
    """The facts of one unused, unexpired link."""
    row = db.session.execute(
        sa.select(SignInToken, Person)
        .join(Person, Person.id == SignInToken.person_id)
        .where(SignInToken.public_id == public_id)
    ).one_or_none()
    if row is None or row[0].used_at is not None or row[0].expires_at <= clock.now():
        return None
    return LinkLetter(public_id, row[1].email, row[1].name, row[1].language)


def link_is_usable(token: str) -> bool:
    """Whether pressing the button would sign somebody in; asking changes nothing."""
    found = db.session.scalar(sa.select(SignInToken).where(SignInToken.token_hash == token_hash(token)))
    return found is not None and rules.link_is_usable(
        expires_at=found.expires_at, used_at=found.used_at, now=clock.now()
    )


def _actor(session: SignInSession, *, is_held_back: bool) -> Actor:
    person = session.person
    held = {Role.OPERATOR} if is_held_back else set()
    return Actor(
        person_id=person.id, public_id=person.public_id, email=person.email, name=person.name,
        language=person.language, session_hash=session.token_hash,
        grants=tuple(grant for grant in _grants(person) if grant.role not in held),
        is_held_back=is_held_back, is_proven=session.is_proven,
    )  # fmt: skip


def _grants(person: Person) -> tuple[Grant, ...]:
    return tuple(Grant(grant.role, grant.place_id, grant.territory_id) for grant in person.grants)


def is_due_to_be_seen(token: str) -> bool:
    """Whether the session's last use was noted more than ten minutes ago."""
    last = db.session.scalar(
        sa.select(SignInSession.last_seen_at).where(SignInSession.token_hash == token_hash(token))
    )
    return last is not None and last < clock.now() - rules.SEEN_EVERY


def lookers_after(place_id: int, territory_ids: Collection[int]) -> list[LookingAfter]:
    """Hosts of a place and managers of its territories; where it has neither, the operators. Each person once."""
    near = sa.or_(RoleGrant.place_id == place_id, RoleGrant.territory_id.in_(territory_ids))
    return _with_grant(near) or _with_grant(RoleGrant.role == Role.OPERATOR)


def managing(territory_ids: Collection[int]) -> list[LookingAfter]:
    """Managers of these territories; where there are none, the operators."""
    above = _with_grant(RoleGrant.territory_id.in_(territory_ids))
    return above or operators()


def managers() -> dict[str, frozenset[int]]:
    """The territories of each manager, by the manager's public id."""
    query = sa.select(Person.public_id, RoleGrant.territory_id).join(
        RoleGrant, RoleGrant.person_id == Person.id
    )
    found: dict[str, frozenset[int]] = {}
    for public_id, territory_id in db.session.execute(query.where(RoleGrant.territory_id.is_not(None))):
        found[public_id] = found.get(public_id, frozenset()) | {territory_id or 0}
    return found


def hosts_of(place_id: int) -> list[LookingAfter]:
    """Who was given the place to look after, the first one first."""
    return _with_grant(sa.and_(RoleGrant.place_id == place_id, RoleGrant.role == Role.HOST))


def places_with_hosts() -> set[int]:
    """Keys of the places that somebody was given to look after."""
    hosted = sa.select(RoleGrant.place_id).where(RoleGrant.role == Role.HOST).distinct()
    return {place_id for place_id in db.session.scalars(hosted) if place_id is not None}


def count_hosts(place_ids: Collection[int]) -> dict[int, int]:
    """How many look after each of these places; those that nobody looks after are left out."""
    hosted = (RoleGrant.place_id.in_(place_ids), RoleGrant.role == Role.HOST)
    query = sa.select(RoleGrant.place_id, sa.func.count()).where(*hosted).group_by(RoleGrant.place_id)
    return {place_id: number for place_id, number in db.session.execute(query) if place_id is not None}


def names_of(public_ids: Collection[str]) -> dict[str, str]:
    """What people are called, by their public ids."""
    query = sa.select(Person.public_id, Person.name).where(Person.public_id.in_(public_ids))
    return {row.public_id: row.name for row in db.session.execute(query)}


def person_by_public_id(public_id: str) -> LookingAfter | None:
    """Somebody, as a mail to them needs it."""
    columns = (Person.public_id, Person.email, Person.name, Person.language)
    row = db.session.execute(sa.select(*columns).where(Person.public_id == public_id)).one_or_none()
    return LookingAfter(*row) if row else None


def person_looking_after(
    public_id: str, place_id: int, territory_ids: Collection[int]
) -> LookingAfter | None:
    """The person, if they still look after the place when a mail is written."""
    people = lookers_after(place_id, territory_ids)
    return next((person for person in people if person.public_id == public_id), None)


def _with_grant(condition: sa.ColumnElement[bool]) -> list[LookingAfter]:
    holders = sa.select(RoleGrant.person_id).where(condition)
    columns = (Person.public_id, Person.email, Person.name, Person.language)
    rows = db.session.execute(sa.select(*columns).where(Person.id.in_(holders)).order_by(Person.id))
    return [LookingAfter(*row) for row in rows]


@dataclass(frozen=True)
class FeedbackLetter:
    """What one operator is told of."""

    text: str
    email: str
    language: str
    written_at: datetime


def operators() -> list[LookingAfter]:
    """Who runs the network."""
    return _with_grant(RoleGrant.role == Role.OPERATOR)


def feedback_letter(public_id: str) -> FeedbackLetter | None:
    """The message that a waiting mail speaks of."""
    columns = (Feedback.text, Feedback.email, Feedback.language, Feedback.created_at)
    row = db.session.execute(sa.select(*columns).where(Feedback.public_id == public_id)).one_or_none()
    return FeedbackLetter(*row) if row else None
