"""Calendar bytes and feed versions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "calendar_entry",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("tzid", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_calendar_entry_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "language", name=op.f("pk_calendar_entry")),
    )
    op.create_table(
        "feed_version",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_feed_version")),
    )
    op.create_table(
        "feed_event",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_feed_event_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "event_id", name=op.f("pk_feed_event")),
    )
    op.create_index("ix_feed_event_event_id", "feed_event", ["event_id"], unique=False)


def downgrade() -> None:
    """Drop them, geometry columns discarded first."""
    op.drop_table("feed_event")
    op.drop_table("feed_version")
    op.drop_table("calendar_entry")
