"""The vocabulary of events in the interface's languages."""

from flask_babel import LazyString

from app.core.errors import ApplicationError, Busy
from app.core.limits import TooManyRequests
from app.core.translation import lazy_gettext as _l
from app.events.rules.course import MOST_DATES, CourseIsBooked, CourseWithoutEnd
from app.events.rules.event import EventNotValid
from app.events.rules.occurrence import NewTimeNotPossible, OccurrenceIsCancelled, OccurrenceOver
from app.events.rules.proposals import ProposalSettled
from app.events.rules.reviews import ReviewSettled
from app.events.rules.schedule import MONTHS_AHEAD, NoDates, TooFarAhead, TooManyDates
from app.events.rules.series import SeriesNotMovable
from app.events.rules.topics import MOST as MOST_TOPICS
from app.events.rules.topics import TooManyTopics
from app.events.rules.vocabulary import CountedAs, EventKind, ProposedBy

_KINDS: dict[EventKind, LazyString] = {
    EventKind.READING: _l("Reading"),
    EventKind.WORKSHOP: _l("Workshop"),
    EventKind.COURSE: _l("Course"),
    EventKind.MEETING: _l("Meeting"),
    EventKind.LAB: _l("Urban lab"),
    EventKind.ADVICE: _l("Advice"),
    EventKind.PICK_UP: _l("Shared shopping pick-up"),
}
_PROPOSERS: dict[ProposedBy, LazyString] = {
    ProposedBy.HOST: _l("Proposed by the place"),
    ProposedBy.RESIDENTS: _l("Proposed by residents"),
}
_COUNTED: dict[CountedAs, LazyString] = {
    CountedAs.EVERYBODY: _l("Everybody who comes"),
    CountedAs.CHILDREN: _l("Each child; adults take none"),
    CountedAs.ADULTS: _l("Each adult; children take none"),
    CountedAs.FAMILIES: _l("Each family, however many they are"),
}
_REFUSALS: dict[type[ApplicationError], LazyString] = {
    OccurrenceOver: _l("This date has already begun: it can no longer be changed."),
    OccurrenceIsCancelled: _l("This date is cancelled: let it take place again first."),
    NewTimeNotPossible: _l("This time is not possible: choose a later one."),
    TooFarAhead: _l("This is too far ahead: choose a day within the next %(num)s months.", num=MONTHS_AHEAD),
    NoDates: _l("These times give no date that anybody could come to: choose a later day."),
    ProposalSettled: _l("Somebody else has answered this proposal meanwhile: look at how it stands now."),
    TooManyTopics: _l("%(num)s topics are named already: merge some first.", num=MOST_TOPICS),
    ReviewSettled: _l("Somebody has decided this meanwhile: look at how it stands now."),
    TooManyRequests: _l(
        "Many proposals came from this network, or for this place. Wait a little and press again."
    ),
    Busy: _l("The site is very busy: nothing was changed yet. Press again in a moment."),
    SeriesNotMovable: _l(
        "This series has days of its own, such as the last Thursday of the month: all its dates can change their hour, not their day."
    ),
    EventNotValid: _l("Write a number between 1 and 10,000"),
    CourseWithoutEnd: _l(
        "What is booked as a whole has from 2 to %(num)s dates: say how often and until when, or let each date be booked by itself.",
        num=MOST_DATES,
    ),
    CourseIsBooked: _l(
        "Families have booked already: whether one booking is for all the dates can no longer change."
    ),
    TooManyDates: _l("These are too many dates at once: choose fewer weeks."),
}


def refusal(error: ApplicationError) -> str:
    """Why something cannot be done with an event, and what to do."""
    fallback = _l("This cannot be done: check what you wrote and try again.")
    return str(_REFUSALS.get(type(error), fallback))


def counted_as_text(counted_as: CountedAs) -> str:
    """What takes a place, as the host chooses it."""
    return str(_COUNTED[counted_as])


def kind_text(kind: EventKind) -> str:
    """What happens: "Reading"."""
    return str(_KINDS[kind])


def proposed_by_text(proposer: ProposedBy) -> str:
    """Who had the idea."""
    return str(_PROPOSERS[proposer])
