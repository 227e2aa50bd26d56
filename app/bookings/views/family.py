"""Book without an account; see and give back a booking by its personal link. GET never changes anything."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.forms import ButtonForm
from app.bookings import queries, service
from app.bookings.commands import Book
from app.bookings.forms import BookingForm
from app.bookings.labels import refusal
from app.bookings.pages import BookingPage, NewBookingPage, booking_page
from app.bookings.rules.admission import BookingClosed, NotBookable, check_open
from app.core import clock
from app.core.errors import Busy, Invalid, NotFound
from app.core.http import page, personal
from app.core.limits import TooManyRequests, limit
from app.core.permissions import BEARER, PUBLIC, requires
from app.core.translation import gettext
from app.events.cards import event_card
from app.events.facts import OccurrenceView
from app.events.queries import occurrence_by_id, occurrence_view
from app.events.rules.vocabulary import OccurrenceStatus

# Each booking sends a mail: generous to a school's network, too little for a flood.
PER_NETWORK = "120 per hour"
PER_ADDRESS = "12 per hour"

blueprint = Blueprint("bookings", __name__)


@blueprint.get("/occurrences/<occurrence_id>/book")
@requires(PUBLIC)
def new(occurrence_id: str) -> Response:
    """The form; a date that cannot be booked says why."""
    date = _date(occurrence_id)
    try:
        _check_open(date)
    except NotBookable as error:
        return _just_come(date, error.status)
    return _form(BookingForm(), date)


@blueprint.post("/occurrences/<occurrence_id>/book")
@requires(PUBLIC)
def create(occurrence_id: str) -> BaseResponse:
    """Book, or join the waiting list; what was typed stays if something is wrong."""
    form = BookingForm()
    if not form.validate_on_submit():
        return _form(form, _date(occurrence_id), 422)
    try:
        booked = _book(occurrence_id, form.command())
    except NotBookable as error:
        return _just_come(_date(occurrence_id), error.status)
    except (BookingClosed, Invalid, Busy, TooManyRequests) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _form(form, _date(occurrence_id), error.status)
    return redirect(url_for("bookings.show", token=booked.token), 303)


@blueprint.get("/bookings/<token>")
@requires(BEARER)
def show(token: str) -> Response:
    """The booking, whenever it is opened."""
    shown = _booking(token)
    return personal(page("bookings/show", data_page="bookings.show", page=shown, noindex=True))


@blueprint.get("/bookings/<token>/cancel")
@requires(BEARER)
def cancel(token: str) -> BaseResponse:
    """Ask first: mail scanners open links, only a person presses."""
    shown = _booking(token)
    if not shown.can_cancel:
        return personal(page("bookings/show", data_page="bookings.show", page=shown, noindex=True))
    form = ButtonForm()
    return personal(page("bookings/cancel", data_page="bookings.cancel", page=shown, form=form, noindex=True))


@blueprint.post("/bookings/<token>/cancel")
@requires(BEARER)
def cancel_it(token: str) -> BaseResponse:
    """Give the place back."""
    try:
        service.cancel(token)
    except BookingClosed as error:
        message = gettext("This date has already begun: the booking can no longer be given back.")
        raise type(error)(message) from error
    except NotFound as error:
        raise _unknown() from error
    return redirect(url_for("bookings.show", token=token), 303)


def _book(occurrence_id: str, command: Book) -> service.Booked:
    limit(PER_NETWORK, "booking")
    limit(PER_ADDRESS, "booking-address", command.email.casefold())
    return service.book(occurrence_id, command)


def _date(occurrence_id: str) -> OccurrenceView:
    date = occurrence_view(occurrence_id)
    if date is None:
        raise NotFound(gettext("There is no such date: perhaps the address is incomplete."))
    return date


def _check_open(date: OccurrenceView) -> None:
    try:
        check_open(
            starts_at=date.starts_at,
            is_scheduled=date.status is OccurrenceStatus.SCHEDULED,
            is_bookable=date.capacity is not None,
            now=clock.now(),
        )
    except BookingClosed as error:
        raise type(error)(refusal(error)) from error


def _form(form: BookingForm, date: OccurrenceView, status: int = 200) -> Response:
    shown = NewBookingPage(event_card(date))
    return personal(
        page("bookings/new", data_page="bookings.new", status=status, page=shown, form=form, noindex=True)
    )


def _just_come(date: OccurrenceView, status: int) -> Response:
    """Nothing is wrong and nothing has changed: there is simply nothing to book."""
    shown = NewBookingPage(event_card(date))
    return personal(
        page("bookings/just_come", data_page="bookings.just_come", status=status, page=shown, noindex=True)
    )


def _booking(token: str) -> BookingPage:
    booking = queries.booking_by_token(token)
    date = occurrence_by_id(booking.occurrence_id) if booking else None
    if booking is None or date is None:
        raise _unknown()
    return booking_page(booking, date, token)


def _unknown() -> NotFound:
    return NotFound(gettext("No booking has this address. Open the link in our mail, it must be complete."))
