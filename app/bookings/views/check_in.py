"""Check families in at the door by code, QR code or name; take in what a phone marked without a network."""

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.bookings import queries, service
from app.bookings.check_in_pages import check_in_page, conflicts, kept_people
from app.bookings.commands import Mark
from app.bookings.door_search import Found, seek
from app.bookings.forms import CheckInForm, read_marks, read_ticket
from app.bookings.labels import refusal
from app.bookings.rules.door import DoorClosed, NothingToMark
from app.bookings.rules.status import BookingStatus
from app.bookings.verdicts import Verdict, verdict
from app.bookings.views.people import looked_after
from app.core.errors import Invalid
from app.core.http import page, personal
from app.core.permissions import requires
from app.events.facts import OccurrenceView

blueprint = Blueprint("check_in", __name__, url_prefix="/studio/occurrences")
# Only this page may ask for the camera, and only when its button is pressed.
WITH_CAMERA = "geolocation=(self), camera=(self), microphone=()"


@blueprint.get("/<occurrence_id>/check-in")
@requires(STAFF)
def index(occurrence_id: str) -> Response:
    """The field; `code` asks who that is, `done` says who has just come in."""
    date = looked_after(occurrence_id)
    done, asked = request.args.get("done", ""), request.args.get("code", "")
    if done:
        return _page(date, CheckInForm(formdata=None), verdict(date, seek(date, done), is_done=True))
    shown = verdict(date, seek(date, asked)) if asked else None
    return _page(date, CheckInForm(formdata=None), shown)


@blueprint.post("/<occurrence_id>/check-in")
@requires(STAFF)
def check_in(occurrence_id: str) -> BaseResponse:
    """Check in whom the code or name means, or say why not."""
    date, form = looked_after(occurrence_id), CheckInForm()
    if not form.validate_on_submit() or not (form.code.data or "").strip():
        return _page(date, form, None, Invalid.status)
    finding = seek(date, *read_ticket(form.code.data))
    if finding.found is not Found.EXPECTED or finding.booking is None:
        return _page(date, form, verdict(date, finding))
    try:
        service.mark(Mark(date.id, finding.booking.public_id, BookingStatus.ATTENDED))
    except (DoorClosed, NothingToMark) as error:
        return _page(date, form, Verdict("error", refusal(error)), error.status)
    return redirect(url_for("check_in.index", occurrence_id=occurrence_id, done=finding.booking.code), 303)


@blueprint.post("/<occurrence_id>/people/marks")
@requires(STAFF)
def marks(occurrence_id: str) -> Response:
    """Take in marks that were made on a phone, perhaps a while ago; answers with what stands now."""
    date = looked_after(occurrence_id)
    answered = service.mark_late(date.id, read_marks(request.get_json(silent=True)))
    standing = kept_people(queries.everybody_of(date.id))
    known = [one.id for one in answered]
    return personal(jsonify(known=known, conflicts=conflicts(date, answered), people=standing))


def _page(date: OccurrenceView, form: CheckInForm, shown: Verdict | None, status: int = 200) -> Response:
    answer = personal(page(
        "bookings/check_in", data_page="check_in.index", status=status, page=check_in_page(date, shown), form=form,
        noindex=True,
    ))  # fmt: skip
    answer.headers["Permissions-Policy"] = WITH_CAMERA
    return answer
