"""What some events ask of families besides: ages, and what the host should know; with the consent to it."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is asked so far."""
    for name in ("asks_ages", "asks_needs"):
        op.add_column("event", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "booking_answer",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("ages", sa.JSON(), nullable=False),
        sa.Column("needs", sa.String(300), nullable=False),
        sa.Column("consent_version", sa.String(20), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "needs = '' OR consented_at IS NOT NULL", name=op.f("ck_booking_answer_needs_with_consent")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_booking_answer_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_booking_answer")),
    )


def downgrade() -> None:
    """Forget the answers."""
    op.drop_table("booking_answer")
    for name in ("asks_needs", "asks_ages"):
        op.drop_column("event", name)
