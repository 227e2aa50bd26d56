"""The page behind the link that confirms an address: only a press of the button confirms, scanners open links."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.bookings import service
from app.bookings.labels import refusal
from app.bookings.opened import opened
from app.bookings.own_pages import OwnPage, own_page
from app.bookings.rules.admission import BookingClosed
from app.core.errors import NotFound
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.permissions import BEARER, requires
from app.core.translation import gettext
from app.events.rules.occurrence import OccurrenceFull

blueprint = Blueprint("confirming", __name__, url_prefix="/bookings/<token>/confirm")


@blueprint.get("/<code>")
@requires(BEARER)
def confirm(token: str, code: str) -> BaseResponse:
    """Ask for the press; what is confirmed already shows the booking."""
    shown = _own(token)
    if shown.status not in ("unconfirmed", "expired"):
        return redirect(shown.url, 303)
    return _ask(shown)


@blueprint.post("/<code>")
@requires(BEARER)
def confirm_it(token: str, code: str) -> BaseResponse:
    """The address is right: the place is theirs."""
    shown = _own(token)
    try:
        service.confirm_address(token, code)
    except NotFound as error:
        raise _unknown() from error
    except (BookingClosed, OccurrenceFull) as error:
        return _ask(shown, refusal(error), error.status)
    return redirect(url_for("bookings.show", token=token), 303)


def _ask(shown: OwnPage, problem: str = "", status: int = 200) -> Response:
    answer = page(
        "bookings/confirm", data_page="bookings.confirm", status=status, page=shown, form=ButtonForm(),
        problem=problem, noindex=True,
    )  # fmt: skip
    return personal(answer)


def _own(token: str) -> OwnPage:
    found = opened(token)
    if found is None:
        raise _unknown()
    return own_page(found)


def _unknown() -> NotFound:
    return NotFound(gettext("No booking has this address. Open the link in our mail, it must be complete."))
