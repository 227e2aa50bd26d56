"""Say that a place is yours to look after: without an account, and only who reads the mail goes on."""

from typing import cast

from flask import Blueprint, Response, current_app, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.config import Settings
from app.core.errors import ApplicationError, Busy, NotFound
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.limits import limit
from app.core.permissions import BEARER, PUBLIC, requires
from app.core.translation import gettext
from app.places import service
from app.places.claim_pages import own_claim, refusal
from app.places.forms.claims import ClaimForm
from app.places.queries import PlaceView, place_by_slug
from app.places.queries.claims import claim_by_token
from app.places.rules.claims import ClaimEnded, TooManyClaims
from app.places.rules.hosting import AlreadyHost, TooManyInvitations
from app.places.views.public import moved
from app.places.views.trust import place_asked

INVALID = 422
PER_NETWORK = "12 per hour"
PER_ADDRESS = "6 per hour"

blueprint = Blueprint("claims", __name__)


@blueprint.get("/places/<slug>/claim")
@requires(PUBLIC)
def new(slug: str) -> BaseResponse:
    """Who you are, and how you know the place."""
    place = place_by_slug(slug)
    return moved(slug) if place is None else _form(place, ClaimForm())


@blueprint.post("/places/<slug>/claim")
@requires(PUBLIC)
def send(slug: str) -> Response:
    """Write to them; what was typed stays if something is wrong."""
    place, form = place_asked(slug), ClaimForm()
    if not form.validate_on_submit():
        return _form(place, form, INVALID)
    limit_claims(str(form.email.data))
    try:
        service.claim_place(place.id, form.command())
    except (TooManyClaims, Busy) as error:
        return _refused(place, form, error)
    return sent(str(form.email.data))


@blueprint.get("/claims/<token>")
@requires(BEARER)
def show(token: str) -> Response:
    """How it stands; only a press goes on, since mail scanners open links too."""
    return _own(token)


@blueprint.post("/claims/<token>")
@requires(BEARER)
def confirm(token: str) -> BaseResponse:
    """The address is theirs: invited at once where it proves something, else somebody is asked to decide."""
    if not ButtonForm().validate_on_submit():
        return _own(token, status=INVALID)
    settings = cast(Settings, current_app.extensions["settings"])
    try:
        invitation = service.confirm_claim(token, settings)
    except ClaimEnded:
        return redirect(url_for("claims.show", token=token), 303)
    except (AlreadyHost, TooManyInvitations, Busy) as error:
        return _own(token, error=refusal(error), status=error.status)
    if invitation is None:
        return redirect(url_for("claims.show", token=token), 303)
    return redirect(url_for("invitations.show", token=invitation), 303)


def limit_claims(email: str) -> None:
    """Not too many from one network, nor to one address. Raises TooManyRequests."""
    limit(PER_NETWORK, "claim")
    limit(PER_ADDRESS, "claim", email.lower())


def sent(email: str) -> Response:
    """Look at your mail."""
    return personal(page("places/claim_sent", data_page="claims.sent", email=email, noindex=True))


def _refused(place: PlaceView, form: ClaimForm, error: ApplicationError) -> Response:
    form.form_errors = [*form.form_errors, refusal(error)]
    return _form(place, form, error.status)


def _form(place: PlaceView, form: ClaimForm, status: int = 200) -> Response:
    return personal(
        page("places/claim", data_page="claims.new", status=status, place=place, form=form, noindex=True)
    )


def _own(token: str, *, error: str = "", status: int = 200) -> Response:
    claim = claim_by_token(token)
    if claim is None:
        raise NotFound(
            gettext("No request has this address: open the link in our mail, it must be complete.")
        )
    shown = own_claim(claim)
    answer = page(
        "places/claim_own", data_page="claims.show", status=status, page=shown, error=error, form=ButtonForm(), noindex=True
    )  # fmt: skip
    return personal(answer)
