"""What the operator imported to find and draw, and the words by which everything is found."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import enum_column
from app.core.database import Base
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.ranking import Subject
from app.explore.rules.spelling import LONGEST_WORD
from geo.columns import GeometryColumn, PointColumn
from geo.point import Point


class GazetteerEntry(Base):
    """A street, stop, postcode or address that people type; `folded` is the form that is compared."""

    __tablename__ = "gazetteer_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[GazetteerKind] = mapped_column(enum_column(GazetteerKind, "kind"))
    name: Mapped[str] = mapped_column(sa.String(200))
    folded: Mapped[str] = mapped_column(sa.String(200))
    location: Mapped[Point] = mapped_column(PointColumn())
    source: Mapped[str] = mapped_column(sa.String(60))

    __table_args__ = (
        sa.UniqueConstraint("kind", "folded", "source"),
        sa.Index("ix_gazetteer_entry_folded", "folded"),
    )


class BackdropFeature(Base):
    """One line, area or stop of the imported backdrop, drawn by /tiles."""

    __tablename__ = "backdrop_feature"

    id: Mapped[int] = mapped_column(primary_key=True)
    layer: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    geometry: Mapped[Any] = mapped_column(GeometryColumn())


# Words are compared letter by letter, so that "all that begin with" is a range of the index on PostgreSQL too.
Word = sa.String(LONGEST_WORD).with_variant(sa.String(LONGEST_WORD, collation="C"), "postgresql")


class SearchEntry(Base):
    """One thing that is found by its words: those of its name, and those beside it (address, organisers).

    Written in the transaction that changes the thing (explore.subscribers).
    """

    __tablename__ = "search_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[Subject] = mapped_column(enum_column(Subject, "subject"))
    subject_id: Mapped[int] = mapped_column()
    words: Mapped[str] = mapped_column(sa.Text)
    beside: Mapped[str] = mapped_column(sa.Text, default="")

    __table_args__ = (sa.UniqueConstraint("subject", "subject_id"),)


class SearchPosting(Base):
    """In which entries a word stands."""

    __tablename__ = "search_posting"

    word: Mapped[str] = mapped_column(Word, primary_key=True)
    entry_id: Mapped[int] = mapped_column(
        sa.ForeignKey("search_entry.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)


class SearchWord(Base):
    """Every word that ever stood in an entry."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(Word, primary_key=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class SearchSpelling(Base):
    """The numbers under which a word is found although it is typed with slips (rules/spelling.py)."""

    __tablename__ = "search_spelling"

    key: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(
        Word, sa.ForeignKey("search_word.word", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)
