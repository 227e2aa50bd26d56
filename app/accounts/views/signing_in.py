"""Sign in by an e-mailed one-time link, and sign out."""

from flask import Blueprint, Response, redirect, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts import queries, service
from app.accounts.forms import SignInForm
from app.accounts.permissions import SIGNED_IN
from app.accounts.session_cookie import clear_session_cookie, set_session_cookie
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.limits import limit
from app.core.permissions import BEARER, PUBLIC, current_actor, requires

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@requires(PUBLIC)
def sign_in() -> Response:
    """Ask for an address."""
    return page("accounts/sign_in", data_page="accounts.sign_in", form=SignInForm(), noindex=True)


@blueprint.post("/sign-in")
@requires(PUBLIC)
def send_link() -> Response:
    """Send a link if we know the address; say the same either way."""
    form = SignInForm()
    if not form.validate_on_submit():
        return page("accounts/sign_in", data_page="accounts.sign_in", status=422, form=form, noindex=True)
    limit("20 per hour", "sign-in")
    limit("5 per 15 minute", "sign-in-address", str(form.email.data).lower())
    service.request_link(str(form.email.data))
    answer = page("accounts/link_sent", data_page="accounts.link_sent", email=form.email.data, noindex=True)
    return personal(answer)


@blueprint.get("/sign-in/<token>")
@requires(BEARER)
def open_link(token: str) -> Response:
    """Show a button: mail scanners open links, only a person presses."""
    usable = queries.link_is_usable(token)
    answer = page(
        "accounts/open_link", data_page="accounts.open_link", form=ButtonForm(), usable=usable,
        status=200 if usable else 410, noindex=True,
    )  # fmt: skip
    return personal(answer)


@blueprint.post("/sign-in/<token>")
@requires(BEARER)
def use_link(token: str) -> BaseResponse:
    """Exchange the link for a session."""
    session_token = service.use_link(token)
    session.clear()  # forms opened before are not this person's
    response = redirect(url_for("studio.index"), 303)
    set_session_cookie(response, session_token)  # type: ignore[arg-type]  # redirect() gives werkzeug's base class
    return response


@blueprint.post("/sign-out")
@requires(SIGNED_IN)
def sign_out() -> BaseResponse:
    """End this session on the server and in the browser."""
    actor = current_actor()
    if actor is not None:
        service.sign_out(actor.session_hash)
    session.clear()
    response = redirect(url_for("accounts.sign_in"), 303)
    clear_session_cookie(response)  # type: ignore[arg-type]  # redirect() gives werkzeug's base class
    return response
