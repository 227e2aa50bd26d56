"""What spaces add to the page of a place: whether it lends any."""

from flask import url_for

from app.core.http import Link
from app.core.translation import gettext
from app.places.sections import place_sections
from app.spaces.queries import has_spaces


def spaces_of_place(place_id: int, language: str) -> Link | None:
    """Where to reserve, for a place that has something to reserve."""
    slug = has_spaces(place_id)
    return (
        Link(gettext("Rooms and advice by appointment"), url_for("spaces.of_place", slug=slug))
        if slug
        else None
    )


place_sections.register("spaces", spaces_of_place)
