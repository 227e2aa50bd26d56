"""The feedback form of the accessibility declaration."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts import service
from app.accounts.forms import FeedbackForm
from app.core.http import page, personal
from app.core.limits import limit
from app.core.permissions import PUBLIC, requires

PER_NETWORK = "10 per hour"

blueprint = Blueprint("feedback", __name__)


@blueprint.get("/accessibility/feedback")
@requires(PUBLIC)
def new() -> Response:
    """What does not work?"""
    return _form(FeedbackForm())


@blueprint.post("/accessibility/feedback")
@requires(PUBLIC)
def give() -> BaseResponse:
    """Pass it on to those who run the site."""
    form = FeedbackForm()
    if not form.validate_on_submit():
        return _form(form, 422)
    limit(PER_NETWORK, "feedback")
    service.give_feedback(form.command())
    return redirect(url_for("feedback.given"), 303)


@blueprint.get("/accessibility/feedback/thanks")
@requires(PUBLIC)
def given() -> Response:
    """It arrived."""
    return page("accounts/feedback_given", data_page="feedback.given", noindex=True)


def _form(form: FeedbackForm, status: int = 200) -> Response:
    return personal(
        page("accounts/feedback", data_page="feedback.new", status=status, form=form, noindex=True)
    )
