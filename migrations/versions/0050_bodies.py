"""Who organises an event, with whom, who speaks there, and who had the idea."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0031"
branch_labels = None
depends_on = None

EVENT = sa.table(
    "event", sa.column("id", sa.Integer), sa.column("organiser", sa.String), sa.column("organisers", sa.JSON)
)


def upgrade() -> None:
    """The one organiser becomes the first of several."""
    for name in ("organisers", "partners", "speakers"):
        op.add_column("event", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("event", sa.Column("proposer", sa.String(120), nullable=False, server_default=""))
    _write_each(lambda row: {"organisers": [row.organiser] if row.organiser else []})
    op.drop_column("event", "organiser")


def downgrade() -> None:
    """The first organiser stays."""
    op.add_column("event", sa.Column("organiser", sa.String(200), nullable=False, server_default=""))
    _write_each(lambda row: {"organiser": (row.organisers or [""])[0]})
    for name in ("proposer", "speakers", "partners", "organisers"):
        op.drop_column("event", name)


def _write_each(values: Callable[[sa.Row[Any]], dict[str, object]]) -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(EVENT)).all():
        connection.execute(sa.update(EVENT).where(EVENT.c.id == row.id).values(**values(row)))
