"""Read the trail, and prove that nobody has rewritten it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.audit import chain
from app.core.audit.models import AuditDetail, AuditEntry, AuditHead, Verb
from app.core.database import db

BATCH = 500


@dataclass(frozen=True)
class Deed:
    """One entry; `changes` holds from what to what by column, empty once that is forgotten."""

    at: datetime
    actor: str
    verb: Verb
    kind: str
    object_id: str
    changes: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Proof:
    """How many entries were read; `broken` is the key of the first one that does not follow, 0 for a chain cut short."""

    number: int
    broken: int | None = None


def deeds_at(place_id: int, *, limit: int, offset: int = 0) -> list[Deed]:
    """What was done to a place, its events and their dates, the newest first."""
    query = (
        sa.select(AuditEntry, AuditDetail.changes)
        .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
        .where(AuditEntry.place_id == place_id)
        .order_by(AuditEntry.id.desc())
    )
    rows = db.session.execute(query.limit(limit).offset(offset)).all()
    return [_deed(entry, changes) for entry, changes in rows]


def verify() -> Proof:
    """Follow the chain from its beginning to its head."""
    number, previous = 0, chain.BEGINNING
    for entry, detail in _entries():
        facts = (entry.actor, entry.verb.value, entry.kind, entry.object_id, entry.place_id, entry.digest)
        is_next = entry.previous == previous and entry.hash == chain.link(previous, entry.at, *facts)
        if not is_next or (detail is not None and chain.digest(detail.salt, detail.changes) != entry.digest):
            return Proof(number, entry.id)
        number, previous = number + 1, entry.hash
    head = db.session.scalars(sa.select(AuditHead)).one()
    return Proof(number, None if (head.number, head.hash) == (number, previous) else 0)


def _entries() -> Iterator[tuple[AuditEntry, AuditDetail | None]]:
    """In order, some at a time."""
    last = 0
    while True:
        query = (
            sa.select(AuditEntry, AuditDetail)
            .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
            .where(AuditEntry.id > last)
            .order_by(AuditEntry.id)
            .limit(BATCH)
        )
        rows = db.session.execute(query).all()
        if not rows:
            return
        last = rows[-1][0].id
        yield from ((row[0], row[1]) for row in rows)


def _deed(entry: AuditEntry, changes: str | None) -> Deed:
    read = {name: (pair[0], pair[1]) for name, pair in json.loads(changes or "{}").items()}
    return Deed(entry.at, entry.actor, entry.verb, entry.kind, entry.object_id, read)
