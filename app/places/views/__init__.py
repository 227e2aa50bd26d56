"""Pages of places: what everybody reads, and what those who look after one change."""

from app.places.views.public import blueprint

__all__ = ["blueprint"]
