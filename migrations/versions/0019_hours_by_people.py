"""Whose hours of a place are those of its people, which imports leave alone."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody could write them until now."""
    op.add_column(
        "place", sa.Column("hours_by_people", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Take the mark away."""
    op.drop_column("place", "hours_by_people")
