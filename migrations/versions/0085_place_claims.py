"""Who says that a place is theirs to look after, or should become one."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has claimed anything yet."""
    op.create_table(
        "place_claim",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("public_id", sa.String(10), nullable=False, unique=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("place_id", sa.Integer(), sa.ForeignKey("place.id", ondelete="CASCADE")),
        sa.Column("proposed", sa.JSON()),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("words", sa.String(600), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("is_proven", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(600), nullable=False),
        sa.Column("reason_language", sa.String(8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "status IN ('unconfirmed', 'waiting', 'self_claimed', 'approved', 'declined')",
            name=op.f("ck_place_claim_status"),
        ),
        sa.CheckConstraint(
            "place_id IS NOT NULL OR proposed IS NOT NULL", name=op.f("ck_place_claim_is_about_a_place")
        ),
    )
    op.create_index("ix_place_claim_place", "place_claim", ["place_id", "status"])
    op.create_index("ix_place_claim_status", "place_claim", ["status", "created_at"])


def downgrade() -> None:
    """What was asked is gone; who was let in stays."""
    op.drop_table("place_claim")
