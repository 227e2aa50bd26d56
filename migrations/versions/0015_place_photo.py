"""Photos of places, with their bytes: they are backed up, moved and erased with everything else."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add photos and their files; both go with their place."""
    op.create_table(
        "place_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt", sa.JSON(), nullable=False),
        sa.Column("source_digest", sa.String(64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name="ck_place_photo_has_a_size"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], "fk_place_photo_place_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["person.id"], "fk_place_photo_uploaded_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_place_photo"),
        sa.UniqueConstraint("public_id", name="uq_place_photo_public_id"),
        sa.UniqueConstraint("place_id", "source_digest", name="uq_place_photo_place_id_source_digest"),
    )
    op.create_index("ix_place_photo_place", "place_photo", ["place_id", "position"])
    op.create_index("ix_place_photo_uploaded_by", "place_photo", ["uploaded_by"])
    op.create_table(
        "photo_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("format", sa.String(32), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("format IN ('avif', 'webp', 'jpeg')", name="ck_photo_file_format"),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["place_photo.id"], "fk_photo_file_photo_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_photo_file"),
    )
    op.create_index("ix_photo_file_photo_id", "photo_file", ["photo_id"])
    op.create_index("ix_photo_file_digest", "photo_file", ["digest"])


def downgrade() -> None:
    """Take them away, bytes and all."""
    op.drop_table("photo_file")
    op.drop_table("place_photo")
