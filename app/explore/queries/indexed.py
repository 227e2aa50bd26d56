"""What is found by its words: the names of published places and events, of streets, stops and neighbourhoods."""

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from app.core.database import db
from app.core.local_text import LocalText
from app.events.models import Event
from app.explore.models import GazetteerEntry
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.ranking import Entry, Subject
from app.explore.rules.spelling import words_of
from app.places.models import Place
from app.territories.models import Territory
from app.territories.rules import TerritoryKind

MOST_WORDS = 24
_KINDS = {
    Subject.STREET: GazetteerKind.STREET,
    Subject.STOP: GazetteerKind.STOP,
    Subject.POSTCODE: GazetteerKind.POSTCODE,
}


def all_ids(subject: Subject) -> list[int]:
    """Keys of everything of this sort that can be found."""
    if subject is Subject.PLACE:
        query = sa.select(Place.id).where(Place.is_published)
    elif subject is Subject.EVENT:
        query = sa.select(Event.id).where(Event.is_published)
    elif subject is Subject.NEIGHBOURHOOD:
        query = sa.select(Territory.id).where(Territory.kind == TerritoryKind.NEIGHBOURHOOD)
    else:
        query = sa.select(GazetteerEntry.id).where(GazetteerEntry.kind == _KINDS[subject])
    return list(db.session.scalars(query))


def places(ids: Collection[int]) -> list[Entry]:
    """By name; street, postcode and town stand beside it."""
    columns = (Place.id, Place.name, Place.street_address, Place.postal_code, Place.locality)
    rows = db.session.execute(sa.select(*columns).where(Place.id.in_(ids), Place.is_published))
    return [
        _entry(Subject.PLACE, row.id, row.name, (row.street_address, row.postal_code, row.locality))
        for row in rows
    ]


def events(ids: Collection[int]) -> list[Entry]:
    """By title, in every language it is written in; organisers and speakers stand beside it."""
    rows = db.session.execute(
        sa.select(Event.id, Event.title, Event.organisers, Event.speakers).where(
            Event.id.in_(ids), Event.is_published
        )
    )
    return [
        _entry(
            Subject.EVENT,
            row.id,
            _all_texts(row.title),
            (*row.organisers, *(one["name"] for one in row.speakers)),
        )
        for row in rows
    ]


def neighbourhoods(ids: Collection[int]) -> list[Entry]:
    """By name."""
    is_one = Territory.kind == TerritoryKind.NEIGHBOURHOOD
    return _named(
        Subject.NEIGHBOURHOOD, sa.select(Territory.id, Territory.name).where(Territory.id.in_(ids), is_one)
    )


def streets(ids: Collection[int]) -> list[Entry]:
    """By name, the street's type in full."""
    return _gazetteer(Subject.STREET, ids)


def stops(ids: Collection[int]) -> list[Entry]:
    """By name."""
    return _gazetteer(Subject.STOP, ids)


def postcodes(ids: Collection[int]) -> list[Entry]:
    """By their digits."""
    return _gazetteer(Subject.POSTCODE, ids)


def _gazetteer(subject: Subject, ids: Collection[int]) -> list[Entry]:
    wanted = (GazetteerEntry.id.in_(ids), GazetteerEntry.kind == _KINDS[subject])
    return _named(subject, sa.select(GazetteerEntry.id, GazetteerEntry.name).where(*wanted))


def _named(subject: Subject, query: sa.Select[*tuple[Any, ...]]) -> list[Entry]:
    return [_entry(subject, row.id, row.name) for row in db.session.execute(query)]


def _entry(subject: Subject, key: int, name: str, beside: Iterable[str] = ()) -> Entry:
    words = words_of(name)[:MOST_WORDS]
    others = (word for word in words_of(" ".join(beside)) if word not in words)
    return Entry(subject, key, words, tuple(others)[:MOST_WORDS])


def _all_texts(text: LocalText) -> str:
    return " ".join(text.texts.values())
