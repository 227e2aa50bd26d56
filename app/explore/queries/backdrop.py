"""The imported backdrop, as geo.tiles draws it."""

import sqlalchemy as sa

from app.core.database import db
from app.explore.models import BackdropFeature
from geo import tiles

Stamp = tuple[int, int, int]


def stamp() -> Stamp:
    """Changes with every import that changes something: how many features, and which."""
    row = db.session.execute(
        sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.max(BackdropFeature.id), 0),
            sa.func.coalesce(sa.func.sum(BackdropFeature.id), 0),
        )
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def features() -> list[tiles.BackdropFeature]:
    """Every feature of the imported backdrop."""
    rows = db.session.execute(
        sa.select(BackdropFeature.layer, BackdropFeature.name, BackdropFeature.geometry)
    )
    return [tiles.BackdropFeature(layer, name, geometry) for layer, name, geometry in rows]
