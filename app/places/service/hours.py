"""A host writes when the place, or its corner, is open."""

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.core.errors import NotFound
from app.places.commands import SaveHours
from app.places.models import Place
from app.places.rules.vocabulary import HoursOf
from app.places.service.openings import Hours, opening_rows, replace_rows
from app.places.signals import place_saved


@patiently
def save_hours(place_id: int, command: SaveHours) -> None:
    """Store them in OpenStreetMap's syntax and work out the opening times anew; from now on imports leave them alone.

    Raises NotFound (also where a place that is no island is asked for its corner), Busy.
    """
    with transaction() as session:
        one = (
            sa.select(Place).where(Place.id == place_id).options(selectinload(Place.island)).with_for_update()
        )
        place = session.scalars(one).one_or_none()
        if place is None:
            raise NotFound
        if command.of is HoursOf.PLACE:
            place.opening_hours = command.text
        elif place.island is not None:
            place.island.opening_hours = command.text
        else:
            raise NotFound
        place.hours_by_people = True
        place.updated_at = clock.now()
        session.flush()
        corner = place.island.opening_hours if place.island else ""
        hours = Hours.of(
            place.opening_hours, corner, place.tzid, place.country, place.subdivision, place.location
        )
        replace_rows({place.id: opening_rows(hours, clock.now())})
        place_saved.send(None, place_id=place.id)
