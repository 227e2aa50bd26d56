"""Dates remember when they began before they were moved, so that a mail can say the old time beside the new."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment; of earlier moves nobody knows it."""
    op.add_column("occurrence", sa.Column("previous_starts_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("occurrence", "previous_starts_at")
