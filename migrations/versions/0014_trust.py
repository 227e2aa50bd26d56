"""Parents' votes on facts, and reports about places with their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AMENITIES = (
    "baby_feeding", "changing_table", "changing_table_fathers", "play_area", "bottle_warmer", "microwave", "water",
    "baby_scale", "breast_pump_hire", "stroller", "toilets", "step_free", "privacy", "no_purchase",
)  # fmt: skip
KINDS = ("broken", "dirty", "closed", "refused", "wrong", "other")
STATUSES = ("new", "seen", "answered", "resolved", "dismissed")


def upgrade() -> None:
    """Add what facts remember of parents, then the tables."""
    op.add_column("place", sa.Column("doubted_bits", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("place_amenity", sa.Column("parent_on", sa.Date()))
    op.add_column("place_amenity", sa.Column("doubted_on", sa.Date()))
    _create_votes()
    _create_reports()


def downgrade() -> None:
    """Take all of it away."""
    op.drop_table("report_answer")
    op.drop_table("report")
    op.drop_table("fact_vote")
    op.drop_column("place_amenity", "doubted_on")
    op.drop_column("place_amenity", "parent_on")
    op.drop_column("place", "doubted_bits")


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _create_votes() -> None:
    op.create_table(
        "fact_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("amenity", _words("amenity", *AMENITIES), nullable=False),
        sa.Column("answer", _words("answer", "still", "changed"), nullable=False),
        sa.Column("network", sa.String(length=32), nullable=False),
        sa.Column("browser", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_fact_vote_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_vote")),
        sa.UniqueConstraint(
            "place_id", "amenity", "day", "network", name=op.f("uq_fact_vote_place_id_amenity_day_network")
        ),
        sa.UniqueConstraint(
            "place_id", "amenity", "day", "browser", name=op.f("uq_fact_vote_place_id_amenity_day_browser")
        ),
    )
    op.create_index("ix_fact_vote_day", "fact_vote", ["day"], unique=False)


def _create_reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("kind", *KINDS), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("status", _words("status", *STATUSES), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_report_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_report_idempotency_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_report_token_hash")),
    )
    op.create_index("ix_report_place", "report", ["place_id", "status", "id"], unique=False)
    op.create_index("ix_report_created", "report", ["created_at"], unique=False)
    op.create_table(
        "report_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("status", _words("status", *STATUSES), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_answer_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_answer")),
        sa.UniqueConstraint("report_id", "status", name=op.f("uq_report_answer_report_id_status")),
    )
