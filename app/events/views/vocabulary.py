"""The words of the network, for operators: what events may be about."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.accounts.permissions import OPERATING
from app.core.errors import ApplicationError, NotFound
from app.core.permissions import requires
from app.core.translation import gettext
from app.events import service
from app.events.forms.topics import MergeForm, TopicForm
from app.events.labels import refusal
from app.events.queries.topics import TopicView, count_events_by_topic, merged_topics, topics
from app.events.topic_names import topic_name
from app.events.views.hosting import studio_page

INVALID = 422

blueprint = Blueprint("vocabulary", __name__, url_prefix="/admin")


@blueprint.get("")
@requires(OPERATING)
def index() -> Response:
    """Every topic, how many events are about it, and what it became."""
    return _page(TopicForm(formdata=None))


@blueprint.post("")
@requires(OPERATING)
def add() -> BaseResponse:
    """One more."""
    form = TopicForm()
    if not form.validate_on_submit():
        return _page(form, INVALID)
    try:
        service.add_topic(form.names(), str(form.icon.data))
    except ApplicationError as error:
        form.form_errors = [*form.form_errors, refusal(error)]
        return _page(form, error.status)
    return redirect(url_for("vocabulary.index"), 303)


@blueprint.get("/topics/<slug>")
@requires(OPERATING)
def topic(slug: str) -> Response:
    """Its names, and what it could be merged into."""
    found = _found(slug)
    return _topic(found, TopicForm.of(found))


@blueprint.post("/topics/<slug>")
@requires(OPERATING)
def rename(slug: str) -> BaseResponse:
    """Other words for it."""
    found, form = _found(slug), TopicForm()
    if not form.validate_on_submit():
        return _topic(found, form, INVALID)
    service.rename_topic(slug, form.names(), str(form.icon.data))
    return redirect(url_for("vocabulary.index"), 303)


@blueprint.post("/topics/<slug>/merge")
@requires(OPERATING)
def merge(slug: str) -> BaseResponse:
    """What was about it is about the other one from now on."""
    found = _found(slug)
    form = MergeForm(_others(found))
    if not form.validate_on_submit():
        return _topic(found, TopicForm.of(found), INVALID)
    service.merge_topics(slug, str(form.into.data))
    return redirect(url_for("vocabulary.index"), 303)


def _found(slug: str) -> TopicView:
    found = next((one for one in topics() if one.slug == slug), None)
    if found is None:
        raise NotFound(gettext("There is no such topic."))
    return found


def _others(found: TopicView) -> list[TopicView]:
    return [one for one in topics() if one.slug != found.slug]


def _page(form: TopicForm, status: int = 200) -> Response:
    numbers, names = count_events_by_topic(), {one.slug: topic_name(one) for one in topics()}
    return studio_page(
        "vocabulary", data_page="vocabulary.index", status=status, form=form,
        topics=[(one, topic_name(one), numbers.get(one.slug, 0)) for one in topics()],
        merged=[(topic_name(one), names.get(one.merged_into, "")) for one in merged_topics()],
    )  # fmt: skip


def _topic(found: TopicView, form: TopicForm, status: int = 200) -> Response:
    return studio_page(
        "topic", data_page="vocabulary.topic", status=status, topic=found, title=topic_name(found), form=form,
        merging=MergeForm(_others(found)), number=count_events_by_topic().get(found.slug, 0),
    )  # fmt: skip
