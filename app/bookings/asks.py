"""What the form of a date asks besides how many come, and how much of it is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.bookings.queries import BookingView
from app.bookings.queries.extras import extras_left
from app.bookings.rules.extras import Extras
from app.core.translation import gettext, ngettext
from app.events.facts import OccurrenceView


@dataclass(frozen=True)
class Asks:
    """`babies`: those in arms take no seat, so they are asked for. Texts say how much is left; None: not asked."""

    babies: bool
    pushchairs_text: str | None
    childcare_text: str | None


def asks_of(
    date: OccurrenceView, course: Sequence[OccurrenceView] = (), own: Sequence[BookingView] = ()
) -> Asks:
    """One statement where something is limited, else none; `course` are all its dates, `own` one's own bookings."""
    dates = [one.id for one in course] or [date.id]
    left = extras_left(dates, Extras(date.pushchairs, date.childcare), [booking.id for booking in own])
    return Asks(
        not date.counts_babies,
        _pushchairs(left.pushchairs) if left.pushchairs is not None else None,
        _childcare(left.childcare) if left.childcare is not None else None,
    )


def _pushchairs(left: int) -> str:
    if left == 0:
        return gettext("There is no room for a pushchair any more: come with the baby in arms or in a sling.")
    return ngettext("There is room for %(num)s more.", "There is room for %(num)s more.", left)


def _childcare(left: int) -> str:
    if left == 0:
        return gettext("Nobody else can be looked after: the children stay with you.")
    return ngettext(
        "%(num)s child can still be looked after.", "%(num)s children can still be looked after.", left
    )
