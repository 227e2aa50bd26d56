"""Events that may be booked without an e-mail address."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every event goes on asking for one; a booking may now be without."""
    op.add_column(
        "event", sa.Column("email_optional", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _let_email_be_empty(is_nullable=True)


def downgrade() -> None:
    """Bookings without an address keep an empty one, which no mail is sent to."""
    booking = sa.table("booking", sa.column("email", sa.String()))
    op.execute(sa.update(booking).where(booking.c.email.is_(None)).values(email=""))
    _let_email_be_empty(is_nullable=False)
    op.drop_column("event", "email_optional")


def _let_email_be_empty(*, is_nullable: bool) -> None:
    """SQLite writes the table anew, with all its conditions."""
    with op.batch_alter_table("booking") as batch:
        batch.alter_column("email", existing_type=sa.String(254), nullable=is_nullable)
