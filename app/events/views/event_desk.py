"""What is new in a territory, for its community managers: events that wait, proposals without an answer, new events."""

from datetime import timedelta
from typing import cast

from flask import Blueprint, Response, current_app, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import MANAGING
from app.config import Settings
from app.core import clock
from app.core.actor import Actor
from app.core.errors import ApplicationError, Busy, NotFound
from app.core.permissions import current_actor, permit, requires
from app.core.translation import gettext
from app.events import queries, service
from app.events.labels import refusal
from app.events.proposal_pages import new_rows, own_proposal, review_rows
from app.events.queries.proposals import waiting_proposals
from app.events.queries.reviews import declined_reviews, new_events, waiting_reviews
from app.events.rules.reviews import ReviewSettled
from app.events.views.hosting import studio_page
from app.places.forms.claims import DecisionForm
from app.places.permissions import take_off

INVALID = 422
NEW = timedelta(days=14)

blueprint = Blueprint("event_desk", __name__, url_prefix="/desk/events")


@blueprint.get("")
@requires(MANAGING)
def index() -> Response:
    """Those of one's territories; of all of them for operators."""
    return _page(DecisionForm(formdata=None))


@blueprint.post("/<event_id>")
@requires(MANAGING)
def decide(event_id: str) -> BaseResponse:
    """Publish it or send it back, with words."""
    event, form = queries.event_by_public_id(event_id), DecisionForm()
    if event is None:
        raise NotFound(gettext("There is no such event."))
    permit(take_off(_actor(), queries.territory_ids_of(event.place.id)))
    if not form.validate_on_submit():
        return _page(form, event_id, INVALID)
    try:
        service.decide_review(event_id, form.decision(gettext("It is on the programme.")))
    except (ReviewSettled, Busy) as error:
        return _refused(form, event_id, error)
    return redirect(url_for("event_desk.index"), 303)


def _refused(form: DecisionForm, event_id: str, error: ApplicationError) -> Response:
    form.form_errors = [*form.form_errors, refusal(error)]
    return _page(form, event_id, error.status)


def _page(form: DecisionForm, decided: str = "", status: int = 200) -> Response:
    """`decided` is the event whose words stand in `form`."""
    actor, settings = _actor(), cast(Settings, current_app.extensions["settings"])
    inside = None if actor.is_operator else actor.territory_ids
    return studio_page(
        "desk", data_page="event_desk.index", status=status, form=form, empty=DecisionForm(formdata=None), decided=decided,
        waiting=review_rows(waiting_reviews(inside), settings), declined=review_rows(declined_reviews(inside), settings),
        proposals=[own_proposal(one) for one in waiting_proposals(inside)],
        new=new_rows(new_events(inside, since=clock.now() - NEW), settings),
    )  # fmt: skip


def _actor() -> Actor:
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    return actor
