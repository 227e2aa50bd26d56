"""Who comes to one date, and who has come: for its host, a manager of the territory, an operator."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.bookings import queries, service
from app.bookings.door_pages import people_page
from app.bookings.door_tables import table
from app.bookings.forms import MarkForm, WalkInForm
from app.bookings.labels import refusal
from app.bookings.queries.offers import last_offers_of
from app.bookings.rules.door import DoorClosed, NothingToMark
from app.core.errors import Invalid, NotFound
from app.core.http import page, personal
from app.core.permissions import current_actor, permit, requires
from app.core.translation import gettext
from app.events.facts import OccurrenceView
from app.events.permissions import edit_place_events
from app.events.queries import occurrence_for_staff, territory_ids_of
from app.events.studio_pages import place_link

blueprint = Blueprint("people", __name__, url_prefix="/studio/occurrences")
MAX_SOUGHT = 120
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets misread accents and Arabic


@blueprint.get("/<occurrence_id>")
@requires(STAFF)
def index(occurrence_id: str) -> Response:
    """Names, how many each brings, who is here, and who waits."""
    return answer(looked_after(occurrence_id))


@blueprint.post("/<occurrence_id>/people/<booking_id>")
@requires(STAFF)
def mark(occurrence_id: str, booking_id: str) -> BaseResponse:
    """Note that a family is here, did not come, or that neither is known."""
    date, form = looked_after(occurrence_id), MarkForm()
    if not form.validate_on_submit():
        raise Invalid
    try:
        service.mark(form.command(date.id, booking_id))
    except (DoorClosed, NothingToMark) as error:
        return answer(date, refusal(error), error.status)
    if request.form.get("from") == "check-in":  # undone where it was done
        return redirect(url_for("check_in.index", occurrence_id=occurrence_id), 303)
    back = url_for(
        "people.index", occurrence_id=occurrence_id, q=_sought() or None, _anchor=f"b-{booking_id}"
    )
    return redirect(back, 303)


@blueprint.get("/<occurrence_id>/people.csv")
@requires(STAFF)
def table_file(occurrence_id: str) -> Response:
    """The list for a spreadsheet."""
    date = looked_after(occurrence_id)
    response = Response(
        BYTE_ORDER_MARK + table(queries.people_of(date.id)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{date.starts_at:%Y-%m-%d}-{date.public_id}.csv"'
    )
    return personal(response)


def looked_after(occurrence_id: str) -> OccurrenceView:
    """The date, where the person looks after its place; NotFound, NotPermitted."""
    date = occurrence_for_staff(occurrence_id)
    if date is None:
        raise NotFound(gettext("There is no such date."))
    permit(edit_place_events(current_actor(), date.place.id, territory_ids_of(date.place.id)))
    return date


def answer(
    date: OccurrenceView,
    problem: str = "",
    status: int = 200,
    *,
    walk_in: WalkInForm | None = None,
    may_come_anyway: bool = False,
) -> Response:
    """The list, with what is wrong above it; `walk_in` is a form whose family could not be added."""
    shown = people_page(date, queries.people_of(date.id), last_offers_of(date.id), _sought())
    return personal(page(
        "bookings/people", data_page="people.index", status=status, page=shown, problem=problem,
        walk_in=walk_in or WalkInForm(formdata=None), is_adding=walk_in is not None, may_come_anyway=may_come_anyway,
        back=place_link(date), noindex=True,
    ))  # fmt: skip


def _sought() -> str:
    return request.values.get("q", "")[:MAX_SOUGHT]
