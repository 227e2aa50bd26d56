"""What the operator imported to find and draw: the gazetteer and the backdrop."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import enum_column
from app.core.database import Base
from app.explore.rules.gazetteer import GazetteerKind
from geo.columns import GeometryColumn, PointColumn
from geo.point import Point


class GazetteerEntry(Base):
    """A street, stop, postcode or address that people type; `folded` is the form that is compared."""

    __tablename__ = "gazetteer_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[GazetteerKind] = mapped_column(enum_column(GazetteerKind, "kind"))
    name: Mapped[str] = mapped_column(sa.String(200))
    folded: Mapped[str] = mapped_column(sa.String(200))
    location: Mapped[Point] = mapped_column(PointColumn())
    source: Mapped[str] = mapped_column(sa.String(60))

    __table_args__ = (
        sa.UniqueConstraint("kind", "folded", "source"),
        sa.Index("ix_gazetteer_entry_folded", "folded"),
    )


class BackdropFeature(Base):
    """One line, area or stop of the imported backdrop, drawn by /tiles."""

    __tablename__ = "backdrop_feature"

    id: Mapped[int] = mapped_column(primary_key=True)
    layer: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    geometry: Mapped[Any] = mapped_column(GeometryColumn())
