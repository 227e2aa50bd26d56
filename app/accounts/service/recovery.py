"""Recovery codes: made with an operator's first passkey, anew when asked, each good once."""

import sqlalchemy as sa

from app.accounts.models import RecoveryCode, SignInSession
from app.accounts.rules.codes import RECOVERY_CODES, CodeWrong
from app.accounts.rules.passkeys import ProofNeeded
from app.core import clock, tokens
from app.core.actor import Actor
from app.core.database import db, transaction
from app.core.ids import public_id, read_from_paper


def make_recovery_codes(person_id: int) -> list[str]:
    """Ten new ones, inside the caller's transaction; older ones are good no more. They are shown once, and kept as hashes."""
    codes = [public_id() for _ in range(RECOVERY_CODES)]  # 50 bits each
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    rows = [{"person_id": person_id, "code_hash": _hash(person_id, code)} for code in codes]
    db.session.execute(sa.insert(RecoveryCode), rows)
    return codes


def renew_recovery_codes(actor: Actor) -> list[str]:
    """The same for whoever asks for new ones. Raises ProofNeeded."""
    if not actor.is_proven:
        raise ProofNeeded
    with transaction():
        return make_recovery_codes(actor.person_id)


def use_recovery_code(actor: Actor, typed: str) -> None:
    """Let a code stand for the passkey in this session; it is used up. Raises CodeWrong."""
    code = read_from_paper(typed)
    with transaction() as session:
        used = session.execute(
            sa.update(RecoveryCode)
            .where(
                RecoveryCode.person_id == actor.person_id,
                RecoveryCode.code_hash == _hash(actor.person_id, code),
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=clock.now())
            .returning(RecoveryCode.id)
        ).one_or_none()
        if used is None:
            raise CodeWrong
        session.execute(
            sa.update(SignInSession)
            .where(SignInSession.token_hash == actor.session_hash)
            .values(is_proven=True)
        )


def _hash(person_id: int, code: str) -> str:
    """Two people with the same code have two hashes."""
    return tokens.token_hash(f"recovery\n{person_id}\n{code}")
