"""What a place lends, and when it is free. GET never changes anything."""

from datetime import date, timedelta

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.core import clock
from app.core.errors import Busy, Conflict, Invalid, NotFound
from app.core.http import page, personal
from app.core.limits import TooManyRequests, limit
from app.core.permissions import PUBLIC, requires
from app.core.translation import gettext
from app.places.queries import PlaceView, place_by_id, place_by_slug
from app.spaces import queries, service
from app.spaces.commands import Reserve
from app.spaces.forms.reserve import ReserveForm
from app.spaces.labels import refusal
from app.spaces.pages import DAYS_SHOWN, calendar_page, spaces_page
from app.spaces.queries import SpaceView
from app.spaces.rules.refusals import SlotTaken
from app.spaces.rules.slots import MOST_STEPS, nearest
from app.spaces.rules.status import SpaceKind

# Each reservation sends a mail, and may keep a room from others.
PER_NETWORK = "60 per hour"
PER_ADDRESS = "12 per hour"
NEAREST = 3

blueprint = Blueprint("spaces", __name__)


@blueprint.get("/places/<slug>/spaces")
@requires(PUBLIC)
def of_place(slug: str) -> Response:
    """The rooms and desks of a place."""
    place = place_by_slug(slug)
    if place is None:
        raise NotFound(gettext("There is no such place."))
    shown = spaces_page(place, queries.spaces_of(place.id, only_published=True))
    return page("spaces/list", data_page="spaces.list", page=shown)


@blueprint.get("/spaces/<space_id>/book")
@requires(PUBLIC)
def book(space_id: str) -> Response:
    """Seven days of free times, and the form."""
    space, place = _space(space_id)
    form = ReserveForm(asks_purpose=space.kind is SpaceKind.HALL)
    return _calendar(space, place, form)


@blueprint.post("/spaces/<space_id>/book")
@requires(PUBLIC)
def reserve(space_id: str) -> BaseResponse:
    """Take a time; whoever was faster is said, with the nearest times that are free."""
    space, place = _space(space_id)
    form = ReserveForm(asks_purpose=space.kind is SpaceKind.HALL)
    if not form.validate_on_submit():
        return _calendar(space, place, form, 422)
    try:
        reserved = _reserve(space_id, form.command(_steps(space)))
    except (Conflict, Invalid, Busy, TooManyRequests) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _calendar(space, place, form, error.status, was_taken=isinstance(error, SlotTaken))
    return redirect(url_for("reservations.show", token=reserved.token), 303)


def _reserve(space_id: str, command: Reserve) -> service.Reserved:
    limit(PER_NETWORK, "reservation")
    limit(PER_ADDRESS, "reservation-address", command.email.casefold())
    return service.reserve(space_id, command)


def _calendar(
    space: SpaceView, place: PlaceView, form: ReserveForm, status: int = 200, *, was_taken: bool = False
) -> Response:
    steps, first = _steps(space), _first_day(space, place)
    days = [first + timedelta(days=number) for number in range(DAYS_SHOWN)]
    free = service.offered(space, place, days, steps)
    wanted = form.starts_at() if was_taken else None
    closest = nearest([one for slots in free.values() for one in slots], wanted, NEAREST) if wanted else []
    shown = calendar_page(space, place, free, steps, closest)
    form.start.choices = [(slot.value, slot.text) for day in shown.days for slot in day.slots]
    form.steps.data = str(steps)
    answer = page("spaces/book", data_page="spaces.book", status=status, page=shown, form=form)
    return personal(answer)


def _space(space_id: str) -> tuple[SpaceView, PlaceView]:
    space = queries.space_by_public_id(space_id)
    place = place_by_id(space.place_id) if space and space.is_published else None
    if space is None or place is None:
        raise NotFound(gettext("There is no such room: perhaps the address is incomplete."))
    return space, place


def _steps(space: SpaceView) -> int:
    """From the address or the form; a number that is none is one."""
    text = request.form.get("steps") or request.args.get("steps", "")
    steps = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 1
    return steps if space.rule.allows(min(max(steps, 1), MOST_STEPS)) and steps >= 1 else 1


def _first_day(space: SpaceView, place: PlaceView) -> date:
    """The day that is asked for, kept between today and the last day that can be reserved."""
    today = clock.today(place.tzid)
    try:
        asked = date.fromisoformat(request.form.get("day") or request.args.get("day", ""))
    except ValueError:
        return today
    return min(max(asked, today), today + timedelta(days=space.window_days))
