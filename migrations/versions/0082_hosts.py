"""Invitations to look after a place, by mail or by a code on paper, and the data agreement that goes with them."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is invited yet."""
    op.create_table(
        "host_invitation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("public_id", sa.String(10), nullable=False, unique=True),
        sa.Column("place_id", sa.Integer(), sa.ForeignKey("place.id", ondelete="CASCADE"), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("slip_id", sa.Integer(), sa.ForeignKey("host_invitation.id", ondelete="CASCADE")),
        sa.Column("invited_by", sa.Integer(), sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "status IN ('open', 'accepted', 'withdrawn')", name=op.f("ck_host_invitation_status")
        ),
    )
    op.create_index("ix_host_invitation_place", "host_invitation", ["place_id", "status"])
    op.create_table(
        "data_agreement",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", sa.String(10), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("person_id", "version", name=op.f("uq_data_agreement_person_id_version")),
    )


def downgrade() -> None:
    """Hosts stay; who was invited asks again."""
    op.drop_table("data_agreement")
    op.drop_table("host_invitation")
