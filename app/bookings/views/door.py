"""What a host does at the door besides marking: add who came without booking, close the list, take a table along."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.bookings import queries, service
from app.bookings.door_tables import workbook
from app.bookings.forms import WalkInForm
from app.bookings.labels import refusal
from app.bookings.rules.admission import OccurrenceCancelled
from app.bookings.rules.door import DoorClosed, NotOverYet
from app.bookings.rules.walk_in import NoSeatForThem
from app.bookings.views.people import answer, looked_after
from app.core.errors import Busy, Invalid
from app.core.http import personal
from app.core.permissions import requires

blueprint = Blueprint("door", __name__, url_prefix="/studio/occurrences")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.post("/<occurrence_id>/people")
@requires(STAFF)
def add(occurrence_id: str) -> BaseResponse:
    """Add a family that came without having booked; what was typed stays where it cannot be."""
    date, form = looked_after(occurrence_id), WalkInForm()
    if not form.validate_on_submit():
        return answer(date, status=Invalid.status, walk_in=form)
    try:
        added = service.add_family(form.command(date.id))
    except NoSeatForThem as error:
        may = bool(error.details["is_here"])
        return answer(date, refusal(error), error.status, walk_in=form, may_come_anyway=may)
    except (OccurrenceCancelled, DoorClosed, Invalid, Busy) as error:
        return answer(date, refusal(error), error.status, walk_in=form)
    return _back(occurrence_id, added)


@blueprint.post("/<occurrence_id>/people/<booking_id>/take-off")
@requires(STAFF)
def take_off(occurrence_id: str, booking_id: str) -> BaseResponse:
    """Take a family that was added off the list again."""
    service.take_off(looked_after(occurrence_id).id, booking_id)
    return _back(occurrence_id)


@blueprint.post("/<occurrence_id>/people/absent")
@requires(STAFF)
def absent(occurrence_id: str) -> BaseResponse:
    """After the end: all who are not marked did not come."""
    date = looked_after(occurrence_id)
    try:
        service.mark_absent(date.id)
    except (DoorClosed, NotOverYet) as error:
        return answer(date, refusal(error), error.status)
    return _back(occurrence_id)


@blueprint.get("/<occurrence_id>/people.xlsx")
@requires(STAFF)
def workbook_file(occurrence_id: str) -> Response:
    """The list as a workbook."""
    date = looked_after(occurrence_id)
    name = f"{date.starts_at:%Y-%m-%d}-{date.public_id}"
    response = Response(workbook(queries.people_of(date.id), name), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return personal(response)


def _back(occurrence_id: str, booking_id: str = "") -> BaseResponse:
    anchor = f"b-{booking_id}" if booking_id else None
    return redirect(url_for("people.index", occurrence_id=occurrence_id, _anchor=anchor), 303)
