"""Become an island: the pact, and a place that is not in the catalogue yet. It stands here since it asks where an
address is, which only the gazetteer of this room knows; what becomes of it is places' affair.
"""

from flask import Blueprint, Response

from app.core.errors import Busy
from app.core.http import page, personal
from app.core.permissions import PUBLIC, requires
from app.explore.forms import JoinForm
from app.explore.locating import whereabouts
from app.places import service
from app.places.claim_pages import refusal
from app.places.queries.claims import LikePlace, like_places
from app.places.views.claims import limit_claims, sent
from geo.point import Point

INVALID = 422
DOUBTFUL = 409

blueprint = Blueprint("join", __name__)


@blueprint.get("/join")
@requires(PUBLIC)
def index() -> Response:
    """The pact in five lines, and four fields."""
    return _page(JoinForm())


@blueprint.post("/join")
@requires(PUBLIC)
def send() -> Response:
    """Write to them; only who reads that mail brings a place in."""
    form = JoinForm()
    location = form.location(whereabouts(str(form.address.data))) if form.validate_on_submit() else None
    if location is None:
        return _page(form, INVALID)
    like = [] if form.sure.data else like_places(str(form.name.data), location)
    return _page(form, DOUBTFUL, like) if like else _propose(form, location)


def _propose(form: JoinForm, location: Point) -> Response:
    limit_claims(str(form.email.data))
    try:
        service.propose_place(form.place(location), form.claim())
    except Busy as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _page(form, error.status)
    return sent(str(form.email.data))


def _page(form: JoinForm, status: int = 200, like: list[LikePlace] | None = None) -> Response:
    answer = page("explore/join", data_page="join.index", status=status, form=form, like=like or [])
    return answer if status == 200 else personal(answer)
