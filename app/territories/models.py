"""Territories as polygons."""

from datetime import datetime

import sqlalchemy as sa
from shapely import MultiPolygon
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import UtcDateTime, enum_column
from app.core.database import Base
from app.territories.rules import TerritoryKind
from geo.columns import MultiPolygonColumn


class Territory(Base):
    """An area with a code such as municipio-4 or nil-48."""

    __tablename__ = "territory"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[TerritoryKind] = mapped_column(enum_column(TerritoryKind, "kind"))
    name: Mapped[str] = mapped_column(sa.String(120))
    area: Mapped[MultiPolygon] = mapped_column(MultiPolygonColumn())
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    is_demo: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
