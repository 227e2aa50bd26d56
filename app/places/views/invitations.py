"""Whoever is invited to look after a place: by a mailed link, or with the code of a slip."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.session_cookie import asking_device
from app.accounts.views.signing_in import enter
from app.core.errors import Busy, NotFound
from app.core.http import page, personal
from app.core.i18n import chosen_language
from app.core.limits import limit
from app.core.permissions import BEARER, PUBLIC, requires
from app.core.translation import gettext
from app.places import service
from app.places.forms.hosting import AcceptForm, SlipForm
from app.places.queries import StaffPlace, staff_place_by_id
from app.places.queries.hosting import invitation_by_token
from app.places.rules.hosting import InvitationEnded, TooManyInvitations
from app.places.team_pages import refusal

INVALID = 422
PER_NETWORK = "20 per hour"

blueprint = Blueprint("invitations", __name__, url_prefix="/invitations")


@blueprint.get("")
@requires(PUBLIC)
def code() -> Response:
    """The code of the slip, and where to write."""
    return _ask(SlipForm())


@blueprint.post("")
@requires(PUBLIC)
def send() -> Response:
    """Write to them; only who reads the mail can accept."""
    form = SlipForm()
    if not form.validate_on_submit():
        return _ask(form, INVALID)
    limit(PER_NETWORK, "slip")
    try:
        service.ask_with_slip(str(form.code.data or ""), str(form.email.data), chosen_language())
    except (InvitationEnded, TooManyInvitations, Busy) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _ask(form, error.status)
    return personal(
        page("places/slip_sent", data_page="invitations.sent", email=form.email.data, noindex=True)
    )


@blueprint.get("/<token>")
@requires(BEARER)
def show(token: str) -> Response:
    """What looking after the place means; only a press accepts."""
    return _invited(token, AcceptForm())


@blueprint.post("/<token>")
@requires(BEARER)
def accept(token: str) -> BaseResponse:
    """Accept, and go in."""
    form = AcceptForm()
    if not form.validate_on_submit():
        return _invited(token, form, INVALID)
    try:
        return enter(service.accept_invitation(token, str(form.name.data), asking_device()))
    except InvitationEnded:
        return _invited(token, form)


def _ask(form: SlipForm, status: int = 200) -> Response:
    return personal(page("places/slip", data_page="invitations.code", status=status, form=form, noindex=True))


def _invited(token: str, form: AcceptForm, status: int = 200) -> Response:
    invitation = invitation_by_token(token)
    place: StaffPlace | None = staff_place_by_id(invitation.place_id) if invitation else None
    if invitation is None or place is None:
        raise NotFound(
            gettext("No invitation has this address. Open the link in our mail, it must be complete.")
        )
    answer = page(
        "places/invitation", data_page="invitations.show", status=status if invitation.is_usable else InvitationEnded.status,
        place=place, usable=invitation.is_usable, email=invitation.email, form=form, noindex=True,
    )  # fmt: skip
    return personal(answer)
