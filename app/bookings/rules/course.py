"""What may be given back of a course that is booked whole."""

from app.core.errors import Conflict


class FirstDateIsTheCourse(Conflict):
    """On the first date the whole course is booked: only all of it can be given back there."""


def check_one_date(own_date: int, leading_date: int, *, is_course: bool) -> None:
    """Raise FirstDateIsTheCourse where a family would keep a course without the date on which it is booked.

    Its seat there would go to somebody for whom the other dates have none.

    >>> check_one_date(2, 1, is_course=True)
    >>> check_one_date(7, 7, is_course=False)
    """
    if is_course and own_date == leading_date:
        raise FirstDateIsTheCourse
