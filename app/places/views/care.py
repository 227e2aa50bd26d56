"""Pages of those who look after a place: read and answer reports, say how things are today."""

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import STAFF
from app.core import clock
from app.core.errors import Busy, NotFound
from app.core.http import page, personal
from app.core.pagination import requested_page
from app.core.permissions import current_actor, requires
from app.core.translation import gettext
from app.places import service
from app.places.care_pages import care_page, facts_page
from app.places.forms.trust import AnswerForm, FactsForm
from app.places.queries import PlaceView, StaffPlace, count_open_reports, place_by_id
from app.places.report_labels import refusal
from app.places.rules.reports import ReportSettled
from app.places.rules.vocabulary import ConfirmedBy
from app.places.views.looking_after import place_looked_after

INVALID = 422

blueprint = Blueprint("care", __name__, url_prefix="/studio/places")
blueprint.add_app_template_global(count_open_reports)


@blueprint.get("/<place_id>/reports")
@requires(STAFF)
def reports(place_id: str) -> Response:
    """What parents reported, newest first."""
    return _reports(place_looked_after(place_id), requested_page())


@blueprint.post("/<place_id>/reports/<report_id>")
@requires(STAFF)
def answer(place_id: str, report_id: str) -> BaseResponse:
    """Take it in hand, answer it, say that it is put right, or why it is not."""
    place, form = place_looked_after(place_id), AnswerForm()
    if not form.validate_on_submit():
        return _reports(place, requested_page(), report_id, form, INVALID)
    try:
        service.answer_report(report_id, place.id, form.command())
    except (ReportSettled, Busy) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _reports(place, requested_page(), report_id, form, error.status)
    return redirect(url_for("care.reports", place_id=place_id, _anchor=f"report-{report_id}"), 303)


@blueprint.get("/<place_id>/facts")
@requires(STAFF)
def facts(place_id: str) -> Response:
    """What the page says, to be confirmed or put right."""
    place = _published(place_looked_after(place_id))
    return _facts(place, FactsForm({fact.amenity: fact.state for fact in place.amenities}))


@blueprint.post("/<place_id>/facts")
@requires(STAFF)
def say_facts(place_id: str) -> BaseResponse:
    """So it is today."""
    place = _published(place_looked_after(place_id))
    form = FactsForm({fact.amenity: fact.state for fact in place.amenities})
    if not form.validate_on_submit():
        return _facts(place, form, INVALID)
    try:
        service.say_facts(place.public_id, form.command(_voice(place)))
    except Busy as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _facts(place, form, error.status)
    return redirect(url_for("places.detail", slug=place.slug, _anchor="amenities-title"), 303)


def _voice(place: PlaceView) -> ConfirmedBy:
    """The host speaks for the place; a manager or an operator has been there."""
    actor = current_actor()
    is_host = actor is not None and place.id in actor.place_ids
    return ConfirmedBy.HOST if is_host else ConfirmedBy.MANAGER


def _published(place: StaffPlace) -> PlaceView:
    found = place_by_id(place.id)
    if found is None:
        raise NotFound(gettext("This place is not published."))
    return found


def _reports(
    place: StaffPlace, number: int, report_id: str = "", form: AnswerForm | None = None, status: int = 200
) -> Response:
    """`form` is the one that was sent about `report_id`, with its faults and what was typed; the others are empty."""
    shown: dict[str, Any] = {
        "page": care_page(place, number),
        "answered": report_id,
        "form": form or AnswerForm(),
    }
    return personal(
        page("places/studio/reports", data_page="care.reports", status=status, noindex=True, **shown)
    )


def _facts(place: PlaceView, form: FactsForm, status: int = 200) -> Response:
    shown = facts_page(place, clock.now())
    return personal(
        page(
            "places/studio/facts", data_page="care.facts", status=status, page=shown, form=form, noindex=True
        )
    )
