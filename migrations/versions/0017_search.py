"""The words by which places, events, streets and stops are found."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

SUBJECTS = ("stop", "street", "postcode", "neighbourhood", "place", "event")


def _word() -> sa.String:
    return sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables; the words are written at the next start."""
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(*SUBJECTS, name="subject", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("beside", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("subject", "subject_id", name=op.f("uq_search_entry_subject_subject_id")),
    )
    op.create_table(
        "search_posting",
        sa.Column("word", _word(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["search_entry.id"], name=op.f("fk_search_posting_entry_id_search_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word", "entry_id", name=op.f("pk_search_posting")),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index(op.f("ix_search_posting_entry_id"), "search_posting", ["entry_id"])
    op.create_table(
        "search_word",
        sa.Column("word", _word(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_spelling",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("word", _word(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word"],
            ["search_word.word"],
            name=op.f("fk_search_spelling_word_search_word"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", "word", name=op.f("pk_search_spelling")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_spelling_word"), "search_spelling", ["word"])


def downgrade() -> None:
    """Drop them; nothing is lost that cannot be written again."""
    op.drop_index(op.f("ix_search_spelling_word"), table_name="search_spelling")
    op.drop_table("search_spelling")
    op.drop_table("search_word")
    op.drop_index(op.f("ix_search_posting_entry_id"), table_name="search_posting")
    op.drop_table("search_posting")
    op.drop_table("search_entry")
