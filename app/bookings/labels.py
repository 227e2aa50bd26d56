"""States and refusals of bookings in the interface's languages."""

from typing import Any

from flask_babel import LazyString

from app.bookings.queries import BookingView
from app.bookings.rules.admission import (
    BookingClosed,
    BookingOver,
    EmailNeeded,
    FewerSeatsLeft,
    NotOpenYet,
    OccurrenceCancelled,
    OccurrencePutOff,
    OnePerAddress,
    WaitingNeedsEmail,
)
from app.bookings.rules.ages import AgesNotComplete, NobodyFitsTheAges
from app.bookings.rules.changing import NoRoomForMore
from app.bookings.rules.confirming import AddressNotConfirmed, TooLateToConfirm
from app.bookings.rules.course import NoPlaceYet
from app.bookings.rules.door import DoorClosed, NothingToMark, NotOverYet
from app.bookings.rules.extras import (
    ChildcareForOthers,
    NoRoomForPushchair,
    NoRoomInChildcare,
    TooManyPushchairs,
)
from app.bookings.rules.needs import ConsentMissing
from app.bookings.rules.offers import OfferEnded, SomebodyWasFaster
from app.bookings.rules.party import (
    PartyEmpty,
    PartyNegative,
    PartyTooLarge,
    PartyWithoutAdult,
    TooManyBabies,
)
from app.bookings.rules.status import BookingStatus
from app.bookings.rules.walk_in import NoSeatForThem
from app.core.errors import ApplicationError, Busy
from app.core.limits import TooManyRequests
from app.core.translation import gettext, ngettext
from app.core.translation import lazy_gettext as _l
from app.events.rules.occurrence import OccurrenceFull

# The first that an error is one of says why.
_SENTENCES: dict[Any, LazyString] = {
    PartyWithoutAdult: _l("Children come with an adult: write at least 1 adult."),
    PartyEmpty | PartyNegative: _l("Write how many you are: at least one person."),
    TooManyBabies: _l("Babies in arms are among the children: write at most as many."),
    TooManyPushchairs: _l("Write at most one pushchair for each of you."),
    ChildcareForOthers: _l("Only your children can be looked after: write at most as many."),
    NoRoomForPushchair: _l(
        "There is not enough room for pushchairs: write fewer, and come with the baby in arms or in a sling."
    ),
    NoRoomInChildcare: _l("Not so many children can be looked after: write fewer, the others stay with you."),
    AgesNotComplete: _l("Write one age for each child, for example: 8 months, 3 years."),
    NobodyFitsTheAges: _l(
        "This date is for children of other ages. Have a look at what is on for yours, or write to the place."
    ),
    ConsentMissing: _l("Tick the box if the people of the place may read it, or leave the text empty."),
    EmailNeeded: _l("Enter an email address, like name@example.com"),
    WaitingNeedsEmail: _l(
        "To join the waiting list, write an email address: without it we cannot tell you when there is room."
    ),
    OfferEnded: _l("The time to answer is over: the place went to the next family."),
    SomebodyWasFaster: _l("Another family was faster. You are still on the waiting list."),
    OccurrencePutOff: _l(
        "This date is put off and its new day is not known yet. Have a look at the other dates."
    ),
    OccurrenceCancelled: _l("This date is cancelled. Have a look at the other dates."),
    AddressNotConfirmed: _l("Confirm your booking first, with the button in our mail."),
    TooLateToConfirm: _l(
        "The 30 minutes are over and the place went on. Have a look whether there is room, and book again."
    ),
    NoPlaceYet: _l("You are waiting for the whole course: leave the list, or wait for all its dates."),
    OccurrenceFull: _l("There is no room for you on every date of this course any more."),
    NotOpenYet: _l("This date cannot be booked yet."),
    BookingOver: _l("Booking for this date is over: it closed before the beginning."),
    OnePerAddress: _l(
        "With this e-mail address there is a booking for this date already, and one is all that can be made. "
        "Open it with the link in our mail to change how many come."
    ),
    BookingClosed: _l(
        "This date has already begun, so it can no longer be booked. Have a look at the other dates."
    ),
    DoorClosed: _l("Families are marked from three hours before the date until two weeks after."),
    NotOverYet: _l("This date is not over yet: families may still come."),
    NothingToMark: _l("This family has no place any more: it gave it back, or waits."),
    TooManyRequests: _l("Many bookings came from this address or network. Wait a little and press again."),
    Busy: _l("The site is very busy: nothing was booked yet. Press again in a moment."),
}


def status_text(status: BookingStatus, *, was_waiting: bool = False) -> str:
    """«Booked», «On the waiting list»; a cancelled one gave its place back, or left the list that it was on."""
    if status is BookingStatus.CANCELLED and was_waiting:
        return gettext("Left the waiting list")
    words = {
        BookingStatus.UNCONFIRMED: gettext("To be confirmed"),
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
    other = gettext("This cannot be booked now. Reload the page and try again.")
    return str(next((words for kind, words in _SENTENCES.items() if isinstance(error, kind)), other))


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
