"""Propose an activity for a place without an account, and follow the proposal by its personal link."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.core.errors import Busy, NotFound
from app.core.http import page, personal
from app.core.limits import TooManyRequests, limit
from app.core.permissions import BEARER, PUBLIC, requires
from app.core.translation import gettext
from app.events import service
from app.events.forms.proposals import ProposalForm
from app.events.labels import refusal
from app.events.proposal_pages import own_proposal
from app.events.queries.proposals import proposal_by_token
from app.places.queries import PlaceView, place_by_slug
from app.places.views.public import moved
from app.places.views.trust import place_asked

INVALID = 422
PER_NETWORK = "8 per hour"
PER_PLACE = "40 per day"

blueprint = Blueprint("proposals", __name__)


@blueprint.get("/places/<slug>/propose")
@requires(PUBLIC)
def new(slug: str) -> BaseResponse:
    """What would you like to do here?"""
    place = place_by_slug(slug)
    return moved(slug) if place is None else _form(place, ProposalForm())


@blueprint.post("/places/<slug>/propose")
@requires(PUBLIC)
def send(slug: str) -> BaseResponse:
    """Send it; what was typed stays if something is wrong."""
    place, form = place_asked(slug), ProposalForm()
    if not form.validate_on_submit():
        return _form(place, form, INVALID)
    try:
        limit(PER_NETWORK, "propose")
        limit(PER_PLACE, "propose-place", place.public_id)
        token = service.propose_event(form.command(place.public_id))
    except (TooManyRequests, Busy) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _form(place, form, error.status)
    return redirect(url_for("proposals.show", token=token), 303)


@blueprint.get("/proposals/<token>")
@requires(BEARER)
def show(token: str) -> Response:
    """How it stands, for whoever has its address."""
    proposal = proposal_by_token(token)
    if proposal is None:
        raise NotFound(
            gettext("No proposal has this address: perhaps it is incomplete, or older than a year.")
        )
    shown = own_proposal(proposal)
    return personal(page("events/proposal", data_page="proposals.show", page=shown, noindex=True))


def _form(place: PlaceView, form: ProposalForm, status: int = 200) -> Response:
    answer = page(
        "events/propose", data_page="proposals.new", status=status, place=place, form=form, noindex=True
    )
    return personal(answer)
