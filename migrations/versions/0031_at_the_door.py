"""Families whom the host adds at the door, and when a mark of who came was made."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every family so far booked by itself."""
    with op.batch_alter_table("booking") as batch:
        batch.add_column(sa.Column("source", sa.String(32), nullable=False, server_default="family"))
        batch.add_column(sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("mark_id", sa.String(36), nullable=True))
        batch.create_check_constraint(op.f("ck_booking_source"), sa.column("source").in_(("family", "host")))


def downgrade() -> None:
    """Those whom a host added stay, as families with the seats that they have."""
    with op.batch_alter_table("booking") as batch:
        batch.drop_constraint(op.f("ck_booking_source"), type_="check")
        for name in ("mark_id", "marked_at", "source"):
            batch.drop_column(name)
