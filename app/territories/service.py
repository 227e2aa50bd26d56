"""Saving territories: by code, only what changed, one short transaction each."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import shapely
import sqlalchemy as sa

from app.core import clock
from app.core.database import db, transaction
from app.core.ids import public_id
from app.territories.commands import SaveTerritory
from app.territories.models import Territory
from app.territories.signals import territory_saved

Status = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True)
class Outcome:
    """What became of one command."""

    code: str
    status: Status


def save_territories(commands: Sequence[SaveTerritory], *, dry_run: bool = False) -> Iterator[Outcome]:
    """Save each territory as soon as its outcome is asked for; a dry run only tells."""
    for command in commands:
        fingerprint = _fingerprint(command)
        status = _status(command.code, fingerprint)
        if status != "unchanged" and not dry_run:
            status = _save(command, fingerprint)
        yield Outcome(command.code, status)


def _save(command: SaveTerritory, fingerprint: str) -> Status:
    with transaction() as session:
        status = _status(command.code, fingerprint)
        if status == "unchanged":
            return status
        territory = session.scalar(sa.select(Territory).where(Territory.code == command.code))
        if territory is None:
            territory = Territory(public_id=public_id(), code=command.code)
            session.add(territory)
        territory.kind, territory.name, territory.area = command.kind, command.name, command.area
        territory.fingerprint, territory.is_demo = fingerprint, command.is_demo
        territory.updated_at = clock.now()
        session.flush()
        territory_saved.send(None, territory_id=territory.id)
    return status


def _status(code: str, fingerprint: str) -> Status:
    stored = db.session.scalar(sa.select(Territory.fingerprint).where(Territory.code == code))
    if stored is None:
        return "new"
    return "unchanged" if stored == fingerprint else "changed"


def _fingerprint(command: SaveTerritory) -> str:
    digest = hashlib.sha256(shapely.to_wkb(command.area, include_srid=False))
    digest.update(f"{command.kind}\0{command.name}\0{command.is_demo}".encode())
    return digest.hexdigest()
