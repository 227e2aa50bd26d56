"""Who comes to one date: for its host, a manager of the territory, an operator."""

from flask import Blueprint, Response

from app.accounts.permissions import STAFF
from app.bookings import queries
from app.bookings.pages import people_page
from app.core.errors import NotFound
from app.core.http import page, personal
from app.core.permissions import current_actor, permit, requires
from app.core.translation import gettext
from app.events.permissions import edit_place_events
from app.events.queries import occurrence_for_staff, territory_ids_of
from app.events.studio_pages import place_link

blueprint = Blueprint("people", __name__, url_prefix="/studio/occurrences")


@blueprint.get("/<occurrence_id>")
@requires(STAFF)
def index(occurrence_id: str) -> Response:
    """Names, how many each brings, and who waits."""
    date = occurrence_for_staff(occurrence_id)
    if date is None:
        raise NotFound(gettext("There is no such date."))
    permit(edit_place_events(current_actor(), date.place.id, territory_ids_of(date.place.id)))
    shown = people_page(date, queries.people_of(date.id))
    answer = page(
        "bookings/people", data_page="people.index", page=shown, back=place_link(date), noindex=True
    )
    return personal(answer)
