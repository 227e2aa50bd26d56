"""What people ask of a community manager: places that they would look after, places that would join."""

from typing import cast

from flask import Blueprint, Response, current_app, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import MANAGING
from app.config import Settings
from app.core.actor import Actor
from app.core.errors import ApplicationError, Busy, NotFound
from app.core.http import page, personal
from app.core.permissions import current_actor, permit, requires
from app.core.translation import gettext
from app.places import service
from app.places.claim_pages import claim_rows, refusal
from app.places.forms.claims import DecisionForm
from app.places.permissions import take_off
from app.places.queries import territory_ids
from app.places.queries.claims import claim_by_public_id, declined_claims, waiting_claims
from app.places.rules.claims import ClaimEnded
from app.places.rules.hosting import TooManyInvitations

INVALID = 422

blueprint = Blueprint("claim_desk", __name__, url_prefix="/desk/claims")


@blueprint.get("")
@requires(MANAGING)
def index() -> Response:
    """Those of one's territories that wait; of all of them for operators."""
    return _page(DecisionForm(formdata=None))


@blueprint.post("/<claim_id>")
@requires(MANAGING)
def decide(claim_id: str) -> BaseResponse:
    """Yes or no, with words; they reach whoever asked."""
    claim, actor, form = claim_by_public_id(claim_id), _actor(), DecisionForm()
    if claim is None or claim.place_id is None:
        raise NotFound(gettext("There is no such request."))
    permit(take_off(actor, frozenset(territory_ids(claim.place_id))))
    if not form.validate_on_submit():
        return _page(form, claim_id, INVALID)
    try:
        service.decide_claim(claim_id, form.decision(gettext("Welcome to the network.")), _settings(), actor)
    except (ClaimEnded, TooManyInvitations, Busy) as error:
        return _refused(form, claim_id, error)
    return redirect(url_for("claim_desk.index"), 303)


def _refused(form: DecisionForm, claim_id: str, error: ApplicationError) -> Response:
    form.form_errors = [*form.form_errors, refusal(error)]
    return _page(form, claim_id, error.status)


def _page(form: DecisionForm, decided: str = "", status: int = 200) -> Response:
    """`decided` is the claim whose words stand in `form`."""
    actor = _actor()
    inside = None if actor.is_operator else actor.territory_ids
    answer = page(
        "places/studio/claims", data_page="claim_desk.index", status=status, waiting=claim_rows(waiting_claims(inside)),
        declined=claim_rows(declined_claims(inside)), form=form, decided=decided, empty=DecisionForm(formdata=None), noindex=True,
    )  # fmt: skip
    return personal(answer)


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def _actor() -> Actor:
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    return actor
