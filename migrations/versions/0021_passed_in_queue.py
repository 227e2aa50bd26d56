"""How often a waiting family has been passed by smaller ones."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has been passed so far: nobody could be."""
    op.add_column("booking", sa.Column("passed", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("booking", "passed")
