"""Where somebody is signed in, and how to sign out there."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts import queries, service
from app.accounts.devices_page import device_rows
from app.accounts.permissions import SIGNED_IN
from app.core.actor import Actor
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.permissions import current_actor, requires

blueprint = Blueprint("devices", __name__, url_prefix="/sign-in/devices")


@blueprint.get("")
@requires(SIGNED_IN)
def index() -> Response:
    """The list, this device first."""
    actor = _actor()
    rows = device_rows(queries.sessions_of(actor.person_id), actor.session_hash)
    return personal(
        page(
            "accounts/devices",
            data_page="accounts.devices",
            actor=actor,
            rows=rows,
            form=ButtonForm(),
            noindex=True,
        )
    )


@blueprint.post("")
@requires(SIGNED_IN)
def end() -> BaseResponse:
    """Sign one device out, or all but this one."""
    actor, which = _actor(), request.form.get("device", "")
    if which == "others":
        service.end_other_sessions(actor.person_id, actor.session_hash)
    else:
        service.end_session(actor.person_id, which)
    return redirect(url_for("devices.index"), 303)


def _actor() -> Actor:
    actor = current_actor()
    assert actor is not None  # the permission asks for somebody signed in
    return actor
