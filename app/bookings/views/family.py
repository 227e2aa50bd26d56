"""Book without an account; see and give back a booking by its personal link. GET never changes anything."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.bookings import service
from app.bookings.commands import Book
from app.bookings.forms import AskingForm, BookingForm
from app.bookings.labels import refusal
from app.bookings.opened import opened
from app.bookings.pages import BookingPage, booking_page, needs_email, new_booking_page, nothing_to_book_page
from app.bookings.queries.offers import last_offer
from app.bookings.rules.admission import BookingClosed, FewerSeatsLeft, NotBookable, check_open
from app.bookings.rules.course import NoPlaceYet
from app.bookings.rules.offers import OfferEnded, SomebodyWasFaster
from app.bookings.rules.status import BookingStatus
from app.core import clock
from app.core.errors import Busy, Conflict, Invalid, NotFound
from app.core.forms import ButtonForm
from app.core.http import page, personal
from app.core.limits import TooManyRequests, limit
from app.core.permissions import BEARER, PUBLIC, requires
from app.core.translation import gettext
from app.events import wording
from app.events.facts import OccurrenceView
from app.events.queries import event_by_id, occurrence_view
from app.events.rules.occurrence import OccurrenceFull

# Each booking sends a mail: generous to a school's network, too little for a flood.
PER_NETWORK = "120 per hour"
PER_ADDRESS = "12 per hour"
INVALID = 422

blueprint = Blueprint("bookings", __name__)


@blueprint.get("/occurrences/<occurrence_id>/book")
@requires(PUBLIC)
def new(occurrence_id: str) -> Response:
    """The form; a date that cannot be booked says why."""
    date = _date(occurrence_id)
    try:
        _check_open(date)
    except BookingClosed as error:
        return _nothing_to_book(date, error)
    is_another = request.args.get("another") == "1"
    return _form(_fields(date, another=is_another), date)


@blueprint.post("/occurrences/<occurrence_id>/book")
@requires(PUBLIC)
def create(occurrence_id: str) -> BaseResponse:
    """Book, or join the waiting list; what was typed stays if something is wrong."""
    date = _date(occurrence_id)
    form = _fields(date)
    if not form.validate_on_submit():
        return _form(form, date, 422)
    try:
        booked = _book(occurrence_id, form.command())
    except BookingClosed as error:
        return _nothing_to_book(date, error)
    except (Conflict, Invalid, Busy, TooManyRequests) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _form(form, _date(occurrence_id), error.status, may_wait=isinstance(error, FewerSeatsLeft))
    return redirect(url_for("bookings.show", token=booked.token, again=int(booked.is_repeat) or None), 303)


@blueprint.get("/bookings/<token>")
@requires(BEARER)
def show(token: str) -> Response:
    """The booking, whenever it is opened."""
    return _show(token, is_repeat="again" in request.args)


@blueprint.get("/bookings/<token>/cancel")
@requires(BEARER)
def cancel(token: str) -> BaseResponse:
    """Ask first: mail scanners open links, only a person presses."""
    shown = _booking(token)
    if not shown.can_cancel:
        return _show(token)
    form = ButtonForm()
    return personal(page("bookings/cancel", data_page="bookings.cancel", page=shown, form=form, noindex=True))


@blueprint.post("/bookings/<token>/cancel")
@requires(BEARER)
def cancel_it(token: str) -> BaseResponse:
    """Give the place back."""
    try:
        service.cancel(token, only_this_date=request.form.get("only") == "1")
    except NoPlaceYet as error:
        return _show(token, problem=refusal(error), status=error.status)
    except BookingClosed as error:
        message = gettext("This date has already begun: the booking can no longer be given back.")
        raise type(error)(message) from error
    except NotFound as error:
        raise _unknown() from error
    return redirect(url_for("bookings.show", token=token), 303)


@blueprint.get("/bookings/<token>/offer")
@requires(BEARER)
def offer(token: str) -> Response:
    """Where the mail leads: the question with its two buttons, or how the booking stands now."""
    return show(token)


@blueprint.post("/bookings/<token>/offer")
@requires(BEARER)
def answer(token: str) -> BaseResponse:
    """Take what is offered, or leave it to others."""
    if request.form.get("answer") == "no":
        return cancel_it(token)
    try:
        service.accept(token)
    except NotFound as error:
        raise _unknown() from error
    except (BookingClosed, OccurrenceFull, OfferEnded, SomebodyWasFaster) as error:
        return _show(token, problem=refusal(error), status=error.status)
    return redirect(url_for("bookings.show", token=token), 303)


def _book(occurrence_id: str, command: Book) -> service.Booked:
    limit(PER_NETWORK, "booking")
    if command.email is not None:
        limit(PER_ADDRESS, "booking-address", command.email.casefold())
    return service.book(occurrence_id, command)


def _date(occurrence_id: str) -> OccurrenceView:
    """The date; of a course that is booked whole, the one on which that is done."""
    date = occurrence_view(occurrence_id)
    if date is not None and date.booking_id != occurrence_id:
        date = occurrence_view(date.booking_id)
    if date is None:
        raise NotFound(gettext("There is no such date: perhaps the address is incomplete."))
    return date


def _check_open(date: OccurrenceView) -> None:
    check_open(
        starts_at=date.starts_at,
        status=date.status,
        is_bookable=date.capacity is not None,
        now=clock.now(),
        times=date.booking_times,
    )


def _fields(date: OccurrenceView, **values: bool) -> BookingForm:
    """The form with the questions that this event asks."""
    asks_more = date.asks_ages or date.asks_needs or not date.counts_babies
    if not asks_more and date.pushchairs is None and date.childcare is None:
        return BookingForm(needs_email=needs_email(date), **values)
    return AskingForm(needs_email=needs_email(date), ages=date.asks_ages, needs=date.asks_needs, **values)


def _form(form: BookingForm, date: OccurrenceView, status: int = 200, *, may_wait: bool = False) -> Response:
    if status == INVALID:
        form.say_what_is_wrong_with_the_party(date.max_party, date.age_from_months)
    shown = new_booking_page(date, form.party() if may_wait else None)
    return personal(
        page("bookings/new", data_page="bookings.new", status=status, page=shown, form=form, noindex=True)
    )


def _nothing_to_book(date: OccurrenceView, error: BookingClosed) -> Response:
    """One simply comes; or the date is over or off, and others of the event are offered."""
    if isinstance(error, NotBookable):
        shown, name = nothing_to_book_page(date, ""), "just_come"
    else:
        shown, name = nothing_to_book_page(date, wording.terms_text(date) or refusal(error)), "closed"
    answer = page(
        f"bookings/{name}", data_page=f"bookings.{name}", status=error.status, page=shown, noindex=True
    )
    return personal(answer)


def _show(token: str, *, is_repeat: bool = False, problem: str = "", status: int = 200) -> Response:
    shown = _booking(token, is_repeat=is_repeat)
    answer = page(
        "bookings/show", data_page="bookings.show", status=status, page=shown, problem=problem, noindex=True
    )
    return personal(answer)


def _booking(token: str, *, is_repeat: bool = False) -> BookingPage:
    found = opened(token)
    event = event_by_id(found.date.event_id) if found else None
    if found is None or event is None:
        raise _unknown()
    asked = last_offer(found.booking) if found.booking.status is BookingStatus.OFFERED else None
    return booking_page(found, event, is_repeat=is_repeat, offer=asked)


def _unknown() -> NotFound:
    return NotFound(gettext("No booking has this address. Open the link in our mail, it must be complete."))
