"""Ask a device to prove who somebody is, and keep or forget its passkey."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.commands import NewPasskey
from app.accounts.models import Passkey, PasskeyChallenge, Person, SignInSession
from app.accounts.rules import passkeys as rules
from app.accounts.service.recovery import make_recovery_codes
from app.accounts.service.signing_in import new_session
from app.core import clock
from app.core.actor import Actor, Role
from app.core.database import db, transaction
from app.core.ids import public_id


@dataclass(frozen=True)
class Asked:
    """A question to a device: its public id, and the bytes that the device signs."""

    id: str
    challenge: bytes


def ask_device(person_id: int | None = None) -> Asked:
    """A new question, good once and for five minutes; `person_id` where somebody is signed in already."""
    asked = Asked(public_id(), secrets.token_bytes(rules.CHALLENGE_BYTES))
    with transaction() as session:
        session.add(
            PasskeyChallenge(
                public_id=asked.id, challenge=asked.challenge, person_id=person_id,
                expires_at=clock.now() + rules.CHALLENGE_LASTS,
            )
        )  # fmt: skip
    return asked


def take_question(asked_id: str, person_id: int | None = None) -> bytes:
    """What was asked, which is over with it; raises CeremonyEnded."""
    own = (
        PasskeyChallenge.person_id.is_(None) if person_id is None else PasskeyChallenge.person_id == person_id
    )
    with transaction() as session:
        row = session.execute(
            sa.delete(PasskeyChallenge)
            .where(PasskeyChallenge.public_id == asked_id, own, PasskeyChallenge.expires_at > clock.now())
            .returning(PasskeyChallenge.challenge)
        ).one_or_none()
    if row is None:
        raise rules.CeremonyEnded
    return bytes(row[0])


def sign_in_with_passkey(credential_id: bytes, sign_count: int, device: str = "") -> str:
    """Open a session for whoever holds this passkey; returns its token. Raises PasskeyRefused (forgotten meanwhile)."""
    with transaction():
        known = _known(credential_id, sign_count)
        return new_session(known.person_id, device, is_proven=True)


def prove_with_passkey(actor: Actor, credential_id: bytes, sign_count: int) -> None:
    """Whoever came in by a mail shows a passkey of theirs; raises PasskeyRefused."""
    with transaction():
        if _known(credential_id, sign_count).person_id != actor.person_id:
            raise rules.PasskeyRefused
        prove(actor.session_hash)


def add_passkey(actor: Actor, new: NewPasskey, device: str) -> list[str]:
    """Keep a passkey of whoever is signed in; returns recovery codes for an operator's first one, else [].

    From now on this session is as good as one that a passkey opened. Raises TooManyPasskeys, PasskeyKnown, ProofNeeded.
    """
    try:
        with transaction() as session:
            number = _number_of(actor.person_id)
            is_operator = _is_operator(actor.person_id)
            rules.check_adding(number=number, is_operator=is_operator, is_proven=actor.is_proven)
            session.add(
                Passkey(
                    public_id=public_id(), person_id=actor.person_id, credential_id=new.credential_id,
                    public_key=new.public_key, sign_count=new.sign_count, device=device[:40], created_at=clock.now(),
                )
            )  # fmt: skip
            session.flush()
            prove(actor.session_hash)
            return make_recovery_codes(actor.person_id) if is_operator and not number else []
    except IntegrityError as error:
        raise rules.PasskeyKnown from error


def remove_passkey(actor: Actor, passkey_id: str) -> None:
    """Forget one of one's own; one of somebody else's is left alone. Raises LastPasskey, ProofNeeded."""
    with transaction() as session:
        is_operator, number = _is_operator(actor.person_id), _number_of(actor.person_id)
        rules.check_removing(number=number, is_operator=is_operator, is_proven=actor.is_proven)
        session.execute(
            sa.delete(Passkey).where(Passkey.person_id == actor.person_id, Passkey.public_id == passkey_id)
        )


def forget_passkeys(email: str) -> int | None:
    """All of somebody whose devices and paper are gone; returns how many, None where nobody has this address.

    Their sessions end: the next sign-in by mail may add a passkey again.
    """
    with transaction() as session:
        person_id = session.scalar(sa.select(Person.id).where(Person.email == email.strip().lower()))
        if person_id is None:
            return None
        gone = session.scalars(
            sa.delete(Passkey).where(Passkey.person_id == person_id).returning(Passkey.id)
        ).all()
        session.execute(
            sa.update(SignInSession)
            .where(SignInSession.person_id == person_id, SignInSession.revoked_at.is_(None))
            .values(revoked_at=clock.now())
        )
        return len(gone)


def prove(session_hash: str) -> None:
    """Note that a session was given more than a mail, inside the caller's transaction."""
    db.session.execute(
        sa.update(SignInSession).where(SignInSession.token_hash == session_hash).values(is_proven=True)
    )


def _known(credential_id: bytes, sign_count: int) -> Passkey:
    """The passkey, which has just been used."""
    own = sa.select(Passkey).where(Passkey.credential_id == credential_id).with_for_update()
    known = db.session.scalar(own)
    if known is None:
        raise rules.PasskeyRefused
    known.sign_count, known.last_used_at = max(known.sign_count, sign_count), clock.now()
    return known


def _number_of(person_id: int) -> int:
    """How many they have; the person is held, so that two devices at once are counted."""
    db.session.execute(sa.select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
    mine = sa.select(sa.func.count()).select_from(Passkey).where(Passkey.person_id == person_id)
    return db.session.scalar(mine) or 0


def _is_operator(person_id: int) -> bool:
    person = db.session.get_one(Person, person_id)
    return any(grant.role is Role.OPERATOR for grant in person.grants)
