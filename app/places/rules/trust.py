"""What parents' votes do to the facts of a place: they refresh a date or raise a doubt, and never flip a value.

- Votes of one network prefix, of one browser or of one day are one voice (decisions.md, Votes on facts).
- "Still so" refreshes what parents said last. The word of the place itself or of a visit stands beside it and is never
  overwritten by a vote; the newer of the two is shown.
- "Changed" raises a doubt. Three independent ones make the fact unsure. Before that, as many independent "still so" as
  there are doubts take them away again: one against one, never one against two.
- An unsure fact stays unsure until the place or a visit confirms it, or until as many independent parents as doubted
  it (three, and one more for each new doubt) say on later days that it is still so.
- The word of the place or of a visit ends the count: votes of that day and before say nothing any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy

NEEDED = 3
STRONG = frozenset({ConfirmedBy.HOST, ConfirmedBy.MANAGER})
KNOWN = frozenset({AmenityState.YES, AmenityState.NO})


class Answer(StrEnum):
    """What a parent says of a fact; a parent who does not know says nothing."""

    STILL = "still"
    CHANGED = "changed"


@dataclass(frozen=True)
class Vote:
    """One answer about one fact: keyed hashes of network prefix and browser, and the day at the place."""

    answer: Answer
    network: str
    browser: str
    day: date


@dataclass(frozen=True)
class Word:
    """Who said so last, and when."""

    by: ConfirmedBy | None
    on: date | None


def independent(votes: Iterable[Vote]) -> list[Vote]:
    """In the order in which they came, those that share network, browser and day with none counted before.

    >>> days = [date(2026, 11, number) for number in (20, 21, 22)]
    >>> votes = [
    ...     Vote(Answer.CHANGED, network, browser, day) for network, browser, day in zip("aab", "xyz", days)
    ... ]
    >>> len(independent(votes))
    2
    """
    counted: list[Vote] = []
    for vote in votes:
        if all(_is_another_voice(vote, other) for other in counted):
            counted.append(vote)
    return counted


def is_doubted(votes: Sequence[Vote], doubted_on: date | None) -> bool:
    """Whether a fact is unsure, after all votes since the last strong word, the oldest first.

    `doubted_on`: since when it has been unsure; None where it is not.
    """
    if doubted_on is None:
        return len(open_doubts(votes)) >= NEEDED
    later = [vote for vote in votes if vote.day > doubted_on]
    still = independent(vote for vote in later if vote.answer is Answer.STILL)
    changed = independent(vote for vote in later if vote.answer is Answer.CHANGED)
    return len(still) < NEEDED + len(changed)


def open_doubts(votes: Iterable[Vote]) -> list[Vote]:
    """The independent "changed" that as many independent "still so" after them have not taken away."""
    doubts: list[Vote] = []
    relief: list[Vote] = []
    for vote in votes:
        if vote.answer is Answer.CHANGED:
            doubts = independent([*doubts, vote])
        elif doubts:
            relief = independent([*relief, vote])
        if relief and len(relief) >= len(doubts):
            doubts, relief = [], []
    return doubts


def votes_since(votes: Iterable[Vote], word: Word) -> list[Vote]:
    """The votes that still speak: those of days after the word of the place or of a visit."""
    if word.by not in STRONG or word.on is None:
        return list(votes)
    return [vote for vote in votes if vote.day > word.on]


def newest_word(word: Word, parent_on: date | None) -> Word:
    """What is shown: the newer of the stored word and of what parents said beside it; of the same day the stored one.

    >>> newest_word(Word(ConfirmedBy.HOST, date(2026, 11, 10)), date(2026, 11, 22)).by
    <ConfirmedBy.PARENT: 'parent'>
    """
    if parent_on is None or (word.on is not None and word.on >= parent_on):
        return word
    return Word(ConfirmedBy.PARENT, parent_on)


def shown_text(facts: Iterable[tuple[Amenity, AmenityState]]) -> str:
    """What a page shows, for its form: who votes on a value that has changed since then votes on nothing.

    >>> shown_text([(Amenity.WATER, AmenityState.YES), (Amenity.TOILETS, AmenityState.UNKNOWN)])
    'water.yes'
    """
    return " ".join(f"{amenity}.{state}" for amenity, state in facts if state in KNOWN)


def read_shown(text: str) -> dict[Amenity, AmenityState]:
    """The same read back; what cannot be read was not shown.

    >>> read_shown("water.yes play_area.perhaps x")
    {<Amenity.WATER: 'water'>: <AmenityState.YES: 'yes'>}
    """
    possible = {f"{amenity}.{state}": (amenity, state) for amenity in Amenity for state in KNOWN}
    return dict(possible[part] for part in text[:1000].split() if part in possible)


def _is_another_voice(one: Vote, other: Vote) -> bool:
    return one.network != other.network and one.browser != other.browser and one.day != other.day
