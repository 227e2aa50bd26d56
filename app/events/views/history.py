"""Who changed what at a place."""

from flask import Blueprint, Response

from app.accounts.permissions import STAFF
from app.core.audit.queries import deeds_at
from app.core.http import page, personal
from app.core.pagination import PAGE_SIZE, requested_page
from app.core.permissions import requires
from app.events.history_page import history_page
from app.places.views.looking_after import place_looked_after

blueprint = Blueprint("history", __name__, url_prefix="/studio/places")


@blueprint.get("/<place_id>/history")
@requires(STAFF)
def index(place_id: str) -> Response:
    """For those who look after it, the newest first."""
    place, number = place_looked_after(place_id), requested_page()
    deeds = deeds_at(place.id, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    shown = history_page(place, deeds, number)
    return personal(page("events/studio/history", data_page="history.index", page=shown, noindex=True))
