"""The place that a page of its host is about, if the person looks after it."""

from app.core.errors import NotFound
from app.core.permissions import current_actor, permit
from app.core.translation import gettext
from app.places.permissions import look_after
from app.places.queries import StaffPlace, staff_place


def place_looked_after(public_id: str) -> StaffPlace:
    """The place, published or not; NotFound or NotPermitted otherwise."""
    place = staff_place(public_id)
    if place is None:
        raise NotFound(gettext("There is no such place."))
    permit(look_after(current_actor(), place.id, place.territory_ids))
    return place
