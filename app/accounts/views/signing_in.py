"""Sign in by an e-mailed one-time link or its code, and sign out."""

from flask import Blueprint, Response, redirect, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts import queries, service
from app.accounts.forms import CodeForm, PasskeyForm, SignInForm
from app.accounts.permissions import SIGNED_IN
from app.accounts.rules.codes import CodeWrong, read_code
from app.accounts.session_cookie import asking_device, clear_session_cookie, set_session_cookie
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.limits import limit
from app.core.permissions import BEARER, PUBLIC, current_actor, requires
from app.core.translation import gettext, ngettext

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@requires(PUBLIC)
def sign_in() -> Response:
    """Ask for an address, or a passkey."""
    return sign_in_page()


@blueprint.post("/sign-in")
@requires(PUBLIC)
def send_link() -> Response:
    """Send a link if we know the address; say the same either way."""
    form = SignInForm()
    if not form.validate_on_submit():
        return sign_in_page(status=422, form=form)
    limit("20 per hour", "sign-in")
    limit("5 per 15 minute", "sign-in-address", str(form.email.data).lower())
    link_id = service.request_link(str(form.email.data))
    return _ask_code(link_id, CodeForm(formdata=None), email=form.email.data)


@blueprint.get("/sign-in/code/<link_id>")
@requires(PUBLIC)
def code(link_id: str) -> Response:
    """Ask for the six digits, wherever the mail is read."""
    return _ask_code(link_id, CodeForm(formdata=None))


@blueprint.post("/sign-in/code/<link_id>")
@requires(PUBLIC)
def use_code(link_id: str) -> BaseResponse:
    """Exchange the six digits for a session."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _ask_code(link_id, form, 422)
    limit("60 per hour", "sign-in-code")
    try:
        return enter(service.use_code(link_id, read_code(form.code.data), asking_device()))
    except service.LinkEnded:
        return _link_page(is_usable=False)
    except CodeWrong as error:
        form.code.errors = [*form.code.errors, _wrong_text(int(error.details["left"]))]
        return _ask_code(link_id, form, error.status)


@blueprint.get("/sign-in/<token>")
@requires(BEARER)
def open_link(token: str) -> Response:
    """Show a button: mail scanners open links, only a person presses."""
    return _link_page(is_usable=queries.link_is_usable(token))


@blueprint.post("/sign-in/<token>")
@requires(BEARER)
def use_link(token: str) -> BaseResponse:
    """Exchange the link for a session."""
    try:
        return enter(service.use_link(token, asking_device()))
    except service.LinkEnded:
        return _link_page(is_usable=False)


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


def sign_in_page(problem: str = "", status: int = 200, form: SignInForm | None = None) -> Response:
    """The page with both ways in; `problem` is what a passkey could not do."""
    return page(
        "accounts/sign_in", data_page="accounts.sign_in", status=status, form=form or SignInForm(formdata=None),
        passkey=PasskeyForm(formdata=None), problem=problem, noindex=True,
    )  # fmt: skip


def enter(session_token: str) -> BaseResponse:
    """The browser has a new session; the one that it had is over."""
    old = current_actor()
    if old is not None:
        service.sign_out(old.session_hash)
    session.clear()  # forms opened before are not this person's
    response = redirect(url_for("studio.index"), 303)
    set_session_cookie(response, session_token)  # type: ignore[arg-type]  # redirect() gives werkzeug's base class
    return response


def _link_page(*, is_usable: bool) -> Response:
    """The button of a link, or that its time is over."""
    answer = page(
        "accounts/open_link", data_page="accounts.open_link", form=ButtonForm(), usable=is_usable,
        status=200 if is_usable else service.LinkEnded.status, noindex=True,
    )  # fmt: skip
    return personal(answer)


def _ask_code(link_id: str, form: CodeForm, status: int = 200, email: str | None = None) -> Response:
    answer = page(
        "accounts/code", data_page="accounts.code", status=status, form=form, link_id=link_id, email=email,
        noindex=True,
    )  # fmt: skip
    return personal(answer)


def _wrong_text(left: int) -> str:
    if left == 0:
        return gettext(
            "These are not the digits in the mail, and there are no more tries: ask for a new code."
        )
    return ngettext(
        "These are not the digits in the mail. You can try %(num)s more time.",
        "These are not the digits in the mail. You can try %(num)s more times.",
        left,
    )
