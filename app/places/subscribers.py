"""What places do when others change."""

from typing import Any

from app.places import service
from app.places.signals import places_found
from app.territories.signals import territory_saved


@territory_saved.connect
def find_places_in(_sender: Any, *, territory_id: int) -> None:
    """A new border: the places inside are found in the same transaction."""
    service.assign_territory(territory_id)
    places_found.send(None, territory_id=territory_id)
