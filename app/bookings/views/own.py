"""What the holder of a personal link may do besides giving back: come in more or fewer, erase everything."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.bookings import queries, service
from app.bookings.forms.own import PartyForm
from app.bookings.labels import refusal
from app.bookings.own_pages import OwnPage, own_page
from app.bookings.rules.admission import BookingClosed
from app.bookings.rules.changing import NoRoomForMore
from app.core.errors import Busy, Invalid, NotFound
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.permissions import BEARER, PUBLIC, requires
from app.core.translation import gettext
from app.events.queries import occurrence_by_id

blueprint = Blueprint("own_booking", __name__, url_prefix="/bookings")


@blueprint.get("/<token>/change")
@requires(BEARER)
def change(token: str) -> BaseResponse:
    """How many are you?"""
    shown = _own(token)
    if not shown.can_change:
        return redirect(shown.url, 303)
    return _form(shown, PartyForm(adults=shown.adults, children=shown.children))


@blueprint.post("/<token>/change")
@requires(BEARER)
def change_it(token: str) -> BaseResponse:
    """Take or give back the difference."""
    shown, form = _own(token), PartyForm()
    if not form.validate_on_submit():
        return _form(shown, form, 422)
    try:
        service.change_party(form.command(token))
    except (NoRoomForMore, BookingClosed, Invalid, Busy) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _form(shown, form, error.status)
    return redirect(shown.url, 303)


@blueprint.get("/<token>/erase")
@requires(BEARER)
def erase(token: str) -> Response:
    """Ask first: only a person presses."""
    return personal(
        page("bookings/erase", data_page="bookings.erase", page=_own(token), form=ButtonForm(), noindex=True)
    )


@blueprint.post("/<token>/erase")
@requires(BEARER)
def erase_it(token: str) -> BaseResponse:
    """Forget who it was."""
    try:
        service.erase(token)
    except NotFound as error:
        raise _unknown() from error
    return redirect(url_for("own_booking.erased"), 303)


@blueprint.get("/erased")
@requires(PUBLIC)
def erased() -> Response:
    """It is gone."""
    return page("bookings/erased", data_page="bookings.erased", noindex=True)


def _form(shown: OwnPage, form: PartyForm, status: int = 200) -> Response:
    return personal(
        page(
            "bookings/change", data_page="bookings.change", status=status, page=shown, form=form, noindex=True
        )
    )


def _own(token: str) -> OwnPage:
    booking = queries.booking_by_token(token)
    date = occurrence_by_id(booking.occurrence_id) if booking else None
    if booking is None or date is None:
        raise _unknown()
    return own_page(booking, date, token)


def _unknown() -> NotFound:
    return NotFound(gettext("No booking has this address. Open the link in our mail, it must be complete."))
