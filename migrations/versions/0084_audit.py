"""Who did what to which object: a chain of entries, and their details, which can be forgotten without breaking it."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The chain begins with nothing before it."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(10), nullable=False),
        sa.Column("verb", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("object_id", sa.String(10), nullable=False),
        sa.Column("place_id", sa.Integer()),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.CheckConstraint("verb IN ('created', 'changed', 'removed')", name=op.f("ck_audit_entry_verb")),
    )
    op.create_index("ix_audit_entry_place", "audit_entry", ["place_id", "id"])
    op.create_table(
        "audit_detail",
        sa.Column(
            "entry_id", sa.Integer(), sa.ForeignKey("audit_entry.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": ""}])


def downgrade() -> None:
    """What was noted is gone."""
    op.drop_table("audit_head")
    op.drop_table("audit_detail")
    op.drop_table("audit_entry")
