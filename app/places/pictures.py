"""Pictures of places: files under static/, addressed with their hash."""

from app.core.http import asset


def picture_url(picture: str) -> str | None:
    """The address of a place's picture, or None where it has none or the file is missing."""
    if not picture:
        return None
    try:
        return asset(picture)
    except FileNotFoundError:
        return None
