"""Who may change what happens at a place."""

from collections.abc import Collection

from app.core.actor import Actor
from app.places.permissions import look_after


def edit_place_events(actor: Actor | None, place_id: int, territory_ids: Collection[int]) -> bool:
    """Whoever looks after the place."""
    return look_after(actor, place_id, territory_ids)


def publishes_at_once(actor: Actor, territory_ids: Collection[int], *, is_self_claimed: bool) -> bool:
    """Operators, managers of the territory, and hosts whom somebody of the network has let in."""
    return actor.is_operator or not actor.territory_ids.isdisjoint(territory_ids) or not is_self_claimed
