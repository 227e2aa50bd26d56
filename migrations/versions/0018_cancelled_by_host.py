"""Which bookings were cancelled with their date, and not by their families."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark, and set it where the date is still off."""
    op.add_column(
        "booking", sa.Column("cancelled_with_date", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    booking = sa.table(
        "booking",
        sa.column("occurrence_id"), sa.column("status", sa.String()), sa.column("cancelled_at"),
        sa.column("cancelled_with_date"),
    )  # fmt: skip
    occurrence = sa.table(
        "occurrence", sa.column("id"), sa.column("status", sa.String()), sa.column("updated_at")
    )
    off = sa.exists().where(
        occurrence.c.id == booking.c.occurrence_id,
        occurrence.c.status == "cancelled",
        occurrence.c.updated_at <= booking.c.cancelled_at,
    )
    op.execute(
        sa.update(booking).where(booking.c.status == "cancelled", off).values(cancelled_with_date=sa.true())
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("booking", "cancelled_with_date")
