"""What can be worked out before anything is locked: what is stored, when a place will be open, where it lies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.core import clock
from app.core.database import db
from app.places.commands import SavePlace
from app.places.models import Island, Place
from app.places.rules import saving
from app.places.rules.intervals import Interval
from app.places.service.openings import Hours, opening_rows
from app.territories.queries import polygon_index
from geo.polygon import PolygonIndex

Key = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """What is stored under a command's key; `corner_hours` are those of an island's corner."""

    public_id: str
    fingerprint: str
    corner_hours: str


@dataclass(frozen=True)
class Prepared:
    """A cleaned command with its fingerprint, and the place that it is about, if there is one."""

    command: SavePlace
    fingerprint: str
    known: Known | None

    @property
    def key(self) -> Key:
        """What makes it the same place the next time."""
        return _key(self.command)

    @property
    def is_due(self) -> bool:
        """Whether there is something to write, as far as one sees before locking."""
        return self.known is None or self.known.fingerprint != self.fingerprint


@dataclass(frozen=True)
class Due:
    """A command to be written, with what will most probably be stored; who writes compares hours and index again."""

    item: Prepared
    hours: Hours
    openings: Sequence[Interval]
    index: PolygonIndex[int]
    territory_ids: Sequence[int]


def prepare(commands: Sequence[SavePlace]) -> list[Prepared]:
    """In the order of the commands; raises UnusablePlace."""
    clean = [saving.cleaned(command) for command in commands]
    known = _known(_key(command) for command in clean)
    return [Prepared(command, saving.fingerprint(command), known.get(_key(command))) for command in clean]


def look_ahead(items: Iterable[Prepared]) -> list[Due]:
    """The same hours are read once."""
    now, index = clock.now(), polygon_index()
    openings: dict[Hours, list[Interval]] = {}
    due = []
    for item in items:
        hours = _hours(item)
        if hours not in openings:
            openings[hours] = opening_rows(hours, now)
        due.append(Due(item, hours, openings[hours], index, index.containing(item.command.location)))
    return due


def any_of(keys: Iterable[Key]) -> sa.ColumnElement[bool]:
    """The places under these keys."""
    ids: dict[str, list[str]] = {}
    for source, source_id in keys:
        ids.setdefault(source, []).append(source_id)
    return sa.or_(*(sa.and_(Place.source == source, Place.source_id.in_(of)) for source, of in ids.items()))


def _known(keys: Iterable[Key]) -> dict[Key, Known]:
    columns = (Place.source, Place.source_id, Place.public_id, Place.source_fingerprint, Island.opening_hours)
    query = sa.select(*columns).outerjoin(Island, Island.place_id == Place.id)
    rows = db.session.execute(query.where(any_of(keys)))
    return {(row[0], row[1]): Known(row[2], row[3], row[4] or "") for row in rows}


def _key(command: SavePlace) -> Key:
    return command.source, command.source_id


def _hours(item: Prepared) -> Hours:
    """A source that says nothing of the membership leaves the corner's hours as they are."""
    command = item.command
    corner = item.known.corner_hours if item.known else ""
    if command.island is not None:
        corner = command.island.opening_hours
    where = (command.tzid, command.country, command.subdivision, command.location)
    return Hours.of(command.opening_hours, corner, *where)
