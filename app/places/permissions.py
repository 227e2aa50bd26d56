"""Who looks after a place."""

from collections.abc import Collection

from app.core.actor import Actor


def look_after(actor: Actor | None, place_id: int, territory_ids: Collection[int]) -> bool:
    """The place's host, a manager of a territory it lies in, an operator."""
    if actor is None:
        return False
    return (
        actor.is_operator or place_id in actor.place_ids or not actor.territory_ids.isdisjoint(territory_ids)
    )


def take_off(actor: Actor, territory_ids: Collection[int]) -> bool:
    """Only managers and operators take hosts off a place and print codes for new ones; hosts leave by themselves."""
    return actor.is_operator or not actor.territory_ids.isdisjoint(territory_ids)
