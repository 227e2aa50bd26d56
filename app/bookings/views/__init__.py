"""Pages of bookings: for families by their personal link, and the list for the host."""

from app.bookings.views.family import blueprint
from app.bookings.views.people import blueprint as studio_blueprint

__all__ = ["blueprint", "studio_blueprint"]
