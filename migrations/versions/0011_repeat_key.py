"""Bookings know the same request of the same browser again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the key; older bookings have none."""
    op.add_column("booking", sa.Column("repeat_key", sa.String(64)))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("booking", "repeat_key")
