"""What the holder of a personal link may do besides giving back: come in more or fewer, erase everything."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.bookings import service
from app.bookings.forms.own import PartyForm
from app.bookings.invitations import course_calendar
from app.bookings.labels import refusal
from app.bookings.opened import opened
from app.bookings.own_pages import OwnPage, own_page
from app.bookings.rules.admission import BookingClosed
from app.bookings.rules.changing import NoRoomForMore
from app.bookings.rules.extras import NoRoomForPushchair, NoRoomInChildcare
from app.core.errors import Busy, Invalid, NotFound
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.permissions import BEARER, PUBLIC, requires
from app.core.translation import gettext

blueprint = Blueprint("own_booking", __name__, url_prefix="/bookings")


@blueprint.get("/<token>/change")
@requires(BEARER)
def change(token: str) -> BaseResponse:
    """How many are you?"""
    shown = _own(token)
    if not shown.can_change:
        return redirect(shown.url, 303)
    return _form(shown, PartyForm(data=shown.asked))


@blueprint.post("/<token>/change")
@requires(BEARER)
def change_it(token: str) -> BaseResponse:
    """Take or give back the difference."""
    shown, form = _own(token), PartyForm()
    if not form.validate_on_submit():
        return _form(shown, form, 422)
    try:
        service.change_party(form.command(token))
    except (NoRoomForMore, NoRoomForPushchair, NoRoomInChildcare, BookingClosed, Invalid, Busy) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _form(shown, form, error.status)
    return redirect(shown.url, 303)


@blueprint.get("/<token>/course.ics")
@requires(BEARER)
def calendar(token: str) -> BaseResponse:
    """All dates of a booked course, for one's own calendar."""
    found = opened(token)
    if found is None or not found.family:
        raise _unknown()
    file = course_calendar(found.family, found.dates)
    headers = {"Content-Disposition": f"attachment; filename={file.filename}"}
    return personal(Response(file.content, content_type=file.content_type, headers=headers))


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
    found = opened(token)
    if found is None:
        raise _unknown()
    return own_page(found)


def _unknown() -> NotFound:
    return NotFound(gettext("No booking has this address. Open the link in our mail, it must be complete."))
