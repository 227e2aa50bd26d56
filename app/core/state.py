"""Small facts about the installation itself that must survive a restart."""

from collections.abc import Callable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db

# One statement whether the name is new or not; both engines have it, each in its own dialect.
INSERTS: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class InstallationState(Base):
    """Name and value, such as the PUBLIC_URL that the stored bytes were built for, or the built map script."""

    __tablename__ = "installation_state"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    value: Mapped[str] = mapped_column(sa.Text)


def read(name: str) -> str | None:
    """The stored value, or None."""
    return db.session.scalar(sa.select(InstallationState.value).where(InstallationState.name == name))


def read_many(*names: str) -> dict[str, str]:
    """The stored values among these names, in one question."""
    query = sa.select(InstallationState.name, InstallationState.value).where(
        InstallationState.name.in_(names)
    )
    return {row.name: row.value for row in db.session.execute(query)}


def write(name: str, value: str) -> None:
    """Store a value, new or not, in one statement; call it inside a transaction."""
    db.session.execute(_upsert(db.session.get_bind().dialect.name), {"named": name, "worth": value})


@cache
def _upsert(dialect: str) -> sa.Insert:
    """Built once: every change of the programme writes a stamp."""
    insert = INSERTS[dialect](InstallationState.__table__)
    row = insert.values(name=sa.bindparam("named"), value=sa.bindparam("worth"))
    upsert: sa.Insert = row.on_conflict_do_update(index_elements=["name"], set_={"value": row.excluded.value})
    return upsert
