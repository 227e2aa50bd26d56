"""States and refusals of bookings in the interface's languages."""

from flask_babel import gettext, ngettext

from app.bookings.rules.admission import BookingClosed, NotBookable, OccurrenceCancelled
from app.bookings.rules.party import PartyEmpty, PartyNegative, PartyTooLarge
from app.bookings.rules.status import BookingStatus
from app.core.errors import ApplicationError


def status_text(status: BookingStatus) -> str:
    """«Booked», «On the waiting list»."""
    words = {
        BookingStatus.CONFIRMED: gettext("Booked"),
        BookingStatus.WAITLISTED: gettext("On the waiting list"),
        BookingStatus.OFFERED: gettext("A place is offered"),
        BookingStatus.CANCELLED: gettext("Given back"),
        BookingStatus.ATTENDED: gettext("Came"),
        BookingStatus.NO_SHOW: gettext("Did not come"),
    }
    return str(words[status])


def refusal(error: ApplicationError) -> str:
    """Why a booking cannot be taken, and what to do."""
    if isinstance(error, PartyTooLarge):
        most = int(error.details["most"])
        return str(
            ngettext(
                "One booking can be for at most %(num)s person here: write a smaller number.",
                "One booking can be for at most %(num)s people here: write a smaller number.",
                most,
            )
        )
    if isinstance(error, PartyEmpty | PartyNegative):
        return str(gettext("Write how many you are: at least one person."))
    if isinstance(error, OccurrenceCancelled):
        return str(gettext("This date is cancelled. Have a look at the other dates."))
    if isinstance(error, NotBookable):
        return str(gettext("No booking is needed here: just come."))
    if isinstance(error, BookingClosed):
        return str(
            gettext(
                "This date has already begun, so it can no longer be booked. Have a look at the other dates."
            )
        )
    return str(gettext("This cannot be booked now. Reload the page and try again."))
