"""What a community manager looks at first: the islands that sleep."""

from flask import Blueprint, Response

from app.accounts.permissions import MANAGING
from app.core.http import page, personal
from app.core.permissions import current_actor, requires
from app.places.queries.still_right import sleeping_places
from app.places.still_right_pages import sleeping_rows

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("")
@requires(MANAGING)
def index() -> Response:
    """Those of one's territories; of all of them for operators."""
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    rows = sleeping_rows(sleeping_places(None if actor.is_operator else actor.territory_ids))
    return personal(page("places/studio/desk", data_page="desk.index", rows=rows, noindex=True))
