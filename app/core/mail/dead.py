"""Letters that were given up: what an operator is shown of them, and the way back into the queue."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core import clock
from app.core.database import db, transaction
from app.core.mail import delivery
from app.core.mail.models import OutboxMessage

SHOWN = 200  # a mail server that was wrong for hours leaves thousands: the first ones tell enough


@dataclass(frozen=True)
class DeadLetter:
    """A letter that eight tries did not deliver. `to` is shortened: enough to recognise a wrong address, no list of people."""

    public_id: str
    kind: str
    died_at: datetime
    error: str
    to: str


def count_dead() -> int:
    """How many letters were given up and are still kept."""
    dead = OutboxMessage.dead_at.is_not(None)
    return db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage).where(dead)) or 0


def dead_letters() -> list[DeadLetter]:
    """The first ones that were given up, oldest first."""
    dead = OutboxMessage.dead_at.is_not(None)
    chosen = (
        sa.select(OutboxMessage).where(dead).order_by(OutboxMessage.dead_at, OutboxMessage.id).limit(SHOWN)
    )
    return [_shown(message) for message in db.session.scalars(chosen).all()]


def try_again(*public_ids: str) -> int:
    """Put these dead letters (without ids: all of them) back into the queue under the same Message-ID.

    Each has its eight tries anew. Returns how many went back.
    """
    chosen = [OutboxMessage.dead_at.is_not(None)]
    if public_ids:
        chosen.append(OutboxMessage.public_id.in_(public_ids))
    anew = {"dead_at": None, "claimed_at": None, "attempts": 0, "due_at": clock.now()}
    with transaction() as session:
        back = session.execute(
            sa.update(OutboxMessage).where(*chosen).values(**anew).returning(OutboxMessage.id)
        )
        return len(back.all())


def shortened(address: str) -> str:
    """The first letter and the domain.

    >>> shortened("ada.lovelace@example.org")
    'a…@example.org'
    """
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _shown(message: OutboxMessage) -> DeadLetter:
    """Whom it is for is found by writing it again: the outbox itself holds no address."""
    assert message.dead_at is not None
    try:
        mail = delivery.render(message)
    except delivery.FAULTS:
        to = "cannot be written"
    else:
        to = shortened(mail.to) if mail else "nothing to say any more"
    return DeadLetter(message.public_id, message.kind, message.dead_at, message.last_error or "", to)
