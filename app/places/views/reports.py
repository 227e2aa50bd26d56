"""Report a problem without an account, and follow the report by its personal link."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.core import clock
from app.core.asker import remember_browser
from app.core.errors import Busy, NotFound
from app.core.http import page, personal
from app.core.limits import TooManyRequests
from app.core.permissions import BEARER, PUBLIC, requires
from app.core.translation import gettext
from app.places import service
from app.places.forms.trust import ReportForm
from app.places.queries import PlaceView, place_by_id, place_by_slug, report_by_token
from app.places.report_labels import refusal
from app.places.trust_pages import report_page, trust_page
from app.places.views.public import moved
from app.places.views.report_limits import limit_reports
from app.places.views.trust import place_asked

INVALID = 422

blueprint = Blueprint("reports", __name__)


@blueprint.get("/places/<slug>/report")
@requires(PUBLIC)
def new(slug: str) -> BaseResponse:
    """What is the matter?"""
    place = place_by_slug(slug)
    return moved(slug) if place is None else _form(place, ReportForm())


@blueprint.post("/places/<slug>/report")
@requires(PUBLIC)
def send(slug: str) -> BaseResponse:
    """Send it; what was typed stays if something is wrong."""
    place, form = place_asked(slug), ReportForm()
    if not form.validate_on_submit():
        return _form(place, form, INVALID)
    try:
        limit_reports(place.public_id)
        token = service.send_report(place.public_id, form.command())
    except (TooManyRequests, Busy) as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _form(place, form, error.status)
    return remember_browser(redirect(url_for("reports.show", token=token), 303))


@blueprint.get("/reports/<token>")
@requires(BEARER)
def show(token: str) -> Response:
    """The report and its answers, for whoever has its address."""
    report = report_by_token(token)
    place = place_by_id(report.place_id) if report else None
    if report is None or place is None:
        raise NotFound(gettext("No report has this address: perhaps it is incomplete, or older than a year."))
    shown = report_page(place, report)
    return personal(page("places/report_sent", data_page="reports.show", page=shown, noindex=True))


def _form(place: PlaceView, form: ReportForm, status: int = 200) -> Response:
    shown = trust_page(place, clock.now())
    answer = page(
        "places/report", data_page="reports.new", status=status, page=shown, form=form, noindex=True
    )
    return personal(answer)
