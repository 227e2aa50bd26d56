"""Describe a space."""

from dataclasses import asdict

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.core.errors import NotFound
from app.core.ids import public_id
from app.spaces.commands import SaveSpace
from app.spaces.models import Space
from app.spaces.rules.refusals import CutNotPossible
from app.spaces.rules.slots import is_cut_possible


@patiently
def save_space(place_id: int, command: SaveSpace, space_id: str | None = None) -> str:
    """Add a space to a place, or change one of it; returns its public id. Raises NotFound, CutNotPossible, Busy.

    What is reserved already stays as it is, also outside new hours.
    """
    if not is_cut_possible(command.kind, command.slot_minutes):
        raise CutNotPossible
    facts = asdict(command) | {"name": command.name, "description": command.description}
    with transaction() as session:
        now = clock.now()
        if space_id is None:
            space = Space(public_id=public_id(), place_id=place_id, created_at=now, updated_at=now, **facts)
            session.add(space)
            return space.public_id
        own = (Space.place_id == place_id, Space.public_id == space_id)
        found = session.scalars(sa.select(Space).where(*own)).one_or_none()
        if found is None:
            raise NotFound
        for name, value in facts.items():
            setattr(found, name, value)
        found.updated_at = now
        return space_id
