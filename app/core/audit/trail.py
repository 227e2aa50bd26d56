"""Notes every change of an audited row that a person makes, without the services having to say so.

A model is audited that says `__audit__ = Audited(...)`; bulk statements (imports, seats) pass by on purpose.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from flask import has_request_context
from sqlalchemy import event
from sqlalchemy.orm import Session, attributes

from app.core import clock
from app.core.audit import chain
from app.core.audit.models import AuditDetail, AuditEntry, AuditHead, Verb
from app.core.database import db, in_transaction, write_last
from app.core.permissions import current_actor

PENDING = "wendy audit"
NAME = "audit"
LONGEST = 500  # characters of a value that are kept
Value = Callable[[Any], Any]
Key = tuple[str, str, int | None]  # kind, object, place


@dataclass(frozen=True)
class Audited:
    """How a model is noted: the object that it belongs to, and the columns that matter.

    `prefix` names the columns of a part ("changing_table" of a place); `always`: noted without a signed-in person too.
    """

    kind: str
    fields: tuple[str, ...]
    object_id: Value = lambda row: row.public_id
    place_id: Value = lambda row: row.place_id
    prefix: Value = lambda row: ""
    always: bool = False


@dataclass
class Note:
    """What one transaction does to one object."""

    verb: Verb
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@event.listens_for(db.session, "before_flush")
def collect(session: Session, _context: object, _instances: object) -> None:
    """Before rows are written: what they were is known only now."""
    audited = [
        (row, verb)
        for rows, verb in (
            (session.new, Verb.CREATED),
            (session.dirty, Verb.CHANGED),
            (session.deleted, Verb.REMOVED),
        )
        for row in rows
        if hasattr(type(row), "__audit__")
    ]
    if not audited or not in_transaction():
        return
    actor = current_actor() if has_request_context() else None
    for row, verb in audited:
        how: Audited = type(row).__audit__
        if actor is not None or how.always:
            _note(session, row, verb, how, actor.public_id if actor else "")


@event.listens_for(db.session, "after_rollback")
def forget(session: Session) -> None:
    """What was not done is not noted."""
    session.info.pop(PENDING, None)


def _note(session: Session, row: Any, verb: Verb, audited: Audited, actor: str) -> None:
    changes = _changes(row, verb, audited)
    if not changes and verb is Verb.CHANGED:
        return
    notes: dict[Key, Note] = session.info.setdefault(PENDING, {})
    own = audited.prefix(row)
    verb = Verb.CHANGED if own else verb  # a part that comes or goes changes the whole
    key = (audited.kind, str(audited.object_id(row)), audited.place_id(row))
    note = notes.setdefault(key, Note(verb))
    note.verb = Verb.REMOVED if verb is Verb.REMOVED else note.verb
    for column, (before, after) in changes.items():
        name = f"{own}.{column}" if own else column
        first = note.changes.get(name, (before, None))[0]
        note.changes[name] = (first, after)
    write_last(NAME, lambda: _append(session, actor))


def _changes(row: Any, verb: Verb, audited: Audited) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for name in audited.fields:
        history = attributes.get_history(row, name)
        if verb is Verb.REMOVED:
            found[name] = (_plain(getattr(row, name)), None)
        elif history.has_changes():
            before = _plain(history.deleted[0]) if history.deleted else None
            after = _plain(history.added[0]) if history.added else None
            if before != after:
                found[name] = (before, after)
    return found


def _plain(value: Any) -> Any:
    """As JSON holds it; long texts are cut."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    texts = getattr(value, "texts", None)
    text = str(dict(texts)) if texts is not None else str(value)
    return text[:LONGEST]


def _append(session: Session, actor: str) -> None:
    """The entries of this transaction, one after another behind the last one."""
    notes: dict[Key, Note] = session.info.pop(PENDING, {})
    head = session.scalars(
        sa.select(AuditHead).with_for_update().execution_options(populate_existing=True)
    ).one()
    for (kind, object_id, place_id), note in notes.items():
        if note.verb is Verb.CHANGED and all(before == after for before, after in note.changes.values()):
            continue
        salt, changes, now = secrets.token_hex(16), chain.written(note.changes), clock.now()
        digest = chain.digest(salt, changes)
        linked = chain.link(head.hash, now, actor, note.verb.value, kind, object_id, place_id, digest)
        entry = AuditEntry(
            at=now, actor=actor, verb=note.verb, kind=kind, object_id=object_id, place_id=place_id,
            digest=digest, previous=head.hash, hash=linked,
        )  # fmt: skip
        session.add(entry)
        session.flush()
        session.add(AuditDetail(entry_id=entry.id, salt=salt, changes=changes))
        head.number, head.hash = head.number + 1, linked
    session.flush()
