"""From when and until when an event is booked, and how often with one address."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everything is booked at once and until it begins, as before."""
    op.add_column("event", sa.Column("opens_days", sa.Integer(), nullable=True))
    op.add_column("event", sa.Column("closes_minutes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "event", sa.Column("one_per_email", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Forget the limits."""
    for name in ("one_per_email", "closes_minutes", "opens_days"):
        op.drop_column("event", name)
