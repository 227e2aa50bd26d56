"""Offers to families that wait; bookings that expired, were reminded, were erased."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BEFORE = ("confirmed", "waitlisted", "offered", "cancelled", "attended", "no_show")
MOMENTS = ("reminded_at", "erased_at")
OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    """Add the table, the state and the two moments."""
    _allow((*BEFORE, "expired"))
    for moment in MOMENTS:
        op.add_column("booking", sa.Column(moment, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("status", _enum("status", "open", "accepted", "declined", "expired", "withdrawn"), nullable=False),
        sa.Column("reason", _enum("reason", "first", "fits", "last_hours"), nullable=False),
        sa.Column("free_seats", sa.Integer(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'open') = (ended_at IS NULL)", name=op.f("ck_offer_open_until_it_ends")),
        sa.CheckConstraint("free_seats >= 1", name=op.f("ck_offer_something_was_free")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_offer_booking_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_offer_occurrence_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )  # fmt: skip
    for name, column, is_unique in (
        ("ix_offer_open_of_booking", "booking_id", True),
        ("ix_offer_open", "ends_at", False),
    ):
        op.create_index(name, "offer", [column], unique=is_unique, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_offer_occurrence", "offer", ["occurrence_id", "id"])


def downgrade() -> None:
    """Who was asked and did not answer has given back; held seats of open offers stay counted as given."""
    op.drop_table("offer")
    op.execute("UPDATE booking SET status = 'cancelled' WHERE status = 'expired'")
    for moment in MOMENTS:
        op.drop_column("booking", moment)
    _allow(BEFORE)


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _allow(states: Sequence[str]) -> None:
    """Another check: in place on PostgreSQL, by writing the table anew on SQLite."""
    with op.batch_alter_table("booking") as booking:
        booking.drop_constraint(op.f("ck_booking_status"), type_="check")
        booking.create_check_constraint(
            op.f("ck_booking_status"), f"status IN ({', '.join(repr(state) for state in states)})"
        )
