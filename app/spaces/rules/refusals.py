"""Why a space cannot be reserved."""

from app.core.errors import Conflict, Invalid


class SlotTaken(Conflict):
    """This time is not free (any more)."""


class TooManyThisWeek(Conflict):
    """This person has as many reservations in this week as one may have: `details["most"]`."""


class AlreadyBegun(Conflict):
    """Its time has begun or is over."""


class TooManyDates(Invalid):
    """A series of more than `details["most"]` dates."""


class CutNotPossible(Invalid):
    """A desk gives one slot of 15 to 60 minutes, a hall steps of 30 or 60."""
