"""What the form of a date asks besides how many come, and how much of it is left."""

from dataclasses import dataclass

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


def asks_of(date: OccurrenceView, but: int | None = None) -> Asks:
    """One statement where something is limited, else none; `but` is the key of one's own booking."""
    left = extras_left(date.id, Extras(date.pushchairs, date.childcare), but)
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
