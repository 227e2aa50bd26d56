"""Pages of events: what everybody reads, and what those who look after a place do."""

from app.events.views.public import blueprint
from app.events.views.studio import blueprint as studio_blueprint

__all__ = ["blueprint", "studio_blueprint"]
