"""Queries with slips, made by rule from real names: nobody chose them because they work."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from app.core.text import fold

# The keys beside each key of an Italian keyboard, as a thumb hits them.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


@dataclass(frozen=True)
class Query:
    """What is typed, the name that is meant, and which rule made it."""

    typed: str
    meant: str
    rule: str


def _neighbours() -> dict[str, str]:
    beside: dict[str, str] = {}
    for number, row in enumerate(_ROWS):
        for index, letter in enumerate(row):
            near = row[max(0, index - 1) : index] + row[index + 1 : index + 2]
            below = _ROWS[number + 1][index : index + 1] if number + 1 < len(_ROWS) else ""
            above = _ROWS[number - 1][index : index + 1] if number else ""
            beside[letter] = near + below + above
    return beside


_BESIDE = _neighbours()


def _in_longest(text: str, chance: Random, change: Callable[[str, int, Random], str]) -> str:
    """Change one letter in one of the telling words (five letters or more), not the first letter."""
    words = text.split()
    long = [index for index, word in enumerate(words) if len(word) >= 5] or [
        max(range(len(words)), key=lambda index: len(words[index]))
    ]
    at = chance.choice(long)
    words[at] = change(words[at], chance.randrange(1, len(words[at])), chance)
    return " ".join(words)


def keyboard_slip(name: str, chance: Random) -> str:
    """The key beside the right one."""
    return _in_longest(
        name,
        chance,
        lambda word, at, dice: word[:at] + dice.choice(_BESIDE.get(word[at], word[at])) + word[at + 1 :],
    )


def dropped_letter(name: str, chance: Random) -> str:
    """A letter is missing."""
    return _in_longest(name, chance, lambda word, at, dice: word[:at] + word[at + 1 :])


def doubled_letter(name: str, chance: Random) -> str:
    """A letter too many."""
    return _in_longest(name, chance, lambda word, at, dice: word[:at] + word[at] + word[at:])


def swapped_letters(name: str, chance: Random) -> str:
    """Two letters changed places."""
    return _in_longest(
        name,
        chance,
        lambda word, at, dice: word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at > 1 else word,
    )


def swapped_words(name: str, chance: Random) -> str:
    """The words in another order; what stands together (P.ZA) stays together."""
    words = name.split()
    chance.shuffle(words)
    return " ".join(words)


def missing_accents(name: str, _chance: Random) -> str:
    """Lower case without accents and apostrophes, as typed on a phone."""
    return name


def beginning(name: str, _chance: Random) -> str:
    """The last word is not finished yet."""
    *before, last = name.split()
    return " ".join((*before, last[: max(4, len(last) - 2)]))


def two_slips(name: str, chance: Random) -> str:
    """A dropped letter and a wrong key."""
    return keyboard_slip(dropped_letter(name, chance), chance)


RULES = (
    keyboard_slip, dropped_letter, doubled_letter, swapped_letters, swapped_words, missing_accents, beginning, two_slips,
)  # fmt: skip


def queries(names: Sequence[str], each: int, seed: int) -> Iterator[Query]:
    """So many queries by each rule, over names that the dice choose."""
    for rule in RULES:
        chance = Random(f"{rule.__name__} {seed}")
        long = [name for name in names if any(len(word) >= 5 for word in fold(name).split())]
        for name in chance.sample(long, each):
            typed = name.lower() if rule is swapped_words else fold(name)
            yield Query(rule(typed, chance), name, rule.__name__)
