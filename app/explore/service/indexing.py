"""The index of words, written in the transaction that changes what is found by them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.batches import batches
from app.core.database import db, transaction
from app.explore.models import SearchEntry, SearchPosting
from app.explore.queries import indexed
from app.explore.rules.ranking import Entry, Subject
from app.explore.service.words import learn

BATCH = 100
READERS: dict[Subject, Callable[[Collection[int]], list[Entry]]] = {
    Subject.PLACE: indexed.places,
    Subject.EVENT: indexed.events,
    Subject.NEIGHBOURHOOD: indexed.neighbourhoods,
    Subject.STREET: indexed.streets,
    Subject.STOP: indexed.stops,
    Subject.POSTCODE: indexed.postcodes,
}


@dataclass(frozen=True)
class _Stored:
    id: int
    words: str
    beside: str


def index(subject: Subject, ids: Collection[int]) -> None:
    """Write the words of these anew, inside the caller's transaction; those that are gone or hidden lose theirs."""
    for some in batches(sorted(ids), BATCH):
        write_words(subject, some, READERS[subject](some))


def rebuild_index() -> int:
    """Write everything that is missing or old, in short transactions; how many entries there are."""
    for subject in Subject:
        wanted = set(indexed.all_ids(subject))
        stored = set(
            db.session.scalars(sa.select(SearchEntry.subject_id).where(SearchEntry.subject == subject))
        )
        for some in batches(sorted(wanted | stored), BATCH):
            with transaction():
                write_words(subject, some, READERS[subject](some))
    return db.session.scalar(sa.select(sa.func.count()).select_from(SearchEntry)) or 0


def write_words(subject: Subject, ids: Sequence[int], entries: Sequence[Entry]) -> None:
    """Make what is stored for these ids equal to the entries, inside the caller's transaction; ids without one lose theirs."""
    stored = _stored(subject, ids)
    wanted = {entry.subject_id: entry for entry in entries if entry.words}
    gone = [row.id for key, row in stored.items() if key not in wanted]
    changed = [
        entry
        for key, entry in wanted.items()
        if key not in stored or (stored[key].words, stored[key].beside) != _texts(entry)
    ]
    session = db.session
    if gone:
        session.execute(sa.delete(SearchPosting).where(SearchPosting.entry_id.in_(gone)))
        session.execute(sa.delete(SearchEntry).where(SearchEntry.id.in_(gone)))
    if not changed:
        return
    learn({word for entry in changed for word in (*entry.words, *entry.beside)})
    _store_entries(changed, stored)


def _store_entries(changed: Sequence[Entry], stored: dict[int, _Stored]) -> None:
    old = [stored[entry.subject_id].id for entry in changed if entry.subject_id in stored]
    if old:
        db.session.execute(sa.delete(SearchPosting).where(SearchPosting.entry_id.in_(old)))
    for entry in changed:
        words, beside = _texts(entry)
        known = stored.get(entry.subject_id)
        if known is None:
            continue
        update = sa.update(SearchEntry).where(SearchEntry.id == known.id).values(words=words, beside=beside)
        db.session.execute(update)
    new = [entry for entry in changed if entry.subject_id not in stored]
    if new:
        rows = [
            {"subject": entry.subject, "subject_id": entry.subject_id, "words": " ".join(entry.words), "beside": " ".join(entry.beside)}
            for entry in new
        ]  # fmt: skip
        db.session.execute(sa.insert(SearchEntry), rows)
    keys_of = _stored(changed[0].subject, [entry.subject_id for entry in changed])
    postings = [
        {"word": word, "entry_id": keys_of[entry.subject_id].id}
        for entry in changed
        for word in dict.fromkeys((*entry.words, *entry.beside))
    ]
    db.session.execute(sa.insert(SearchPosting), postings)


def _stored(subject: Subject, ids: Sequence[int]) -> dict[int, _Stored]:
    query = sa.select(SearchEntry.subject_id, SearchEntry.id, SearchEntry.words, SearchEntry.beside)
    rows = db.session.execute(query.where(SearchEntry.subject == subject, SearchEntry.subject_id.in_(ids)))
    return {row.subject_id: _Stored(row.id, row.words, row.beside) for row in rows}


def _texts(entry: Entry) -> tuple[str, str]:
    return " ".join(entry.words), " ".join(entry.beside)
