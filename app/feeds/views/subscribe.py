"""/subscribe: which calendar to follow, and how."""

from flask import Blueprint, Response, request

from app.core.http import page
from app.core.i18n import chosen_language
from app.core.page_memory import kept_page
from app.core.permissions import PUBLIC, requires
from app.feeds.offers import subscribe_page

blueprint = Blueprint("subscribe", __name__)


@blueprint.get("/subscribe")
@requires(PUBLIC)
@kept_page("of")
def index() -> Response:
    """The calendars that can be followed, with the chosen one ready to be subscribed to."""
    shown = subscribe_page(request.args.get("of", ""), chosen_language())
    status = 400 if shown.notice_text else 200
    return page("feeds/subscribe", data_page="feeds.subscribe", status=status, page=shown)
