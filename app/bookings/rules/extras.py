"""What a family needs besides its seats: room for a pushchair, somebody to look after a child meanwhile."""

from dataclasses import dataclass

from app.bookings.rules.party import Party, PartyNotPossible
from app.core.errors import Conflict


class TooManyPushchairs(PartyNotPossible):
    """More pushchairs than people to push them."""


class ChildcareForOthers(PartyNotPossible):
    """Children are looked after whose family comes, and no others."""


class NoRoomForPushchair(Conflict):
    """`details["free"]` pushchairs can still come."""


class NoRoomInChildcare(Conflict):
    """`details["free"]` children can still be looked after."""


@dataclass(frozen=True)
class Extras:
    """How many; None is a limit that does not exist: then nobody is asked."""

    pushchairs: int | None = 0
    childcare: int | None = 0


def asked(wanted: Extras, limits: Extras) -> Extras:
    """What counts of a wish: where there is no limit, nobody counts.

    >>> asked(Extras(1, 1), Extras(None, 4))
    Extras(pushchairs=0, childcare=1)
    """
    return Extras(
        0 if limits.pushchairs is None else wanted.pushchairs,
        0 if limits.childcare is None else wanted.childcare,
    )


def check_extras(party: Party, wanted: Extras) -> None:
    """Raise TooManyPushchairs or ChildcareForOthers for what this party cannot need.

    >>> check_extras(Party(1, 1), Extras(pushchairs=1, childcare=1))
    """
    if not 0 <= (wanted.pushchairs or 0) <= party.people:
        raise TooManyPushchairs(most=party.people)
    if not 0 <= (wanted.childcare or 0) <= party.children:
        raise ChildcareForOthers(most=party.children)


def check_room(wanted: Extras, left: Extras) -> None:
    """Raise NoRoomForPushchair or NoRoomInChildcare where less is left than a family wants."""
    given = granted(wanted, left)
    if given.pushchairs != wanted.pushchairs:
        raise NoRoomForPushchair(free=given.pushchairs)
    if given.childcare != wanted.childcare:
        raise NoRoomInChildcare(free=given.childcare)


def granted(wanted: Extras, left: Extras) -> Extras:
    """What a family gets of what it wants, at most what is left.

    >>> granted(Extras(2, 1), Extras(pushchairs=1, childcare=None))
    Extras(pushchairs=1, childcare=1)
    """
    return Extras(
        _at_most(wanted.pushchairs or 0, left.pushchairs), _at_most(wanted.childcare or 0, left.childcare)
    )


def _at_most(wanted: int, left: int | None) -> int:
    return wanted if left is None else min(wanted, max(0, left))
