"""Families whom the host adds at the door, and when a mark of who came was made."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

STATES = ("confirmed", "waitlisted", "offered", "cancelled", "attended", "no_show")
SOURCES = ("family", "host")


def upgrade() -> None:
    """Every family so far booked by itself."""
    with op.batch_alter_table("booking", table_args=(*_conditions(), _source())) as batch:
        batch.add_column(sa.Column("source", sa.String(32), nullable=False, server_default="family"))
        batch.add_column(sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("mark_id", sa.String(36), nullable=True))
        if op.get_bind().dialect.name != "sqlite":
            batch.create_check_constraint(op.f("ck_booking_source"), sa.column("source").in_(SOURCES))


def downgrade() -> None:
    """Those whom a host added stay, as families with the seats that they have."""
    with op.batch_alter_table("booking", table_args=_conditions()) as batch:
        if op.get_bind().dialect.name != "sqlite":
            batch.drop_constraint(op.f("ck_booking_source"), type_="check")
        for name in ("mark_id", "marked_at", "source"):
            batch.drop_column(name)


def _conditions() -> tuple[sa.CheckConstraint, ...]:
    """SQLite writes the table anew, and would lose the conditions: they are not read back from it."""
    return (
        sa.CheckConstraint(sa.column("status").in_(STATES), name=op.f("ck_booking_status")),
        sa.CheckConstraint(
            "adults >= 0 AND children >= 0 AND adults + children >= 1", name=op.f("ck_booking_somebody_comes")
        ),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_booking_seats_not_negative")),
    )


def _source() -> sa.CheckConstraint:
    return sa.CheckConstraint(sa.column("source").in_(SOURCES), name=op.f("ck_booking_source"))
