"""The outbox's verbs: put in (inside the caller's transaction), claim, mark."""

from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa

from app.core import clock
from app.core.database import db, in_transaction, transaction
from app.core.ids import public_id
from app.core.mail.models import OutboxMessage
from app.core.state import INSERTS

CLAIM_LASTS = timedelta(minutes=10)
MAX_ATTEMPTS = 8
FIRST_RETRY = timedelta(minutes=1)


def put(kind: str, subject_id: str, *, dedupe_key: str, due_at: datetime | None = None) -> None:
    """Write one message beside the change it tells of; the same dedupe key never mails twice."""
    if not in_transaction():
        raise RuntimeError("the outbox is written in the transaction of what it tells of")
    now = clock.now()
    values = {
        "public_id": public_id(), "kind": kind, "subject_id": subject_id, "dedupe_key": dedupe_key,
        "created_at": now, "due_at": due_at or now, "attempts": 0,
    }  # fmt: skip
    db.session.execute(_insert(db.session.get_bind().dialect.name), values)


@cache
def _insert(dialect: str) -> sa.Insert:
    """Built once, and one statement whether the key is known or not: most changes write a message."""
    insert: sa.Insert = INSERTS[dialect](OutboxMessage.__table__).on_conflict_do_nothing(
        index_elements=["dedupe_key"]
    )
    return insert


def has_due() -> bool:
    """Whether anything waits; a read, so that an idle worker writes nothing."""
    found = db.session.scalar(sa.select(OutboxMessage.id).where(*_waiting(clock.now())).limit(1))
    db.session.rollback()
    return found is not None


def claim() -> OutboxMessage | None:
    """Take the oldest due message for ten minutes; two workers never take the same one."""
    now = clock.now()
    with transaction() as session:
        message = session.scalar(
            sa.select(OutboxMessage)
            .where(*_waiting(now))
            .order_by(OutboxMessage.due_at, OutboxMessage.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if message is None:
            return None
        message.claimed_at = now
        message.attempts += 1
        session.flush()
        session.refresh(message)
        session.expunge(message)
    return message


def mark_sent(message_id: int) -> None:
    """The server accepted it."""
    with transaction() as session:
        session.get_one(OutboxMessage, message_id).sent_at = clock.now()


def mark_failed(message_id: int, error: str) -> None:
    """Try again later, each time after twice as long; after eight attempts it is dead and stays visible."""
    with transaction() as session:
        message = session.get_one(OutboxMessage, message_id)
        message.claimed_at = None
        message.last_error = error[:200]
        if message.attempts >= MAX_ATTEMPTS:
            message.dead_at = clock.now()
        else:
            message.due_at = clock.now() + FIRST_RETRY * 2 ** (message.attempts - 1)


def _waiting(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.dead_at.is_(None),
        OutboxMessage.due_at <= now,
        sa.or_(OutboxMessage.claimed_at.is_(None), OutboxMessage.claimed_at < now - CLAIM_LASTS),
    )
