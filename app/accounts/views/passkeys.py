"""Sign in with a passkey, keep and forget one's own; recovery codes for operators."""

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts import ceremonies, queries, service
from app.accounts.forms import PasskeyForm, RecoveryForm
from app.accounts.passkeys_page import paper_page, passkeys_page, refusal
from app.accounts.permissions import SIGNED_IN
from app.accounts.rules import passkeys as rules
from app.accounts.rules.codes import CodeWrong
from app.accounts.session_cookie import asking_device
from app.accounts.views.signing_in import enter, sign_in_page
from app.core.actor import Actor
from app.core.errors import ApplicationError, NotFound
from app.core.http import page, personal
from app.core.limits import limit
from app.core.permissions import PUBLIC, current_actor, requires

blueprint = Blueprint("passkeys", __name__, url_prefix="/sign-in/passkeys")


@blueprint.post("/question")
@requires(PUBLIC)
def question() -> Response:
    """What a browser asks its device at sign-in, or when somebody who came in by a mail shows more."""
    limit("60 per hour", "passkey")
    actor = current_actor()
    asked = service.ask_device(actor.person_id if actor else None)
    known = queries.credential_ids_of(actor.person_id) if actor else ()
    return _options(asked.id, ceremonies.request_options(_site(), asked.challenge, known))


@blueprint.post("/new-question")
@requires(SIGNED_IN)
def new_question() -> Response:
    """What a browser asks its device when a passkey is made."""
    actor = _actor()
    asked, known = service.ask_device(actor.person_id), queries.credential_ids_of(actor.person_id)
    holder = ceremonies.Holder(actor.public_id, actor.email, actor.name, known)
    return _options(asked.id, ceremonies.creation_options(_site(), holder, asked.challenge))


@blueprint.post("/sign-in")
@requires(PUBLIC)
def sign_in() -> BaseResponse:
    """Exchange a device's answer for a session, or for the rest of one."""
    limit("60 per hour", "passkey")
    actor, form = current_actor(), PasskeyForm()
    try:
        credential_id, count = _proved(form, actor)
        if actor is None:
            return enter(service.sign_in_with_passkey(credential_id, count, asking_device()))
        service.prove_with_passkey(actor, credential_id, count)
    except (rules.CeremonyEnded, rules.PasskeyRefused) as error:
        return _page(error) if actor else sign_in_page(refusal(error), error.status)
    return redirect(url_for("studio.index"), 303)


@blueprint.get("")
@requires(SIGNED_IN)
def index() -> Response:
    """One's own passkeys."""
    return _page()


@blueprint.post("")
@requires(SIGNED_IN)
def add() -> Response | BaseResponse:
    """Keep the passkey that the device has made; an operator's first one comes with codes on paper."""
    actor, form = _actor(), PasskeyForm()
    try:
        challenge = service.take_question(form.question_id, actor.person_id)
        new = ceremonies.check_new(_site(), form.device_answer, challenge)
        codes = service.add_passkey(actor, new, asking_device())
    except ApplicationError as error:
        return _page(error)
    return _paper(codes) if codes else redirect(url_for("passkeys.index"), 303)


@blueprint.post("/remove")
@requires(SIGNED_IN)
def remove() -> Response | BaseResponse:
    """Forget one."""
    try:
        service.remove_passkey(_actor(), request.form.get("passkey", ""))
    except ApplicationError as error:
        return _page(error)
    return redirect(url_for("passkeys.index"), 303)


@blueprint.post("/recovery")
@requires(SIGNED_IN)
def recover() -> Response | BaseResponse:
    """A code from paper stands for the passkey."""
    actor, form = _actor(), RecoveryForm()
    limit("10 per hour", "recovery-code", actor.public_id)
    try:
        service.use_recovery_code(actor, form.code.data or "")
    except CodeWrong as error:
        return _page(error, form)
    return redirect(url_for("passkeys.index"), 303)


@blueprint.post("/recovery/new")
@requires(SIGNED_IN)
def renew() -> Response:
    """New codes; the old ones are good no more."""
    actor = _actor()
    if not actor.is_operator:
        raise NotFound
    try:
        return _paper(service.renew_recovery_codes(actor))
    except rules.ProofNeeded as error:
        return _page(error)


def _proved(form: PasskeyForm, actor: Actor | None) -> tuple[bytes, int]:
    """The passkey that a device has proved to hold, and how far it has counted."""
    challenge = service.take_question(form.question_id, actor.person_id if actor else None)
    credential_id = ceremonies.credential_id_of(form.device_answer)
    known = queries.passkey_by_credential(credential_id)
    if known is None:
        raise rules.PasskeyRefused
    count = ceremonies.check_known(
        _site(), form.device_answer, challenge, public_key=known.public_key, sign_count=known.sign_count
    )
    return credential_id, count


def _site() -> ceremonies.Site:
    settings = current_app.extensions["settings"]
    if not settings.passkey_domain:
        raise NotFound
    return ceremonies.Site(settings.passkey_domain, settings.base_url)


def _options(asked_id: str, options: str) -> Response:
    return personal(
        Response(f'{{"id": "{asked_id}", "options": {options}}}', content_type="application/json")
    )


def _page(error: ApplicationError | None = None, form: RecoveryForm | None = None) -> Response:
    actor = _actor()
    shown = passkeys_page(actor, queries.passkeys_of(actor.person_id), error)
    answer = page(
        "accounts/passkeys", data_page="accounts.passkeys", status=error.status if error else 200, page=shown,
        form=PasskeyForm(formdata=None), recovery=form or RecoveryForm(formdata=None), noindex=True,
    )  # fmt: skip
    return personal(answer)


def _paper(codes: list[str]) -> Response:
    answer = page(
        "accounts/recovery_codes", data_page="accounts.recovery_codes", page=paper_page(codes), noindex=True
    )
    return personal(answer)


def _actor() -> Actor:
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    return actor
