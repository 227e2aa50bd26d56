"""Which of the found names is meant: every typed word is looked for in the name, and rare words weigh more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from app.explore.rules.spelling import similarity
from app.explore.rules.where import is_house_number

GOOD, WEAKEST = 0.8, 0.55
ASIDES = frozenset(
    ("cap", "metro", "metropolitana", "mm", "fermata", "stop", "station", "milano", "milan", "zona")
)
SAYS_LITTLE = 0.15
ELSEWHERE = 0.72  # a word found beside the name (the street of a place) counts for less than one in it


class Subject(StrEnum):
    """What can be found by its name; the order decides among equals."""

    STOP = "stop"
    STREET = "street"
    POSTCODE = "postcode"
    NEIGHBOURHOOD = "neighbourhood"
    PLACE = "place"
    EVENT = "event"


@dataclass(frozen=True)
class Entry:
    """One thing with a name: the words of its name, and those that stand beside it (address, organisers)."""

    subject: Subject
    subject_id: int
    words: tuple[str, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """An entry with how well it answers (0 to 1).

    `in_name`: every typed word was found in the name itself; `is_clear`: without any slip.
    """

    entry: Entry
    score: float
    in_name: bool
    is_clear: bool


def weights(frequencies: Mapping[str, int]) -> dict[str, float]:
    """How much each typed word tells: little where many names hold it ("via"), much where few do.

    `frequencies`: typed word → in how many entries a word like it stands.
    """
    return {word: _told_by(word) / log2(2 + number) for word, number in frequencies.items()}


def _told_by(word: str) -> float:
    """House numbers and "metro" are no part of most names; they break ties."""
    return SAYS_LITTLE if is_aside(word) else 1.0


def is_aside(word: str) -> bool:
    """Whether a name may well be meant although it lacks this word."""
    return word in ASIDES or is_house_number(word)


def ranked(typed: Sequence[str], weight: Mapping[str, float], entries: Iterable[Entry]) -> list[Hit]:
    """The entries that answer, best first; ties by subject, shorter names, then key, so that the order never jumps."""
    hits = [hit for entry in entries if (hit := _hit(typed, weight, entry)).score >= WEAKEST]
    order = list(Subject)
    return sorted(
        hits,
        key=lambda hit: (
            -round(hit.score, 3), order.index(hit.entry.subject), len(hit.entry.words), hit.entry.subject_id,
        ),
    )  # fmt: skip


def _hit(typed: Sequence[str], weight: Mapping[str, float], entry: Entry) -> Hit:
    found, in_name, is_clear, touched = 0.0, True, True, set()
    for word in typed:
        best, at = _best(word, entry.words)
        if not best and is_aside(word):
            continue
        beside, _ = _best(word, entry.beside)
        if beside * ELSEWHERE > best:
            best, at, in_name = beside * ELSEWHERE, None, False
            is_clear = is_clear and beside >= 0.9
        else:
            is_clear = is_clear and best >= 0.9
        in_name = in_name and best > 0
        if at is not None:
            touched.add(at)
        found += best * weight[word]
    total = sum(weight[word] for word in typed) or 1.0
    covered = len(touched) / max(1, len(entry.words))
    return Hit(entry, found / total * (0.88 + 0.12 * covered), in_name, is_clear)


def _best(word: str, names: Sequence[str]) -> tuple[float, int | None]:
    best, at = 0.0, None
    for index, name in enumerate(names):
        value = similarity(word, name)
        if value > best:
            best, at = value, index
            if value == 1.0:
                break
    return best, at
