"""Sign in, sign out, and who may do what."""

import sqlalchemy as sa

from app.accounts import queries, rules
from app.accounts.commands import SavePerson
from app.accounts.models import Person, RoleGrant, SignInSession, SignInToken
from app.core import clock, tokens
from app.core.actor import Grant
from app.core.database import db, transaction
from app.core.errors import Gone
from app.core.ids import public_id
from app.core.mail import outbox

SIGN_IN = "sign_in"


class LinkEnded(Gone):
    """The one-time link was used, or its quarter of an hour is over."""


def save_person(command: SavePerson) -> int:
    """Create or update a person by e-mail address; returns the integer key."""
    email = command.email.strip().lower()
    now = clock.now()
    with transaction() as session:
        person = session.scalar(sa.select(Person).where(Person.email == email))
        if person is None:
            person = Person(public_id=public_id(), email=email, created_at=now)
            session.add(person)
        person.name, person.language, person.is_demo = command.name, command.language, command.is_demo
        wanted = {(grant.role, grant.place_id, grant.territory_id) for grant in command.grants}
        kept = [g for g in person.grants if (g.role, g.place_id, g.territory_id) in wanted]
        missing = wanted - {(g.role, g.place_id, g.territory_id) for g in kept}
        person.grants = kept + [
            RoleGrant(role=role, place_id=place_id, territory_id=territory_id, created_at=now)
            for role, place_id, territory_id in sorted(missing, key=str)
        ]
        session.flush()
        return person.id


def grant_role(email: str, name: str, grant: Grant) -> int:
    """Give one more role to a person, who is created if unknown; other roles stay. Returns the integer key."""
    person_id = queries.person_id_by_email(email)
    kept = queries.grants_of(person_id) if person_id is not None else ()
    known_name = queries.name_of(person_id) if person_id is not None else None
    return save_person(SavePerson(email=email, name=known_name or name, grants=(*kept, grant)))


def request_link(email: str) -> str | None:
    """Prepare a one-time link and its mail; an unknown address gets the same silence. Returns the token."""
    with transaction():
        person_id = queries.person_id_by_email(email)
        if person_id is None:
            nobody = (
                public_id()
            )  # the same writing and waiting as for a known address; the mail turns out to be none
            outbox.put(SIGN_IN, nobody, dedupe_key=f"{SIGN_IN}:{nobody}")
            return None
        return _new_link(person_id, by_mail=True)


def make_link(email: str) -> str | None:
    """A one-time link for the operator to hand over on the day the mail is down; returns the token."""
    with transaction():
        person_id = queries.person_id_by_email(email)
        return None if person_id is None else _new_link(person_id, by_mail=False)


def use_link(token: str) -> str:
    """Exchange a one-time link for a session; returns the session token. Works once."""
    now = clock.now()
    with transaction() as session:
        used = session.execute(
            sa.update(SignInToken)
            .where(
                SignInToken.token_hash == tokens.token_hash(token),
                SignInToken.used_at.is_(None),
                SignInToken.expires_at > now,
            )
            .values(used_at=now)
            .returning(SignInToken.person_id)
        ).scalar_one_or_none()
        if used is None:
            raise LinkEnded
        return _new_session(used)


def sign_in_person(person_id: int) -> str:
    """Open a session for a person already known to be who they are; returns the session token."""
    with transaction():
        return _new_session(person_id)


def sign_out(session_hash: str) -> None:
    """End a session for good; a copied cookie is worthless afterwards."""
    with transaction() as session:
        session.execute(
            sa.update(SignInSession)
            .where(SignInSession.token_hash == session_hash, SignInSession.revoked_at.is_(None))
            .values(revoked_at=clock.now())
        )


def mark_seen(session_hash: str) -> None:
    """Note that a session is in use; writes at most every ten minutes, so that reading stays reading."""
    now = clock.now()
    with transaction() as session:
        session.execute(
            sa.update(SignInSession)
            .where(
                SignInSession.token_hash == session_hash, SignInSession.last_seen_at < now - rules.SEEN_EVERY
            )
            .values(last_seen_at=now)
        )


def _new_link(person_id: int, *, by_mail: bool) -> str:
    now = clock.now()
    link_id = public_id()
    token = tokens.personal_token(SIGN_IN, link_id, 1)
    db.session.add(
        SignInToken(
            public_id=link_id, token_hash=tokens.token_hash(token), person_id=person_id,
            created_at=now, expires_at=now + rules.LINK_LASTS,
        )
    )  # fmt: skip
    if by_mail:
        outbox.put(SIGN_IN, link_id, dedupe_key=f"{SIGN_IN}:{link_id}")
    return token


def _new_session(person_id: int) -> str:
    now = clock.now()
    token = tokens.random_token()
    db.session.add(
        SignInSession(
            token_hash=tokens.token_hash(token), person_id=person_id, created_at=now, last_seen_at=now,
            expires_at=now + rules.SESSION_LASTS,
        )
    )  # fmt: skip
    return token
