"""Whoever lost our mail has its links sent again; the page never says whether an address is known."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.bookings import service
from app.bookings.forms.own import AddressForm
from app.core.http import page, personal
from app.core.limits import limit
from app.core.permissions import PUBLIC, requires

PER_NETWORK = "30 per hour"
PER_ADDRESS = "3 per hour"

blueprint = Blueprint("find_booking", __name__, url_prefix="/bookings/find")


@blueprint.get("")
@requires(PUBLIC)
def ask() -> Response:
    """With which address?"""
    return _form(AddressForm())


@blueprint.post("")
@requires(PUBLIC)
def send() -> BaseResponse:
    """Write to it, if it has bookings; the same answer and the same work if it has none."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _form(form, 422)
    limit(PER_NETWORK, "booking-links")
    limit(PER_ADDRESS, "booking-links-address", form.address().casefold())
    service.send_links(form.address())
    return redirect(url_for("find_booking.sent"), 303)


@blueprint.get("/sent")
@requires(PUBLIC)
def sent() -> Response:
    """What happens next, whether it is known or not."""
    return page("bookings/find_sent", data_page="bookings.sent", noindex=True)


def _form(form: AddressForm, status: int = 200) -> Response:
    return personal(page("bookings/find", data_page="bookings.find", status=status, form=form, noindex=True))
