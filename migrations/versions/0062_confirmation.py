"""Bookings whose e-mail address must be confirmed, where an event asks for it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

BEFORE = ("confirmed", "waitlisted", "offered", "cancelled", "expired", "attended", "no_show")
UNCONFIRMED = sa.text("status = 'unconfirmed'")


def upgrade() -> None:
    """No event asks for it so far."""
    op.add_column(
        "event", sa.Column("confirms_email", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _allow((*BEFORE, "unconfirmed"))
    op.add_column("booking", sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_booking_unconfirmed",
        "booking",
        ["confirm_by"],
        sqlite_where=UNCONFIRMED,
        postgresql_where=UNCONFIRMED,
    )


def downgrade() -> None:
    """Whoever has not confirmed yet has a place like everybody else."""
    op.drop_index("ix_booking_unconfirmed", "booking")
    op.drop_column("booking", "confirm_by")
    op.execute("UPDATE booking SET status = 'confirmed' WHERE status = 'unconfirmed'")
    _allow(BEFORE)
    op.drop_column("event", "confirms_email")


def _allow(states: Sequence[str]) -> None:
    """Another check: in place on PostgreSQL, by writing the table anew on SQLite."""
    with op.batch_alter_table("booking") as booking:
        booking.drop_constraint(op.f("ck_booking_status"), type_="check")
        booking.create_check_constraint(
            op.f("ck_booking_status"), f"status IN ({', '.join(repr(state) for state in states)})"
        )
