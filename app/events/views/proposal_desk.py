"""What parents propose for a place, for its people: make an event of it, or say why not."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core import clock
from app.core.errors import ApplicationError, Busy, NotFound
from app.core.i18n import chosen_language
from app.core.local_text import Text
from app.core.permissions import requires
from app.core.translation import gettext
from app.events import queries, service
from app.events.commands import SaveEvent
from app.events.forms import EventForm
from app.events.forms.proposals import WordsForm
from app.events.labels import refusal
from app.events.proposal_pages import own_proposal
from app.events.queries.proposals import (
    ProposalView,
    count_waiting_proposals,
    proposal_by_public_id,
    proposals_of,
)
from app.events.rules.proposals import ProposalSettled, ProposalStatus
from app.events.views.hosting import as_may_be, land, new_deed, refused, studio_page
from app.places.queries import StaffPlace
from app.places.views.looking_after import place_looked_after

INVALID = 422

blueprint = Blueprint("proposal_desk", __name__, url_prefix="/studio/places/<place_id>/proposals")
blueprint.add_app_template_global(count_waiting_proposals)


@blueprint.get("")
@requires(STAFF)
def index(place_id: str) -> Response:
    """Those that wait, and what became of the others."""
    return _page(place_looked_after(place_id))


@blueprint.get("/<proposal_id>")
@requires(STAFF)
def ask(place_id: str, proposal_id: str) -> Response:
    """The form of an event, with what was proposed in it."""
    place, proposal = _about(place_id, proposal_id)
    form = EventForm(
        place.tzid, data={
            "title": proposal.title.value, "description": proposal.words.value,
            "proposer": proposal.proposer or gettext("a parent"),
        },
    )  # fmt: skip
    return _ask(place, proposal, form)


@blueprint.post("/<proposal_id>")
@requires(STAFF)
def accept(place_id: str, proposal_id: str) -> BaseResponse:
    """Publish it as the form says; whoever proposed it hears."""
    place, proposal = _about(place_id, proposal_id)
    form = EventForm(place.tzid)
    if not form.validate_on_submit():
        return _ask(place, proposal, form, INVALID)
    command = as_may_be(form.command(place.public_id), place)
    try:
        event_id = _accepted(proposal, command)
    except ApplicationError as error:
        return _ask(place, proposal, form, refused(form, error))
    first = queries.first_date_of(event_id, from_at=clock.now())
    assert first is not None  # the form asks for a moment that lies ahead
    return land(new_deed(command), first, told=0)


@blueprint.post("/<proposal_id>/no")
@requires(STAFF)
def decline(place_id: str, proposal_id: str) -> BaseResponse:
    """Say why not; the words reach whoever proposed it."""
    place, _proposal = _about(place_id, proposal_id)
    form = WordsForm()
    if not form.validate_on_submit():
        return _page(place, form, proposal_id, INVALID)
    try:
        service.decline_proposal(proposal_id, form.text())
    except (ProposalSettled, Busy) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _page(place, form, proposal_id, error.status)
    return redirect(url_for("proposal_desk.index", place_id=place_id), 303)


def _accepted(proposal: ProposalView, command: SaveEvent) -> str:
    words = Text(gettext("Thank you for the idea!"), chosen_language())
    return service.accept_proposal(proposal.public_id, command, words)


def _about(place_id: str, proposal_id: str) -> tuple[StaffPlace, ProposalView]:
    """The proposal, if it is for a place that the person looks after. Raises NotFound, NotPermitted."""
    place, proposal = place_looked_after(place_id), proposal_by_public_id(proposal_id)
    if proposal is None or proposal.place_id != place.id:
        raise NotFound(gettext("There is no such proposal."))
    return place, proposal


def _ask(place: StaffPlace, proposal: ProposalView, form: EventForm, status: int = 200) -> Response:
    is_settled = proposal.status is ProposalStatus.ACCEPTED
    return studio_page(
        "accept", data_page="proposal_desk.ask", status=status, place=place, form=form, proposal=own_proposal(proposal), is_settled=is_settled
    )  # fmt: skip


def _page(
    place: StaffPlace, form: WordsForm | None = None, answered: str = "", status: int = 200
) -> Response:
    """`answered` is the proposal whose words stand in `form`."""
    empty = WordsForm(formdata=None)
    return studio_page(
        "proposals", data_page="proposal_desk.index", status=status, place=place, form=form or empty, empty=empty,
        answered=answered, proposals=[own_proposal(one) for one in proposals_of(place.id)],
    )  # fmt: skip
