"""Who may say when a space is free, and who has it."""

from collections.abc import Collection

from app.core.actor import Actor
from app.places.permissions import look_after


def run_spaces(actor: Actor | None, place_id: int, territory_ids: Collection[int]) -> bool:
    """Whoever looks after the place."""
    return look_after(actor, place_id, territory_ids)
