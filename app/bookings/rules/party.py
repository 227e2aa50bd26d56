"""Who is coming, and how many seats that takes."""

from dataclasses import dataclass

from app.core.errors import Invalid

# A child goes to school alone, or to the homework space, from about this age on.
ALONE_FROM_MONTHS = 72


class PartyNotPossible(Invalid):
    """Nobody comes this way; subclasses say why."""


class PartyEmpty(PartyNotPossible):
    """Zero adults and zero children."""


class PartyNegative(PartyNotPossible):
    """Fewer than no adults or children."""


class PartyWithoutAdult(PartyNotPossible):
    """Small children alone."""


class PartyTooLarge(PartyNotPossible):
    """More than one booking may bring; `details["most"]` says how many may."""


class TooManyBabies(PartyNotPossible):
    """More babies in arms than children, or fewer than none."""


@dataclass(frozen=True)
class Party:
    """Adults and children who come together; `babies` are those of the children who come in arms."""

    adults: int
    children: int = 0
    babies: int = 0

    @property
    def people(self) -> int:
        """Heads."""
        return self.adults + self.children


def check_party(party: Party, max_party: int, age_from_months: int | None = None) -> None:
    """Raise PartyNegative, PartyEmpty, PartyTooLarge, TooManyBabies or PartyWithoutAdult.

    Children come alone only to what is for school children, whose youngest age (months) says so.

    >>> check_party(Party(adults=1, children=1), max_party=8)
    >>> check_party(Party(adults=0, children=2), max_party=8, age_from_months=72)
    >>> check_party(Party(adults=1000), max_party=8)
    Traceback (most recent call last):
    ...
    app.bookings.rules.party.PartyTooLarge
    """
    if party.adults < 0 or party.children < 0:
        raise PartyNegative
    if party.people == 0:
        raise PartyEmpty
    if party.people > max_party:
        raise PartyTooLarge(most=max_party)
    if not 0 <= party.babies <= party.children:
        raise TooManyBabies(most=party.children)
    if party.adults == 0 and (age_from_months or 0) < ALONE_FROM_MONTHS:
        raise PartyWithoutAdult


def seats_of(party: Party, counted_as: str, *, counts_babies: bool = True) -> int:
    """How many seats a party takes; at least one, whatever is counted.

    `counted_as` is the event's choice: "everybody", "children", "adults" or "families"; where babies do not count,
    those in arms take no seat.

    >>> seats_of(Party(adults=2, children=1), "everybody"), seats_of(Party(adults=2, children=1), "children")
    (3, 1)
    >>> seats_of(Party(adults=2, children=1), "families")
    1
    >>> seats_of(Party(adults=1, children=2, babies=1), "everybody", counts_babies=False)
    2
    """
    seated = party.children - (0 if counts_babies else party.babies)
    counted = {"everybody": party.adults + seated, "children": seated, "adults": party.adults}
    return max(1, counted.get(counted_as, 1))
