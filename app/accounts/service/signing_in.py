"""Sign in with a link or its code, sign out, here or elsewhere."""

import hmac
from typing import cast

import sqlalchemy as sa

from app.accounts import queries
from app.accounts.models import PasskeyChallenge, SignInSession, SignInToken
from app.accounts.rules import sessions as rules
from app.accounts.rules.codes import MAX_TRIES, CodeWrong
from app.core import clock, tokens
from app.core.database import db, transaction
from app.core.errors import Gone
from app.core.ids import public_id
from app.core.jobs import daily
from app.core.mail import outbox
from app.core.retention import remove_ended

SIGN_IN = "sign_in"
CODE = "sign_in_code"


class LinkEnded(Gone):
    """The one-time link was used, or its quarter of an hour is over."""


def request_link(email: str) -> str:
    """Prepare a one-time link with its code, and the mail; returns the public id under which the code is asked.

    An unknown address gets the same writing, waiting and counting; its mail turns out to be none.
    """
    with transaction():
        link_id, _ = _new_link(queries.person_id_by_email(email))
        outbox.put(SIGN_IN, link_id, dedupe_key=f"{SIGN_IN}:{link_id}")
        return link_id


def make_link(email: str) -> str | None:
    """A one-time link for the operator to hand over on the day the mail is down; returns the token."""
    with transaction():
        person_id = queries.person_id_by_email(email)
        return None if person_id is None else _new_link(person_id)[1]


def use_link(token: str, device: str = "") -> str:
    """Exchange a one-time link for a session; returns the session token. Works once, and ends its code."""
    now = clock.now()
    with transaction() as session:
        used = session.execute(
            sa.update(SignInToken)
            .where(
                SignInToken.token_hash == tokens.token_hash(token),
                SignInToken.used_at.is_(None),
                SignInToken.expires_at > now,
                SignInToken.person_id.is_not(None),
            )
            .values(used_at=now)
            .returning(SignInToken.person_id)
        ).scalar_one_or_none()
        if used is None:
            raise LinkEnded
        return new_session(used, device)


def sign_in_code(link_id: str) -> str:
    """The six digits that belong to a link: computed, never stored."""
    return tokens.personal_code(CODE, link_id)


def use_code(link_id: str, code: str, device: str = "") -> str:
    """Exchange the code for a session, within five tries; returns the session token, and ends its link.

    Raises LinkEnded, and CodeWrong once the try is written down.
    """
    now, rows = clock.now(), cast(sa.Table, SignInToken.__table__)
    open_ones = (rows.c.used_at.is_(None), rows.c.expires_at > now, rows.c.tries < MAX_TRIES)
    with transaction() as session:
        tried = session.execute(
            sa.update(rows)
            .where(rows.c.public_id == link_id, *open_ones)
            .values(tries=rows.c.tries + 1)
            .returning(rows.c.person_id, rows.c.tries)
        ).one_or_none()
        if tried is None:
            raise LinkEnded
        is_right = hmac.compare_digest(sign_in_code(link_id).encode(), code.encode())
        if is_right and tried.person_id is not None:
            session.execute(sa.update(rows).where(rows.c.public_id == link_id).values(used_at=now))
            return new_session(tried.person_id, device)
    raise CodeWrong(left=MAX_TRIES - tried.tries)


def sign_in_person(person_id: int, device: str = "") -> str:
    """Open a session for a person already known to be who they are; returns the session token."""
    with transaction():
        return new_session(person_id, device)


def sign_out(session_hash: str) -> None:
    """End a session for good; a copied cookie is worthless afterwards."""
    _end(SignInSession.token_hash == session_hash)


def end_session(person_id: int, session_id: str) -> None:
    """Sign one's own device out, by the session's public id; one of somebody else's is left alone."""
    _end(SignInSession.person_id == person_id, SignInSession.public_id == session_id)


def end_other_sessions(person_id: int, kept_hash: str) -> None:
    """Sign out everywhere but here."""
    _end(SignInSession.person_id == person_id, SignInSession.token_hash != kept_hash)


def _end(*which: sa.ColumnElement[bool]) -> None:
    with transaction() as session:
        session.execute(
            sa.update(SignInSession)
            .where(SignInSession.revoked_at.is_(None), *which)
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
    remove_ended(PasskeyChallenge.id, PasskeyChallenge.expires_at <= now)


def _new_link(person_id: int | None) -> tuple[str, str]:
    """Its public id and its token."""
    now = clock.now()
    link_id = public_id()
    token = tokens.personal_token(SIGN_IN, link_id, 1)
    db.session.add(
        SignInToken(
            public_id=link_id, token_hash=tokens.token_hash(token), person_id=person_id, tries=0,
            created_at=now, expires_at=now + rules.LINK_LASTS,
        )
    )  # fmt: skip
    return link_id, token


def new_session(person_id: int, device: str, *, is_proven: bool = False) -> str:
    """One more signed-in device, inside the caller's transaction; returns the session token."""
    now = clock.now()
    token = tokens.random_token()
    db.session.add(
        SignInSession(
            public_id=public_id(), token_hash=tokens.token_hash(token), person_id=person_id, device=device[:40],
            is_proven=is_proven, created_at=now, last_seen_at=now, expires_at=now + rules.SESSION_LASTS,
        )
    )  # fmt: skip
    return token
