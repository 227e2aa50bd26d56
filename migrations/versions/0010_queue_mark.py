"""A date says whether families wait for it, so that no list promises seats that are kept for them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark and set it where somebody waits."""
    op.add_column(
        "occurrence", sa.Column("has_queue", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    occurrence = sa.table("occurrence", sa.column("id"), sa.column("capacity"), sa.column("has_queue"))
    booking = sa.table(
        "booking", sa.column("occurrence_id"), sa.column("status", sa.String()), sa.column("seats")
    )
    waits = sa.exists().where(
        booking.c.occurrence_id == occurrence.c.id,
        booking.c.status == "waitlisted",
        booking.c.seats <= occurrence.c.capacity,
    )
    op.execute(sa.update(occurrence).where(waits).values(has_queue=sa.true()))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("occurrence", "has_queue")
