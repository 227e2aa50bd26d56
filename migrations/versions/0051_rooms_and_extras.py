"""The room that an event or one date is in; pushchairs, seats for childcare, and babies that take no seat."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

ASKED = ("babies", "pushchairs", "childcare")


def upgrade() -> None:
    """No room is named, nothing is limited, and babies go on counting as everybody does."""
    op.add_column("event", sa.Column("room", sa.String(80), nullable=False, server_default=""))
    op.add_column("event", sa.Column("counts_babies", sa.Boolean(), nullable=False, server_default=sa.true()))
    for name in ("pushchairs", "childcare"):
        op.add_column("event", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("occurrence", sa.Column("room", sa.String(80), nullable=True))
    for name in ASKED:
        op.add_column("booking", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Forget what was asked for."""
    for name in ASKED:
        op.drop_column("booking", name)
    op.drop_column("occurrence", "room")
    for name in ("childcare", "pushchairs", "counts_babies", "room"):
        op.drop_column("event", name)
