"""Dates may say why they do not take place.

The checks stand on the columns themselves, in plain SQL: SQLite adds and drops a column with its own checks in place,
and a copy of the table would take the bookings that refer to it along.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the words and their language: both or neither, 300 characters at most."""
    op.execute(
        "ALTER TABLE occurrence ADD COLUMN cancel_reason VARCHAR(300) "
        "CONSTRAINT ck_occurrence_reason_is_short CHECK (length(cancel_reason) BETWEEN 1 AND 300)"
    )
    op.execute(
        "ALTER TABLE occurrence ADD COLUMN cancel_reason_language VARCHAR(8) "
        "CONSTRAINT ck_occurrence_reason_has_language "
        "CHECK ((cancel_reason IS NULL) = (cancel_reason_language IS NULL))"
    )


def downgrade() -> None:
    """Take them away, the one whose check speaks of the other first."""
    op.drop_column("occurrence", "cancel_reason_language")
    op.drop_column("occurrence", "cancel_reason")
