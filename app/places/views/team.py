"""Who looks after a place: invite, take an invitation back, leave, take somebody off."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.accounts.queries import hosts_of
from app.core.actor import Actor
from app.core.errors import ApplicationError, Busy, NotPermitted
from app.core.http import page, personal
from app.core.i18n import chosen_language
from app.core.limits import TooManyRequests, limit
from app.core.permissions import current_actor, requires
from app.places import service
from app.places.forms.hosting import InviteForm
from app.places.permissions import take_off
from app.places.queries import StaffPlace
from app.places.queries.hosting import open_invitations
from app.places.rules.hosting import AlreadyHost, TooManyInvitations
from app.places.team_pages import refusal, team_page
from app.places.views.looking_after import place_looked_after

INVALID = 422
PER_PERSON = "40 per hour"

blueprint = Blueprint("team", __name__, url_prefix="/studio/places/<place_id>/team")


@blueprint.get("")
@requires(STAFF)
def index(place_id: str) -> Response:
    """Who they are, and who was asked."""
    return _page(place_looked_after(place_id))


@blueprint.post("")
@requires(STAFF)
def invite(place_id: str) -> BaseResponse:
    """Ask one more; what was typed stays if something is wrong."""
    place, form, actor = place_looked_after(place_id), InviteForm(), _actor()
    if not form.validate_on_submit():
        return _page(place, form, INVALID)
    try:
        limit(PER_PERSON, "invite", actor.public_id)
        service.invite(place.id, str(form.email.data), str(form.language.data), actor)
    except (AlreadyHost, TooManyInvitations, TooManyRequests, Busy) as error:
        return _refused(place, form, error)
    return _back(place_id)


@blueprint.post("/slip")
@requires(STAFF)
def slip(place_id: str) -> Response:
    """A code on paper, for managers and operators: it is shown this once."""
    place, actor = place_looked_after(place_id), _actor()
    if not take_off(actor, place.territory_ids):
        raise NotPermitted
    try:
        code = service.make_slip(place.id, chosen_language(), actor)
    except (TooManyInvitations, Busy) as error:
        return _refused(place, InviteForm(formdata=None), error)
    return _page(place, slip=code)


@blueprint.post("/withdraw")
@requires(STAFF)
def withdraw(place_id: str) -> BaseResponse:
    """Take an invitation back."""
    service.withdraw_invitation(place_looked_after(place_id).id, request.form.get("invitation", ""))
    return _back(place_id)


@blueprint.post("/end")
@requires(STAFF)
def end(place_id: str) -> BaseResponse:
    """Leave, or take somebody off."""
    place, actor, who = place_looked_after(place_id), _actor(), request.form.get("person", "")
    if who != actor.public_id and not take_off(actor, place.territory_ids):
        raise NotPermitted
    service.end_hosting(place.id, who, actor)
    return redirect(url_for("devices.index"), 303) if who == actor.public_id else _back(place_id)


def _refused(place: StaffPlace, form: InviteForm, error: ApplicationError) -> Response:
    form.form_errors = [*form.form_errors, refusal(error)]
    return _page(place, form, error.status)


def _page(place: StaffPlace, form: InviteForm | None = None, status: int = 200, slip: str = "") -> Response:
    shown = team_page(place, hosts_of(place.id), open_invitations(place.id), _actor(), slip=slip)
    answer = page(
        "places/studio/team", data_page="team.index", status=status, page=shown,
        form=form or InviteForm(formdata=None), noindex=True,
    )  # fmt: skip
    return personal(answer)


def _back(place_id: str) -> BaseResponse:
    return redirect(url_for("team.index", place_id=place_id), 303)


def _actor() -> Actor:
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    return actor
