"""Words as people type them against words as they are written: slips, dropped and doubled letters, beginnings.

A word is found by its keys: the word and itself with up to two letters left out (the symmetric deletion of
Wolf Garbe's SymSpell). Two words that are at most so many slips apart share a key, so one index lookup finds every
word that may be meant, on either engine, however many words there are; `similarity` then judges those few exactly.
"""

from collections.abc import Iterator
from itertools import combinations
from zlib import crc32

from rapidfuzz.distance import OSA

from app.explore.rules.street_words import compared

LONGEST_WORD = 40
KEYED_LETTERS = 7  # keys are made of so many first letters: what comes later is judged by similarity
EXACT, BEGINNING, ONE_SLIP, TWO_SLIPS = 1.0, 0.92, 0.84, 0.68
SHORTEST_BEGINNING = 3
_ARTICLE, _ARABIC = "ال", ("\u0600", "\u06ff")
_ALIKE = str.maketrans({"ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي"})


def words_of(text: str) -> tuple[str, ...]:
    """The words by which a text is found, each once, in order: folded, street types in full, Arabic without article.

    >>> words_of("Farmacia P.za S. Ambrogio")
    ('farmacia', 'piazza', 'san', 'ambrogio')
    """
    return tuple(dict.fromkeys(_plain(word)[:LONGEST_WORD] for word in compared(text).split()))


def _plain(word: str) -> str:
    if not _ARABIC[0] <= word[0] <= _ARABIC[1]:
        return word
    bare = word.removeprefix(_ARTICLE) if len(word) > len(_ARTICLE) + 2 else word
    return bare.translate(_ALIKE)


def slips_allowed(word: str) -> int:
    """How many slips a word of this length may hold: none in short words and in numbers, two from six letters on."""
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < 6 else 2


def keys(word: str) -> frozenset[int]:
    """The numbers under which a written word is stored.

    >>> keys("brera") & keys("brrera") != frozenset()
    True
    """
    return frozenset(crc32(text.encode()) for text in _deletions(word[:KEYED_LETTERS], slips_allowed(word)))


def asked_keys(word: str) -> frozenset[int]:
    """The numbers under which a typed word is looked up: a typed word may be shorter than the written one."""
    slips = slips_allowed(word)
    most = 2 if slips == 1 and len(word) == 5 else slips
    return frozenset(crc32(text.encode()) for text in _deletions(word[:KEYED_LETTERS], most))


def _deletions(word: str, most: int) -> Iterator[str]:
    for left_out in range(min(most, max(0, len(word) - 2)) + 1):
        for kept in combinations(word, len(word) - left_out):
            yield "".join(kept)


def similarity(typed: str, written: str) -> float:
    """How likely the written word is meant: 1 the same, less for a beginning, one slip, two slips; 0 another word.

    A slip is one letter wrong, missing, too many, or two letters swapped. The first letter is seldom mistyped, so a
    slip there costs more.

    >>> similarity("corveto", "corvetto"), similarity("corv", "corvetto"), similarity("zara", "bara")
    (0.84, 0.92, 0.0)
    """
    if typed == written:
        return EXACT
    if len(typed) >= SHORTEST_BEGINNING and written.startswith(typed) and not typed[-1].isdigit():
        return BEGINNING
    most = min(slips_allowed(typed) or 0, 2) if len(written) >= 4 else 0
    most = max(most, slips_allowed(written) if len(typed) >= 4 else 0)
    if not most or any(letter.isdigit() for letter in typed + written):
        return 0.0
    distance = OSA.distance(typed, written, score_cutoff=most)
    if distance <= most:
        value = ONE_SLIP if distance == 1 else TWO_SLIPS
        if typed[0] != written[0]:
            value -= 0.1 if len(written) > 4 else 1.0
        return max(0.0, value)
    return _as_beginning(typed, written)


def _as_beginning(typed: str, written: str) -> float:
    """A beginning with one slip in it: "corvt" for "corvetto"."""
    if len(typed) < 5 or len(written) <= len(typed) + 1:
        return 0.0
    nearest = min(OSA.distance(typed, written[: len(typed) + more], score_cutoff=1) for more in (-1, 0, 1))
    return TWO_SLIPS if nearest <= 1 and typed[0] == written[0] else 0.0
