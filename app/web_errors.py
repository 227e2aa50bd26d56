"""Error pages in the reader's language; RFC 9457 problem documents for machines. Never a bare 500."""

import logging
import traceback
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, json, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as BaseResponse

from app.core.busy import DATABASE_BUSY, WITHOUT_DATABASE
from app.core.errors import ApplicationError, Busy, Crowded, ProofAsked, SignInNeeded
from app.core.http import Link, page
from app.core.i18n import is_machine_address
from app.core.translation import gettext

logger = logging.getLogger("wendy.web")
BUSY_SECONDS = 5


@dataclass(frozen=True)
class ErrorPage:
    """What happened, in a sentence, what to do next, and where one may go on."""

    status: int
    title: str
    text: str
    what_to_do: str
    links: tuple[Link, ...]


def register_error_pages(app: Flask) -> None:
    """One door for every error, and one for what is logged of it."""
    app.log_exception = log_exception  # type: ignore[method-assign]  # Flask's own would log the error's words
    app.register_error_handler(SignInNeeded, lead_to_sign_in)
    app.register_error_handler(ProofAsked, lead_to_passkeys)
    app.register_error_handler(ApplicationError, application_error)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(SecurityError, wrong_host)
    app.register_error_handler(HTTPException, http_error)
    for kind in (Busy, *DATABASE_BUSY):
        app.register_error_handler(kind, database_busy)
    app.register_error_handler(Exception, unexpected)


def lead_to_sign_in(error: SignInNeeded) -> BaseResponse:
    """Staff pages begin with signing in."""
    if is_machine_address(request.path):
        return answer(401)
    return redirect(url_for("accounts.sign_in"), 303)


def lead_to_passkeys(error: ProofAsked) -> BaseResponse:
    """Operators show more than a mail before they act."""
    if is_machine_address(request.path):
        return answer(403)
    return redirect(url_for("passkeys.index"), 303)


def application_error(error: ApplicationError) -> Response:
    """An error with a name."""
    response = answer(error.status, error.message, code=error.code, extra=_public(error.details))
    if error.status in {429, 503}:
        response.headers["Retry-After"] = str(error.details.get("seconds", BUSY_SECONDS))
    return response


def form_expired(error: CSRFError) -> Response:
    """The form's token is missing or too old."""
    return answer(
        400, gettext("This form was open for too long. Go back, reload the page and send it again.")
    )


def wrong_host(error: SecurityError) -> Response:
    """The request names a host that is not ours: plain words, since no link of ours can be built for it."""
    return Response(gettext("This site does not answer under this name."), 400, mimetype="text/plain")


def database_busy(error: Exception) -> Response:
    """Locked, full or gone: nothing was written. The page asks the database nothing."""
    if not isinstance(error, Crowded):  # whoever asks often would fill the log
        _log(error)
    g.setdefault(WITHOUT_DATABASE, True)
    busy = gettext("The site is very busy just now. Nothing was changed, and nothing is lost.")
    response = answer(503, busy, code="busy")
    response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response


def http_error(error: HTTPException) -> Response:
    """Errors that Flask itself raises (404, 405, 413 …), and a failure while one of our pages was being made."""
    original = getattr(error, "original_exception", None)
    if isinstance(original, DATABASE_BUSY):
        return database_busy(original)
    if error.response is not None:
        return error.get_response()  # type: ignore[return-value]  # werkzeug's base class
    response = answer(error.code or 500)
    if error.code == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return response


def unexpected(error: Exception) -> Response:
    """A mistake of ours."""
    _log(error)
    g.setdefault(WITHOUT_DATABASE, True)
    return answer(500)


def log_exception(
    exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
) -> None:
    """Flask calls this for an error that broke an error page."""
    if exc_info[1] is not None:
        _log(exc_info[1])


def _log(error: BaseException) -> None:
    """Type, route and the lines of code; never the error's own words, which may hold a name, an address, a token."""
    rule = request.url_rule.rule if request.url_rule else "no route"
    lines = "".join(traceback.format_tb(error.__traceback__))
    logger.error("unexpected %s at %s\n%s", type(error).__name__, rule, lines)


def answer(
    status: int, message: str = "", *, code: str = "", extra: dict[str, Any] | None = None
) -> Response:
    """The same error as a page or as a problem document."""
    error = describe(status, message)
    if is_machine_address(request.path):
        return problem(error, code, extra or {})
    return page("errors/error", data_page="errors.error", status=status, page=error, noindex=True)


def problem(error: ErrorPage, code: str, extra: dict[str, Any]) -> Response:
    """RFC 9457 application/problem+json."""
    body = {
        "type": f"urn:isole-di-wendy:{code}" if code else "about:blank",
        "title": error.title,
        "status": error.status,
        "detail": error.text,
        **extra,
    }
    response = Response(
        json.dumps(body, ensure_ascii=False), error.status, mimetype="application/problem+json"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def describe(status: int, message: str = "") -> ErrorPage:
    """Title, sentence and next step for a status."""
    title, text, what_to_do = _words(status)
    ways_on = (Link(gettext("Find an island"), "/"), Link(gettext("What's on"), "/events"))
    return ErrorPage(status, title, message or text, what_to_do, ways_on)


def _words(status: int) -> tuple[str, str, str]:
    words = {**_words_for_a_mistake(), **_words_for_a_limit()}
    if status in words:
        return words[status]
    return words[400] if 400 <= status < 500 else words[500]


def _words_for_a_mistake() -> dict[int, tuple[str, str, str]]:
    return {
        400: (
            gettext("We did not understand the request"),
            gettext("Something in the address or in the form cannot be read."),
            gettext("Go back and try again, or start from the map."),
        ),
        403: (
            gettext("This page is not for you"),
            gettext("You are signed in, but this belongs to somebody else."),
            gettext("If you think it should be yours, write to the network."),
        ),
        404: (
            gettext("There is nothing at this address"),
            gettext("Perhaps a letter is missing, or the page was removed."),
            gettext("Start from the map: the island you look for may be there."),
        ),
        405: (
            gettext("This cannot be done here"),
            gettext("The page exists, but not for this kind of request."),
            gettext("Go back and use the buttons on the page."),
        ),
    }


def _words_for_a_limit() -> dict[int, tuple[str, str, str]]:
    return {
        409: (
            gettext("Something changed in the meantime"),
            gettext("Somebody was faster, or it has already been done."),
            gettext("Go back and look at how things are now."),
        ),
        410: (
            gettext("This no longer exists"),
            gettext("It was here once and has been removed."),
            gettext("Start from the map: there is surely something near you."),
        ),
        413: (
            gettext("That is too much at once"),
            gettext("What you sent is larger than we can take."),
            gettext("Shorten the text or choose a smaller file, then send it again."),
        ),
        429: (
            gettext("Too many tries"),
            gettext("Many requests came from your network in a short time."),
            gettext("Wait a little and try again."),
        ),
        503: (
            gettext("We are back in a moment"),
            gettext("The site is being looked after."),
            gettext("Try again in a few minutes."),
        ),
        500: (
            gettext("Something went wrong on our side"),
            gettext("It is not your fault, and nothing you had saved is lost."),
            gettext("Try again in a moment."),
        ),
    }


def _public(details: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if isinstance(value, str | int | float)}
