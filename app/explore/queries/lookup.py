"""Typed words against the index of words: four statements, each answered from an index, whatever the size.

1. the written words that share a key with a typed one, or begin with it; 2. how often each stands; 3. the entries that
hold the rarest of them; 4. (by the caller) what those entries are. `rules/ranking.py` judges in between.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from app.core.database import db
from app.explore.models import SearchEntry, SearchPosting, SearchSpelling, SearchWord
from app.explore.rules.ranking import Entry, Hit, Subject, ranked, weights
from app.explore.rules.spelling import ONE_SLIP, SHORTEST_BEGINNING, TWO_SLIPS, asked_keys, similarity

MOST_WORDS = 8
MOST_WRITTEN = 24  # written words that a typed one may stand for
MOST_BEGINNINGS = 40
MOST_SPELLINGS = 6
LIKELY = 0.6
SLIPS = (ONE_SLIP, TWO_SLIPS)
MOST_COUNTED = 500  # a word that stands oftener tells nothing by itself
MOST_ENTRIES = 700
_LAST = "\U0010ffff"

Written = Mapping[str, Mapping[str, float]]  # typed word → written word → similarity


def find(typed: Sequence[str], subjects: Sequence[Subject] = tuple(Subject)) -> list[Hit]:
    """What these words may mean, best first; slips, beginnings, any order of the words."""
    typed = tuple(dict.fromkeys(typed))[:MOST_WORDS]
    written = _written(typed)
    counts = _counts({word for words in written.values() for word in words})
    number = {word: min(MOST_COUNTED, sum(counts.get(one, 0) for one in written[word])) for word in typed}
    telling = sorted((word for word in typed if number[word]), key=lambda word: number[word])
    if not telling:
        return []
    weight = weights({word: _frequency(word, written[word], counts) for word in typed})
    return ranked(typed, weight, _entries(telling, number, written, subjects))


def place_ids(words: Sequence[str]) -> tuple[int, ...]:
    """Places whose name or address these words are likely to mean, best first; at most as many as are looked at."""
    return tuple(hit.entry.subject_id for hit in find(words, (Subject.PLACE,)) if hit.score >= LIKELY)


def spellings(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each typed word the written ones that it may be a slip of; beginnings are left to whoever compares."""
    written = _written(tuple(words)[:MOST_WORDS])
    return {
        word: tuple(one for one, value in found.items() if value in SLIPS)[:MOST_SPELLINGS]
        for word, found in written.items()
    }


def _frequency(word: str, written: Mapping[str, float], counts: Mapping[str, int]) -> int:
    """How common what was typed is: the word itself where it exists, else what it most likely stands for."""
    if word in written:
        return counts.get(word, 0)
    return max((counts.get(one, 0) for one in written), default=0)


def _written(typed: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each typed word the written ones that it may stand for, with their similarity."""
    keys = {key for word in typed for key in asked_keys(word)}
    near = set(
        db.session.scalars(sa.select(SearchSpelling.word).where(SearchSpelling.key.in_(keys)).distinct())
    )
    near.update(db.session.scalars(_beginnings(typed)) if any(map(_may_begin, typed)) else ())
    near.update(word for word in typed if not asked_keys(word))
    found: dict[str, dict[str, float]] = {}
    for word in typed:
        alike = {one: value for one in near if (value := similarity(word, one))}
        best = sorted(alike, key=lambda one: (-alike[one], len(one), one))[:MOST_WRITTEN]
        found[word] = {one: alike[one] for one in best}
    return found


def _may_begin(word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING and not word.isdigit()


def _beginnings(typed: Sequence[str]) -> sa.Select[str]:
    """Words that begin with a typed one, some for each."""
    parts = [
        sa.select(SearchWord.word)
        .where(SearchWord.word >= word, SearchWord.word < word + _LAST)
        .order_by(SearchWord.word)
        .limit(MOST_BEGINNINGS)
        .subquery()
        for word in typed
        if _may_begin(word)
    ]
    return sa.select(sa.union(*(sa.select(part.c.word) for part in parts)).subquery().c.word)


def _counts(words: set[str]) -> dict[str, int]:
    """In how many entries each word stands, counted up to 500."""
    some = (
        sa.select(sa.literal(1).label("one"))
        .where(SearchPosting.word == SearchWord.word)
        .correlate(SearchWord)
        .limit(MOST_COUNTED)
        .subquery()
    )
    number = sa.select(sa.func.count()).select_from(some).scalar_subquery()
    rows = db.session.execute(sa.select(SearchWord.word, number).where(SearchWord.word.in_(words)))
    return {row[0]: row[1] for row in rows}


def _entries(
    telling: Sequence[str], number: Mapping[str, int], written: Written, subjects: Sequence[Subject]
) -> list[Entry]:
    """Entries that hold the rarest typed words: all of the rarest, and of the others while they stay few."""
    chosen = [telling[0]]
    for word in telling[1:]:
        if number[word] < MOST_COUNTED and sum(number[one] for one in (*chosen, word)) <= MOST_ENTRIES:
            chosen.append(word)
    ids = sa.select(SearchPosting.entry_id).where(
        SearchPosting.word.in_({one for word in chosen for one in written[word]})
    )
    if number[telling[0]] >= MOST_COUNTED and len(telling) > 1:
        also = sa.select(SearchPosting.entry_id).where(SearchPosting.word.in_(written[telling[1]]))
        ids = ids.where(SearchPosting.entry_id.in_(also))
    columns = (SearchEntry.subject, SearchEntry.subject_id, SearchEntry.words, SearchEntry.beside)
    query = sa.select(*columns).where(SearchEntry.id.in_(ids))
    if len(subjects) < len(Subject):
        query = query.where(SearchEntry.subject.in_(subjects))
    rows = db.session.execute(query.limit(MOST_ENTRIES))
    return [
        Entry(row.subject, row.subject_id, tuple(row.words.split()), tuple(row.beside.split()))
        for row in rows
    ]
