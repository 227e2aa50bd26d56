"""Small facts about the installation itself that must survive a restart."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db


class InstallationState(Base):
    """Name and value, such as the PUBLIC_URL that the stored bytes were built for, or the built map script."""

    __tablename__ = "installation_state"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    value: Mapped[str] = mapped_column(sa.Text)


def read(name: str) -> str | None:
    """The stored value, or None."""
    return db.session.scalar(sa.select(InstallationState.value).where(InstallationState.name == name))


def write(name: str, value: str) -> None:
    """Store a value; call it inside a transaction."""
    db.session.merge(InstallationState(name=name, value=value))
