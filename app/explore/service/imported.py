"""What an operator imports: the gazetteer, the backdrop; and the built map script."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import shapely
import sqlalchemy as sa

from app.core import state
from app.core.batches import batches
from app.core.database import db, transaction
from app.explore.commands import DrawnFeature, SaveBackdrop, SaveGazetteer
from app.explore.models import BackdropFeature, GazetteerEntry
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.gazetteer_rows import GazetteerRow
from app.explore.rules.ranking import Subject
from app.explore.service.indexing import index
from geo.point import Point

Status = Literal["new", "changed", "unchanged", "removed"]

# Rows in one transaction: well under 50 ms on either engine, so that nobody else waits.
BATCH = 200
SAME_DEGREES = 1e-7
BACKDROP_ATTRIBUTION = "backdrop_attribution"
MAP_SCRIPT = "map_script"
MAP_SCRIPT_KEY = "map_script_key"


def save_gazetteer(command: SaveGazetteer, *, dry_run: bool = False) -> Counter[Status]:
    """Store entries by kind, compared name and source, in short transactions; a dry run only counts."""
    counts: Counter[Status] = Counter()
    for rows in batches(command.rows, BATCH):
        if dry_run:
            counts.update(_status(row, stored) for row, stored in _with_stored(rows, command.source))
            continue
        with transaction():
            counts.update(
                _save(row, stored, command.source) for row, stored in _with_stored(rows, command.source)
            )
            _index(rows, command.source)
    return counts


def save_backdrop(command: SaveBackdrop, *, dry_run: bool = False) -> Counter[Status]:
    """Make the stored backdrop equal to the command's: add what is new, remove what is gone."""
    stored = {
        _drawn_key(feature.layer, feature.name, feature.geometry): feature.id
        for feature in db.session.scalars(sa.select(BackdropFeature))
    }
    wanted = {
        _drawn_key(feature.layer, feature.name, feature.geometry): feature for feature in command.features
    }
    gone = [feature_id for key, feature_id in stored.items() if key not in wanted]
    new = [feature for key, feature in wanted.items() if key not in stored]
    if not dry_run:
        _replace(new, gone, command.attribution)
    return Counter({"new": len(new), "unchanged": len(wanted) - len(new), "removed": len(gone)})


def save_map_script(key: str, script: str) -> None:
    """Keep the built map script, and what it was built from."""
    with transaction():
        state.write(MAP_SCRIPT, script)
        state.write(MAP_SCRIPT_KEY, key)


def _replace(new: Sequence[DrawnFeature], gone: Sequence[int], attribution: str) -> None:
    for ids in batches(gone, BATCH):
        with transaction() as session:
            session.execute(sa.delete(BackdropFeature).where(BackdropFeature.id.in_(ids)))
    for features in batches(new, BATCH):
        with transaction() as session:
            session.add_all(
                BackdropFeature(layer=feature.layer, name=feature.name, geometry=feature.geometry)
                for feature in features
            )
    with transaction():
        state.write(BACKDROP_ATTRIBUTION, attribution)


def _index(rows: Sequence[GazetteerRow], source: str) -> None:
    """The words of what has just been stored; addresses are found through their street."""
    db.session.flush()
    named = (GazetteerEntry.source == source, GazetteerEntry.folded.in_({row.folded for row in rows}))
    found: dict[Subject, list[int]] = {}
    for key, kind in db.session.execute(sa.select(GazetteerEntry.id, GazetteerEntry.kind).where(*named)):
        if kind is not GazetteerKind.ADDRESS:
            found.setdefault(Subject(kind.value), []).append(key)
    for subject, ids in found.items():
        index(subject, ids)


def _with_stored(
    rows: Sequence[GazetteerRow], source: str
) -> Iterator[tuple[GazetteerRow, GazetteerEntry | None]]:
    """Each row beside the entry that it would change."""
    names = {row.folded for row in rows}
    statement = sa.select(GazetteerEntry).where(
        GazetteerEntry.source == source, GazetteerEntry.folded.in_(names)
    )
    stored = {(entry.kind, entry.folded): entry for entry in db.session.scalars(statement)}
    return ((row, stored.get((row.kind, row.folded))) for row in rows)


def _status(row: GazetteerRow, stored: GazetteerEntry | None) -> Status:
    if stored is None:
        return "new"
    same = stored.name == row.name and _is_same(stored.location, row.location)
    return "unchanged" if same else "changed"


def _save(row: GazetteerRow, stored: GazetteerEntry | None, source: str) -> Status:
    status = _status(row, stored)
    if stored is None:
        db.session.add(
            GazetteerEntry(
                kind=row.kind, name=row.name, folded=row.folded, location=row.location, source=source
            )
        )
    elif status == "changed":
        stored.name, stored.location = row.name, row.location
    return status


def _is_same(one: Point, other: Point) -> bool:
    return abs(one.lon - other.lon) < SAME_DEGREES and abs(one.lat - other.lat) < SAME_DEGREES


def _drawn_key(layer: str, name: str, geometry: shapely.Geometry) -> str:
    return hashlib.sha256(f"{layer}\n{name}\n{shapely.to_wkt(geometry, 7)}".encode()).hexdigest()
