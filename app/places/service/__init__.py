"""Writing places: saving them, knowing when they are open, finding their territories."""

from app.places.service.openings import refresh_openings
from app.places.service.saving import Outcome, save_each, save_places
from app.places.service.territories import assign_territory

__all__ = ["Outcome", "assign_territory", "refresh_openings", "save_each", "save_places"]
