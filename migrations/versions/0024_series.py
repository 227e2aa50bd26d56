"""Events that were one series until it changed from some date on."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every event is alone so far."""
    op.add_column("event", sa.Column("series_key", sa.String(10), nullable=True))
    op.create_index("ix_event_series_key", "event", ["series_key"])


def downgrade() -> None:
    """Forget what belongs together."""
    op.drop_index("ix_event_series_key", "event")
    op.drop_column("event", "series_key")
