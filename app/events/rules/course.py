"""What can be booked as a whole: a few dates that come to an end."""

from app.core.errors import Conflict, Invalid
from app.events.rules.recurrence import read_recurrence

MOST_DATES = 60


class CourseWithoutEnd(Invalid):
    """A course has from 2 to MOST_DATES dates, and its rule ends."""


class CourseIsBooked(Conflict):
    """Somebody has booked: how its dates are booked can no longer change."""


def check_course(rrule: str, number_of_dates: int) -> None:
    """Raise CourseWithoutEnd for what nobody could book as a whole.

    >>> check_course("FREQ=WEEKLY;COUNT=6", 6)
    >>> check_course("FREQ=WEEKLY", 78)
    Traceback (most recent call last):
    ...
    app.events.rules.course.CourseWithoutEnd
    """
    rule = read_recurrence(rrule) if rrule else None
    is_endless = rule is not None and rule.count is None and rule.until is None
    if is_endless or not 2 <= number_of_dates <= MOST_DATES:
        raise CourseWithoutEnd
