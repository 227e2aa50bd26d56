"""Sign in, sign out, and who may do what."""

import sqlalchemy as sa

from app.accounts import queries, rules
from app.accounts.models import SignInSession, SignInToken
from app.core import clock, tokens
from app.core.database import db, transaction
from app.core.errors import Gone
from app.core.ids import public_id
from app.core.jobs import daily
from app.core.mail import outbox
from app.core.retention import remove_ended

SIGN_IN = "sign_in"


class LinkEnded(Gone):
    """The one-time link was used, or its quarter of an hour is over."""


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


@daily("accounts.forget")
def forget_ended() -> None:
    """Links and sessions that can open nothing any more."""
    now = clock.now()
    remove_ended(SignInToken.id, SignInToken.expires_at <= now)
    ended = (
        SignInSession.revoked_at.is_not(None),
        SignInSession.expires_at <= now,
        SignInSession.last_seen_at <= now - rules.SESSION_IDLE,
    )
    remove_ended(SignInSession.id, sa.or_(*ended))


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
