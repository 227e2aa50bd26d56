"""Parents say whether a place is still as its page says. No account; nothing personal is kept or shown.

The button on the place's page is one tap. That page sets no cookie and so carries no form token: the browser itself
must tell that one of our pages asks (core/own_page.py), else nothing is counted and the same question is asked on a page
of its own, with a token. That suffices because a vote changes nothing that belongs to a person: the worst that a forged
one could do is what anybody can do with a tap, count one voice of one network and day.
"""

from flask import Blueprint, Response, redirect, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse

from app.core import clock
from app.core.asker import asker, limit_asker, remember_browser
from app.core.errors import NotFound
from app.core.http import page, personal
from app.core.limits import TooManyRequests
from app.core.own_page import asked_from_own_page
from app.core.permissions import PUBLIC, requires
from app.places import service
from app.places.commands import VoteOnFacts
from app.places.forms.trust import ChangedForm, ConfirmForm
from app.places.queries import PlaceView, current_slug, place_by_slug
from app.places.report_labels import refusal
from app.places.trust_pages import trust_page
from app.places.views.public import moved
from app.places.views.report_limits import limit_reports

# A carrier's prefix is shared by many phones; one browser visits a few places a day.
PER_NETWORK = "120 per hour"
PER_BROWSER = "40 per hour"
OK, INVALID = 200, 422

blueprint = Blueprint("trust", __name__)


@blueprint.get("/places/<slug>/confirm")
@requires(PUBLIC)
def confirm(slug: str) -> BaseResponse:
    """Is this still right? Yes, or something changed."""
    place = place_by_slug(slug)
    return moved(slug) if place is None else _ask("confirm", place, ConfirmForm())


@blueprint.post("/places/<slug>/confirm")
@requires(PUBLIC)
def confirm_it(slug: str) -> BaseResponse:
    """Everything that was shown is still so."""
    place, is_our_page = place_asked(slug), asked_from_own_page()
    form = ConfirmForm(meta={"csrf": not is_our_page})
    if not (is_our_page or form.validate_on_submit()):
        return redirect(url_for("trust.confirm", slug=place.slug), 303)
    return _voted(place, form.command(asker(place.public_id)))


@blueprint.get("/places/<slug>/changed")
@requires(PUBLIC)
def changed(slug: str) -> BaseResponse:
    """Which of the facts is no longer so."""
    place = place_by_slug(slug)
    return moved(slug) if place is None else _ask("changed", place, ChangedForm())


@blueprint.post("/places/<slug>/changed")
@requires(PUBLIC)
def changed_it(slug: str) -> BaseResponse:
    """Count the answers; a sentence goes to those who look after the place."""
    place, form = place_asked(slug), ChangedForm()
    if not form.validate_on_submit():
        return _ask("changed", place, form, INVALID)
    command = form.command(asker(place.public_id))
    try:
        if command.note is not None:
            limit_reports(place.public_id)
    except TooManyRequests as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _ask("changed", place, form, error.status)
    return _voted(place, command)


@blueprint.get("/places/<slug>/thanks")
@requires(PUBLIC)
def thanks(slug: str) -> BaseResponse:
    """The same calm answer, whether the voice was new or not."""
    place = place_by_slug(slug)
    if place is None:
        return moved(slug)
    return page("places/thanks", data_page="trust.thanks", page=trust_page(place, clock.now()), noindex=True)


def place_asked(slug: str) -> PlaceView:
    """The published place that a form was sent for, under an old address too; raises NotFound."""
    place = place_by_slug(slug) or place_by_slug(current_slug(slug) or "")
    if place is None:
        raise NotFound
    return place


def _voted(place: PlaceView, command: VoteOnFacts) -> BaseResponse:
    limit_asker("vote", per_network=PER_NETWORK, per_browser=PER_BROWSER)
    service.vote(place.public_id, command)
    answer = redirect(url_for("trust.thanks", slug=place.slug), 303)
    return remember_browser(answer)


def _ask(name: str, place: PlaceView, form: FlaskForm, status: int = OK) -> Response:
    shown = trust_page(place, clock.now())
    if status == OK:
        form.shown.data = shown.shown
    answer = page(
        f"places/{name}", data_page=f"trust.{name}", status=status, page=shown, form=form, noindex=True
    )
    return personal(answer)
