"""The chain, its details, and where it ends."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import UtcDateTime, enum_column
from app.core.database import Base


class Verb(StrEnum):
    """What was done to an object."""

    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"


class AuditEntry(Base):
    """One deed. `actor` is the public id of a person, empty for a command on the machine; ids only, no names.

    `place_id` is the place whose people may read it; no foreign key, since the entry outlives it.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(sa.String(10))
    verb: Mapped[Verb] = mapped_column(enum_column(Verb, "verb"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    object_id: Mapped[str] = mapped_column(sa.String(10))
    place_id: Mapped[int | None] = mapped_column()
    digest: Mapped[str] = mapped_column(sa.String(64))
    previous: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)

    __table_args__ = (sa.Index("ix_audit_entry_place", "place_id", "id"),)


class AuditDetail(Base):
    """From what to what (JSON). Without it the entry still stands: the chain holds only its digest."""

    __tablename__ = "audit_detail"

    entry_id: Mapped[int] = mapped_column(
        sa.ForeignKey("audit_entry.id", ondelete="CASCADE"), primary_key=True
    )
    salt: Mapped[str] = mapped_column(sa.String(32))
    changes: Mapped[str] = mapped_column(sa.Text)


class AuditHead(Base):
    """The last entry: whoever adds one holds this row, and a chain that was cut short is noticed."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column()
    hash: Mapped[str] = mapped_column(sa.String(64))
