"""Bookings remember that they were cancelled while they waited."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; of older bookings nobody knows it."""
    op.add_column(
        "booking", sa.Column("was_waiting", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("booking", "was_waiting")
