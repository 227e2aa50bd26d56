"""Rooms and desks, and who has them when."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0062"
branch_labels = None
depends_on = None

STATES = ("requested", "confirmed", "declined", "cancelled", "skipped", "expired")
# Both ends of the buffer belong together: until then nobody else has the space.
NO_OVERLAP = """
ALTER TABLE reservation ADD CONSTRAINT ex_reservation_no_overlap
EXCLUDE USING gist (space_id WITH =, tstzrange(starts_at, blocked_until) WITH &&)
WHERE (status IN ('requested', 'confirmed'))
"""


def one_of(name: str, *values: str) -> sa.Enum:
    """A text column that the database holds to these values."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def moment(name: str) -> sa.Column[object]:
    """A moment that is always known."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    """Create the tables; PostgreSQL itself refuses two that overlap (SQLite has one writer at a time)."""
    create_spaces()
    create_reservations()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(NO_OVERLAP)


def create_spaces() -> None:
    """Halls and desks."""
    op.create_table(
        "space",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", "hall", "desk"), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("opening_hours", sa.String(length=1000), nullable=False),
        sa.Column("community_hours", sa.String(length=1000), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("max_per_week", sa.Integer(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        moment("created_at"),
        moment("updated_at"),
        sa.CheckConstraint("seats >= 1 AND slot_minutes >= 15", name=op.f("ck_space_sizes")),
        sa.CheckConstraint(
            "buffer_minutes >= 0 AND notice_hours >= 0", name=op.f("ck_space_times_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_space_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space")),
        sa.UniqueConstraint("public_id", name=op.f("uq_space_public_id")),
    )
    op.create_index("ix_space_place_id", "space", ["place_id"], unique=False)


def create_reservations() -> None:
    """One row a stretch of time."""
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        moment("starts_at"),
        moment("ends_at"),
        moment("blocked_until"),
        sa.Column("status", one_of("status", *STATES), nullable=False),
        sa.Column("series_id", sa.String(length=10), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        moment("created_at"),
        moment("updated_at"),
        sa.CheckConstraint(
            "starts_at < ends_at AND ends_at <= blocked_until", name=op.f("ck_reservation_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_reservation_space_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_reservation_idempotency_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reservation_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reservation_token_hash")),
    )
    op.create_index("ix_reservation_series_id", "reservation", ["series_id"], unique=False)
    op.create_index("ix_reservation_space", "reservation", ["space_id", "starts_at"], unique=False)


def downgrade() -> None:
    """Drop them; the extension stays, others may use it."""
    op.drop_table("reservation")
    op.drop_table("space")
