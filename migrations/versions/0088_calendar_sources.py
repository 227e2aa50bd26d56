"""Calendars of others that a place takes in and follows."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None is followed yet."""
    op.create_table(
        "calendar_source",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("public_id", sa.String(10), nullable=False, unique=True),
        sa.Column("place_id", sa.Integer(), sa.ForeignKey("place.id", ondelete="CASCADE"), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("draft", sa.LargeBinary()),
        sa.Column("etag", sa.String(200), nullable=False),
        sa.Column("last_modified", sa.String(200), nullable=False),
        sa.Column("is_followed", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.JSON(), nullable=False),
        sa.Column("fault", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('reading', 'workshop', 'course', 'meeting', 'lab', 'advice', 'pick_up')",
            name=op.f("ck_calendar_source_kind"),
        ),
        sa.UniqueConstraint("place_id", "address", name=op.f("uq_calendar_source_place_id_address")),
    )
    op.create_index(op.f("ix_calendar_source_place_id"), "calendar_source", ["place_id"])


def downgrade() -> None:
    """Nothing is followed any more; the events stay."""
    op.drop_table("calendar_source")
