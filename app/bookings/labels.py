"""States and refusals of bookings in the interface's languages."""

from app.bookings.queries import BookingView
from app.bookings.rules.admission import (
    BookingClosed,
    EmailNeeded,
    FewerSeatsLeft,
    OccurrenceCancelled,
    OccurrencePutOff,
    WaitingNeedsEmail,
)
from app.bookings.rules.changing import NoRoomForMore
from app.bookings.rules.door import DoorClosed, NothingToMark, NotOverYet
from app.bookings.rules.offers import OfferEnded, SomebodyWasFaster
from app.bookings.rules.party import PartyEmpty, PartyNegative, PartyTooLarge, PartyWithoutAdult
from app.bookings.rules.status import BookingStatus
from app.bookings.rules.walk_in import NoSeatForThem
from app.core.errors import ApplicationError, Busy
from app.core.limits import TooManyRequests
from app.core.translation import gettext, ngettext


def status_text(status: BookingStatus, *, was_waiting: bool = False) -> str:
    """«Booked», «On the waiting list»; a cancelled one gave its place back, or left the list that it was on."""
    if status is BookingStatus.CANCELLED and was_waiting:
        return gettext("Left the waiting list")
    words = {
        BookingStatus.CONFIRMED: gettext("Booked"),
        BookingStatus.WAITLISTED: gettext("On the waiting list"),
        BookingStatus.OFFERED: gettext("A place is offered"),
        BookingStatus.CANCELLED: gettext("Given back"),
        BookingStatus.EXPIRED: gettext("No answer in time"),
        BookingStatus.ATTENDED: gettext("Came"),
        BookingStatus.NO_SHOW: gettext("Did not come"),
    }
    return str(words[status])


def door_status_text(booking: BookingView) -> str:
    """How a family stands on the list of its date; whoever lost the place with the date had booked."""
    return gettext("Had booked") if booking.cancelled_with_date else status_text(booking.status)


def refusal(error: ApplicationError) -> str:
    """Why a booking cannot be taken, and what to do."""
    numbers = _with_numbers(error)
    if numbers is not None:
        return numbers
    sentences = {
        PartyWithoutAdult: gettext("Children come with an adult: write at least 1 adult."),
        PartyEmpty | PartyNegative: gettext("Write how many you are: at least one person."),
        EmailNeeded: gettext("Enter an email address, like name@example.com"),
        WaitingNeedsEmail: gettext(
            "To join the waiting list, write an email address: without it we cannot tell you when there is room."
        ),
        OfferEnded: gettext("The time to answer is over: the place went to the next family."),
        SomebodyWasFaster: gettext("Another family was faster. You are still on the waiting list."),
        OccurrencePutOff: gettext(
            "This date is put off and its new day is not known yet. Have a look at the other dates."
        ),
        OccurrenceCancelled: gettext("This date is cancelled. Have a look at the other dates."),
        BookingClosed: gettext(
            "This date has already begun, so it can no longer be booked. Have a look at the other dates."
        ),
        DoorClosed: gettext("Families are marked from three hours before the date until two weeks after."),
        NotOverYet: gettext("This date is not over yet: families may still come."),
        NothingToMark: gettext("This family has no place any more: it gave it back, or waits."),
        TooManyRequests: gettext(
            "Many bookings came from this address or network. Wait a little and press again."
        ),
        Busy: gettext("The site is very busy: nothing was booked yet. Press again in a moment."),
    }
    other = gettext("This cannot be booked now. Reload the page and try again.")
    return str(next((words for kind, words in sentences.items() if isinstance(error, kind)), other))


def _with_numbers(error: ApplicationError) -> str | None:
    """Refusals that say how many."""
    if isinstance(error, PartyTooLarge):
        most = int(error.details["most"])
        return str(
            ngettext(
                "One booking can be for at most %(num)s person here: write a smaller number.",
                "One booking can be for at most %(num)s people here: write a smaller number.",
                most,
            )
        )
    if isinstance(error, FewerSeatsLeft):
        free = int(error.details["free"])
        return str(
            ngettext(
                "%(num)s place is left and you need %(wanted)s: come with fewer people, or join the waiting list.",
                "%(num)s places are left and you need %(wanted)s: come with fewer people, or join the waiting list.",
                free,
                wanted=error.details["wanted"],
            )
        )
    if isinstance(error, NoRoomForMore):
        free = int(error.details["free"])
        if not free:
            return gettext("There is no room for more of you now. Your booking stays as it is.")
        return str(
            ngettext(
                "There is room for %(num)s more, not for all of you. Your booking stays as it is.",
                "There is room for %(num)s more, not for all of you. Your booking stays as it is.",
                free,
            )
        )
    if isinstance(error, NoSeatForThem):
        return _no_seat(int(error.details["free"]), int(error.details["wanted"]))
    return None


def _no_seat(free: int, wanted: int) -> str:
    if free == 0:
        return gettext("No place is free for this family.")
    return ngettext(
        "%(num)s place is free and this family needs %(wanted)s.",
        "%(num)s places are free and this family needs %(wanted)s.",
        free,
        wanted=wanted,
    )
