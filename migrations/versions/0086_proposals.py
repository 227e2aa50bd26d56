"""What parents propose for a place, and events that a manager looks at first."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing waits yet."""
    op.create_table(
        "event_review",
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("asked_by", sa.String(10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(600), nullable=False),
        sa.Column("reason_language", sa.String(8), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "status IN ('waiting', 'approved', 'declined')", name=op.f("ck_event_review_status")
        ),
    )
    op.create_index("ix_event_review_status", "event_review", ["status", "asked_at"])
    op.create_table(
        "event_proposal",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("public_id", sa.String(10), nullable=False, unique=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("idempotency_key", sa.String(64), nullable=False, unique=True),
        sa.Column("place_id", sa.Integer(), sa.ForeignKey("place.id", ondelete="CASCADE"), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("words", sa.String(1000), nullable=False),
        sa.Column("proposer", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("answer", sa.String(1000), nullable=False),
        sa.Column("answer_language", sa.String(8), nullable=False),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id", ondelete="SET NULL")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('waiting', 'accepted', 'declined')", name=op.f("ck_event_proposal_status")
        ),
    )
    op.create_index("ix_event_proposal_place", "event_proposal", ["place_id", "status", "id"])


def downgrade() -> None:
    """What was proposed is gone; what became of it stays."""
    op.drop_table("event_proposal")
    op.drop_table("event_review")
