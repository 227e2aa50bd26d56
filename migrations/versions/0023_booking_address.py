"""Find the bookings of one address, whatever its letters' case."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A hash of the address in small letters, which an index can hold on both engines; written for all that are there."""
    op.add_column("booking", sa.Column("address_hash", sa.String(64), nullable=True))
    booking = sa.table("booking", sa.column("id"), sa.column("email"), sa.column("address_hash"))
    database = op.get_bind()
    for row in database.execute(sa.select(booking.c.id, booking.c.email)).all():
        own = hashlib.sha256(row.email.casefold().encode()).hexdigest()
        database.execute(sa.update(booking).where(booking.c.id == row.id).values(address_hash=own))
    op.create_index("ix_booking_address", "booking", ["address_hash"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_booking_address", "booking")
    op.drop_column("booking", "address_hash")
