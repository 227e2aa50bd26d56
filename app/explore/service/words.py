"""Written words and the keys under which they are found although they are typed with slips."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from app.core.batches import batches
from app.core.database import db, transaction
from app.core.state import INSERTS
from app.explore.models import SearchPosting, SearchSpelling, SearchWord
from app.explore.rules.spelling import keys

BATCH = 100
MOST_VALUES = 400  # of one IN (…): far below what either engine takes


def learn(words: Collection[str]) -> None:
    """Store words that are new, with their keys, inside the caller's transaction.

    Sorted: two writers take the same rows in the same order.
    """
    known: set[str] = set()
    for some in batches(sorted(words), MOST_VALUES):
        known.update(db.session.scalars(sa.select(SearchWord.word).where(SearchWord.word.in_(some))))
    new = sorted(set(words) - known)
    if not new:
        return
    _insert_missing(SearchWord, [{"word": word} for word in new])
    _insert_missing(
        SearchSpelling, [{"key": key, "word": word} for word in new for key in sorted(keys(word))]
    )


def _insert_missing(table: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Somebody else may have learnt the same word meanwhile."""
    insert = INSERTS[db.session.get_bind().dialect.name]
    db.session.execute(insert(table).on_conflict_do_nothing(), list(rows))


def sweep_words() -> int:
    """Forget words that stand nowhere any more; how many."""
    unused = sa.select(SearchWord.word).where(~sa.exists().where(SearchPosting.word == SearchWord.word))
    words = list(db.session.scalars(unused))
    for some in batches(words, BATCH):
        with transaction() as session:
            session.execute(sa.delete(SearchSpelling).where(SearchSpelling.word.in_(some)))
            session.execute(sa.delete(SearchWord).where(SearchWord.word.in_(some)))
    return len(words)
