"""Writing places: saving them, knowing when they are open, finding their territories, keeping their photos."""

from app.places.service.openings import refresh_openings
from app.places.service.photos import add_photo, move_photo, remove_photo
from app.places.service.saving import Outcome, save_each, save_places
from app.places.service.territories import assign_territory

__all__ = [
    "Outcome",
    "add_photo",
    "assign_territory",
    "move_photo",
    "refresh_openings",
    "remove_photo",
    "save_each",
    "save_places",
]
