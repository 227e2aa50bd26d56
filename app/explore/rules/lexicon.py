"""Everyday words for what one looks for: "cambio pannolino", "nursery", "تغيير حفاض" are filters, not names.

The words are those that parents type, not those of the interface; a slip of the keyboard is forgiven. Phrases stand
with the filter they mean; each language has its own, and all are known whatever the language of the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.explore.rules.everyday_words import AMENITIES, BETWEEN, BOTH, ISLAND, KINDS, OPEN
from app.explore.rules.spelling import ONE_SLIP, TWO_SLIPS, similarity, words_of
from app.places.rules.vocabulary import Amenity, PlaceKind

LONGEST_PHRASE = 5
_JOINING = frozenset(words_of(BETWEEN))


@dataclass(frozen=True)
class Wishes:
    """What typed words ask for as filters, and the words that are left: a name or a whereabouts.

    `has_slips`: a word was not quite typed so, and may be a name after all.
    """

    amenities: frozenset[Amenity] = frozenset()
    kinds: frozenset[PlaceKind] = frozenset()
    open_now: bool = False
    island: bool = False
    rest: tuple[str, ...] = ()
    has_slips: bool = False

    def __bool__(self) -> bool:
        return bool(self.amenities or self.kinds or self.open_now or self.island)


@dataclass(frozen=True)
class _Phrase:
    words: tuple[str, ...]
    wish: Wishes


def read_wishes(words: Sequence[str]) -> Wishes:
    """Split typed words into wishes and what is left; the longest phrase wins, and slips are forgiven.

    >>> sorted(read_wishes(words_of("fasciatojo papa vicino a loreto")).amenities)
    [<Amenity.CHANGING_TABLE_FATHERS: 'changing_table_fathers'>]
    >>> read_wishes(words_of("fasciatoio loreto")).rest
    ('loreto',)
    """
    asked: list[Wishes] = []
    rest: list[str] = []
    position = 0
    while position < len(words):
        length, wish = _longest(words[position : position + LONGEST_PHRASE])
        if wish is not None:
            asked.append(wish)
        else:
            rest.append(words[position])
        position += length
    if not asked:
        return Wishes(rest=tuple(words))
    return Wishes(
        amenities=frozenset(one for wish in asked for one in wish.amenities),
        kinds=frozenset(one for wish in asked for one in wish.kinds),
        open_now=any(wish.open_now for wish in asked),
        island=any(wish.island for wish in asked),
        has_slips=any(wish.has_slips for wish in asked),
        rest=_without_ends(rest),
    )


def wishes_begun(typed: str) -> tuple[Wishes, ...]:
    """What somebody who has typed so far may be about to wish for, shortest phrase first, each wish once.

    >>> wishes_begun("fascia")[0].amenities
    frozenset({<Amenity.CHANGING_TABLE: 'changing_table'>})
    """
    begun = sorted((len(text), text) for text in _written_out() if text.startswith(typed))
    return tuple(dict.fromkeys(_written_out()[text] for _, text in begun))


@lru_cache(maxsize=1)
def _written_out() -> dict[str, Wishes]:
    return {" ".join(words): wish for words, wish in _exact().items()}


def _without_ends(rest: Sequence[str]) -> tuple[str, ...]:
    """Words that only join ("vicino a", "with") are no name; inside a name they stay."""
    kept = list(rest)
    while kept and kept[0] in _JOINING:
        kept.pop(0)
    while kept and kept[-1] in _JOINING:
        kept.pop()
    return tuple(kept)


def _longest(words: Sequence[str]) -> tuple[int, Wishes | None]:
    """(words used, what they mean); (1, None) where no phrase begins here."""
    for length in range(len(words), 0, -1):
        wish = _meaning(tuple(words[:length]))
        if wish is not None:
            return length, wish
    return 1, None


@lru_cache(maxsize=2048)
def _meaning(words: tuple[str, ...]) -> Wishes | None:
    exact = _exact().get(words)
    if exact is not None:
        return exact
    best, found = 0.0, None
    for phrase in _by_length().get(len(words), ()):
        likeness = _likeness(words, phrase.words)
        if likeness > best:
            best, found = likeness, replace(phrase.wish, has_slips=True)
    return found


def _likeness(typed: Sequence[str], written: Sequence[str]) -> float:
    """0 unless every word is the same or has a slip or two; beginnings do not count: "cam" is not "cambio" yet."""
    total = 0.0
    for one, other in zip(typed, written, strict=True):
        value = similarity(one, other)
        if value not in {1.0, ONE_SLIP, TWO_SLIPS} or (value < 1.0 and len(other) < 6):
            return 0.0
        if value == TWO_SLIPS and len(other) < 8:
            return 0.0
        total += value
    return total / len(typed)


@lru_cache(maxsize=1)
def _exact() -> dict[tuple[str, ...], Wishes]:
    return {phrase.words: phrase.wish for phrases in _by_length().values() for phrase in phrases}


@lru_cache(maxsize=1)
def _by_length() -> dict[int, tuple[_Phrase, ...]]:
    """All phrases by their number of words; joining words are left in, and once more left out."""
    found: dict[int, list[_Phrase]] = {}
    for text, wish in _phrases():
        words = words_of(text)
        for form in dict.fromkeys((words, tuple(word for word in words if word not in _JOINING))):
            if form:
                found.setdefault(len(form), []).append(_Phrase(form, wish))
    return {length: tuple(phrases) for length, phrases in found.items()}


def _phrases() -> Iterator[tuple[str, Wishes]]:
    for amenity, texts in AMENITIES.items():
        yield from ((text, Wishes(frozenset((amenity,)))) for text in _listed(texts))
    for amenities, texts in BOTH.items():
        yield from ((text, Wishes(frozenset(amenities))) for text in _listed(texts))
    for kind, texts in KINDS.items():
        yield from ((text, Wishes(kinds=frozenset((kind,)))) for text in _listed(texts))
    yield from ((text, Wishes(open_now=True)) for text in _listed(OPEN))
    yield from ((text, Wishes(island=True)) for text in _listed(ISLAND))


def _listed(texts: str) -> Iterator[str]:
    return (text.strip() for text in texts.replace("\n", " ").split(",") if text.strip())
