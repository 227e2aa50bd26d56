"""One's own reservation, by its personal link."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.core.errors import Conflict, NotFound
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.permissions import BEARER, requires
from app.core.translation import gettext
from app.places.queries import place_by_id
from app.spaces import queries, service
from app.spaces.labels import refusal
from app.spaces.pages import ReservationPage, reservation_page

blueprint = Blueprint("reservations", __name__, url_prefix="/reservations/<token>")


@blueprint.get("")
@requires(BEARER)
def show(token: str) -> Response:
    """How it stands."""
    return _show(_own(token))


@blueprint.get("/cancel")
@requires(BEARER)
def cancel(token: str) -> BaseResponse:
    """Ask first: scanners open links."""
    shown = _own(token)
    if not shown.can_cancel:
        return _show(shown)
    return personal(
        page("spaces/cancel", data_page="reservations.cancel", page=shown, form=ButtonForm(), noindex=True)
    )


@blueprint.post("/cancel")
@requires(BEARER)
def cancel_it(token: str) -> BaseResponse:
    """Give it back."""
    try:
        service.cancel(token)
    except NotFound as error:
        raise _unknown() from error
    except Conflict as error:
        return _show(_own(token), refusal(error), error.status)
    return redirect(url_for("reservations.show", token=token), 303)


def _show(shown: ReservationPage, problem: str = "", status: int = 200) -> Response:
    answer = page(
        "spaces/show", data_page="reservations.show", status=status, page=shown, problem=problem, noindex=True
    )
    return personal(answer)


def _own(token: str) -> ReservationPage:
    reservation = queries.reservation_by_token(token)
    space = queries.space_by_id(reservation.space_id) if reservation else None
    place = place_by_id(space.place_id) if space else None
    if reservation is None or space is None or place is None:
        raise _unknown()
    return reservation_page(reservation, space, place, token)


def _unknown() -> NotFound:
    return NotFound(
        gettext("No reservation has this address. Open the link in our mail, it must be complete.")
    )
