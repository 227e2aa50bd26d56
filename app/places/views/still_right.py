"""Where the mail «is it still so?» leads its host: one press confirms, opening the page does nothing."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.core import clock
from app.core.errors import NotFound
from app.core.http import page, personal
from app.core.permissions import BEARER, requires
from app.core.translation import gettext
from app.places import service
from app.places.forms.trust import ConfirmForm
from app.places.queries import PlaceView
from app.places.rules.trust import read_shown
from app.places.still_right_pages import asked, still_right_page

blueprint = Blueprint("still_right", __name__, url_prefix="/still-right/<question_id>/<person_id>/<token>")


@blueprint.get("")
@requires(BEARER)
def show(question_id: str, person_id: str, token: str) -> Response:
    """What the page says, and the question."""
    place, is_answered = _asked(question_id, person_id, token)
    shown = still_right_page(place, clock.now(), is_answered=is_answered)
    form = ConfirmForm(formdata=None, data={"shown": shown.shown})
    return personal(
        page("places/still_right", data_page="still_right.show", page=shown, form=form, noindex=True)
    )


@blueprint.post("")
@requires(BEARER)
def confirm(question_id: str, person_id: str, token: str) -> BaseResponse:
    """So it is; twice is once."""
    _asked(question_id, person_id, token)
    service.answer_still_right(question_id, read_shown(str(ConfirmForm().shown.data or "")))
    return redirect(url_for(".show", question_id=question_id, person_id=person_id, token=token), 303)


def _asked(question_id: str, person_id: str, token: str) -> tuple[PlaceView, bool]:
    found = asked(question_id, person_id, token)
    if found is None:
        raise NotFound(gettext("This link is not complete, or you no longer look after this place."))
    return found
