"""Courses that are booked whole: one booking is for all their dates."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far every date is booked by itself."""
    op.add_column("event", sa.Column("booked_whole", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("occurrence", sa.Column("lead_id", sa.Integer(), nullable=True))
    op.add_column("booking", sa.Column("course_key", sa.String(10), nullable=True))
    op.create_index("ix_booking_course", "booking", ["course_key", "occurrence_id"], unique=True)


def downgrade() -> None:
    """Each date of a course is booked by itself; who booked all of them has one booking for each."""
    op.drop_index("ix_booking_course", "booking")
    op.drop_column("booking", "course_key")
    op.drop_column("occurrence", "lead_id")
    op.drop_column("event", "booked_whole")
