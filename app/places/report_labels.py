"""Kinds, states and refusals of reports in the interface's languages."""

from flask_babel import LazyString

from app.core.errors import ApplicationError, Busy
from app.core.limits import TooManyRequests
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l
from app.places.rules.reports import ReportKind, ReportSettled, ReportStatus

KINDS: dict[ReportKind, LazyString] = {
    ReportKind.BROKEN: _l("Something is broken or missing"),
    ReportKind.DIRTY: _l("It is dirty"),
    ReportKind.CLOSED: _l("It is closed when it should be open"),
    ReportKind.REFUSED: _l("We were not let in, or were asked to buy something"),
    ReportKind.WRONG: _l("Something on the page is wrong"),
    ReportKind.OTHER: _l("Something else"),
}
STATUSES: dict[ReportStatus, LazyString] = {
    ReportStatus.NEW: _l("Waiting for an answer"),
    ReportStatus.SEEN: _l("Somebody is looking into it"),
    ReportStatus.ANSWERED: _l("Answered"),
    ReportStatus.RESOLVED: _l("Put right"),
    ReportStatus.DISMISSED: _l("Closed without a change"),
}


def kind_text(kind: ReportKind) -> str:
    """What somebody met there."""
    return str(KINDS[kind])


def status_text(status: ReportStatus) -> str:
    """How a report stands."""
    return str(STATUSES[status])


def refusal(error: ApplicationError) -> str:
    """Why a report or an answer cannot be taken now, and what to do."""
    if isinstance(error, TooManyRequests):
        return gettext(
            "Many reports came from this network, or about this place. Wait a little and press again."
        )
    if isinstance(error, Busy):
        return gettext("The site is very busy: nothing was sent yet. Press again in a moment.")
    if isinstance(error, ReportSettled):
        return gettext("Somebody else has already answered this report: look at how it stands now.")
    return gettext("This cannot be sent now. Reload the page and try again.")
